"""Normal forms."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.text.lexicon import slang
from bot.text.normalise import normalise, normalise_word, words
from tests.text import adversarial
from tests.text.strategies import any_text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("   \n", ""),
        ("?!...", ""),
        ("😀👍", ""),
        ("Halo Kak", "halo kakak"),
        ("gw gabisa login cpanel", "saya tidak bisa login cpanel"),
        ("GAK BISA BAYAR", "tidak bisa bayar"),
        ("knp ya kok lemot bgttt", "mengapa ya kok lambat sangat"),
        ("gimanaaaa dong", "bagaimana dong"),
        ("hostingnya mahal", "hosting mahal"),
        ("hosting-nya mati", "hosting mati"),
        ("domainku ilang", "domain hilang"),
        ("sslnya expired", "ssl expired"),
        ("bisakah dibayarnya besok", "bisa dibayar besok"),
        ("jalan2 jalan-jalan", "jalan-jalan jalan-jalan"),
        ("buku-buku masalah-masalah", "buku-buku masalah-masalah"),
        ("web-ku, web'nya", "situs situs"),
        ("tmn²nya", "teman-teman"),
        ("tiap2 bulan", "setiap bulan"),
        ("temen-temennya", "temen-temen"),
        ("piye iki mas, ora iso mbayar", "bagaimana ini mas tidak bisa bayar"),
        ("kumaha carana mayar tagihan", "bagaimana carana bayar tagihan"),
        ("cemana awak mau bayar", "bagaimana saya mau bayar"),
        ("baa caro mambayia", "bagaimana caro bayar"),
        ("pacak dak diundur", "bisa tidak diundur"),
        ("ulun handak batakun", "saya mau tanya"),
        ("torang pe web", "kami pe situs"),
        ("aye kagak ngarti", "saya tidak mengerti"),
        ("e-mail E-Mail", "surel surel"),
        ("1000000 vs 10", "1000000 vs 10"),
        ("404 dan 500", "404 dan 500"),
        ("masalah di sekolah berlaku setelah bertemu", "masalah di sekolah berlaku setelah bertemu"),
        ("ＧＲＡＴＩＳ", "gratis"),
        ("Straße", "strasse"),
    ],
)
def test_a_text_becomes_a_line_of_normal_forms(text: str, expected: str) -> None:
    assert normalise(text) == expected


@pytest.mark.parametrize("noise", ["gggg", "qqqqq", "yyyyyy", "kkk", "kkkkk", "GGG"])
def test_one_letter_held_down_is_no_slang_word(noise: str) -> None:
    assert normalise_word(noise) not in slang().values()


@given(any_text)
def test_any_text_has_a_normal_form_and_always_the_same(text: str) -> None:
    assert normalise(text) == normalise(text)


@given(st.text(st.characters(), min_size=1, max_size=60))
def test_the_normal_form_of_a_word_is_never_empty(word: str) -> None:
    assert normalise_word(word)


@example("ggg")
@example("kkk")
@example("bku2")
@example("pun2")
@example("aabaku2")
@given(st.from_regex(r"[a-z]{1,20}(2|2nya|nya|ku|kah|lah)?", fullmatch=True))
def test_normalising_twice_changes_nothing(word: str) -> None:
    once = normalise(word)
    assert normalise(once) == once


@given(any_text)
def test_words_are_parts_of_the_text_in_order(text: str) -> None:
    position = 0
    for word in words(text):
        position = text.index(word, position) + len(word)


def test_a_long_word_is_neither_normalised_nor_remembered() -> None:
    assert normalise_word("A" * 100_000) == "a" * 100_000


@pytest.mark.slow
def test_time_grows_with_length_only() -> None:
    growth, text = adversarial.slowest_growth(normalise)
    assert growth < adversarial.LINEAR, text
