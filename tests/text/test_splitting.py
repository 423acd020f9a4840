"""Where a message may be parted: places are proposed by form, and nothing of the text is changed or lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.normalise import words
from bot.text.splitting import Mark, asks, cuts, plausible_cuts
from tests.text.strategies import texts

_WORDS = (
    *("domain", "saya", "mati", "bisa", "bayar", "qris", "ga", "revisi", "berapa", "kali", "toko.id", "1.500", "tgl 5"),
    *("terus", "dan", "satu lagi", "sekalian", "mau tanya", "btw", "oh iya"),
)
_messages = st.lists(st.tuples(st.sampled_from(_WORDS), st.sampled_from([" ", ", ", "? ", ". ", "\n"])), max_size=25)
_any_message = st.one_of(texts, _messages.map(lambda pairs: "".join(word + gap for word, gap in pairs)))


@given(_any_message)
def test_parts_are_slices_that_cover_the_text_with_what_joins_them(text: str) -> None:
    for cut in cuts(text):
        before, after = cut.parts(text)
        assert before + text[cut.start : cut.resume] + after == text
        assert words(before) + words(text[cut.start : cut.resume]) + words(after) == words(text)
        assert len(words(before)) >= 2
        assert len(words(after)) >= 2


@given(_any_message, st.integers(min_value=0, max_value=5))
def test_plausible_cuts_are_some_of_the_cuts_the_likeliest_first(text: str, most: int) -> None:
    found = plausible_cuts(text, most)
    assert len(found) <= most
    assert set(found) <= set(cuts(text))
    assert [cut.mark for cut in found] == sorted((cut.mark for cut in found), reverse=True)


@pytest.mark.parametrize(
    ("text", "mark", "before", "after"),
    [
        ("qris bisa? migrasi gratis?", Mark.QUESTION, "qris bisa? ", "migrasi gratis?"),
        ("web saya mati. Revisi masih dapat?", Mark.STOP, "web saya mati. ", "Revisi masih dapat?"),
        ("web saya mati\nrevisi masih dapat", Mark.STOP, "web saya mati\n", "revisi masih dapat"),
        ("qris bisa gak trus revisi brp kali", Mark.JOINING, "qris bisa gak ", "revisi brp kali"),
        ("qris bisa gak, dan revisi brp kali", Mark.JOINING, "qris bisa gak, ", "revisi brp kali"),
        ("qris bisa gak sekalian mau nanya revisi web", Mark.ADDING, "qris bisa gak ", "revisi web"),
        ("qris bisa? Sekalian, revisi berapa kali", Mark.ADDING, "qris bisa? ", "revisi berapa kali"),
        ("web mati kak. oh iya, satu lagi: revisi berapa", Mark.ADDING, "web mati kak. ", "revisi berapa"),
        ("web mati kak, btw revisi berapa", Mark.ADDING, "web mati kak, ", "revisi berapa"),
        ("Mohon dicek. Selain itu, revisi berapa kali?", Mark.ADDING, "Mohon dicek. ", "revisi berapa kali?"),
    ],
)
def test_what_parts_a_message(text: str, mark: Mark, before: str, after: str) -> None:
    (cut,) = cuts(text)
    assert (cut.mark, *cut.parts(text)) == (mark, before, after)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "halo",
        "bisa bayar pakai qris?",
        "halo kak, bisa bayar pakai qris",  # a comma alone parts the halves of a sentence
        "oh iya kak, qris bisa",  # it opens the message
        "revisi berapa kali? trims",  # one word is no request
        "sudah bayar Rp1.500.000 tgl. 5 mei",
        "domain toko.co.id dan blog.id",  # a name alone
    ],
)
def test_what_does_not(text: str) -> None:
    assert plausible_cuts(text, 3) == []


def test_something_added_inside_a_clause_only_joins() -> None:
    assert [cut.mark for cut in cuts("beli domain sekalian hosting apa bisa")] == [Mark.JOINING]


@pytest.mark.parametrize(
    ("text", "plausible"),
    [
        ("bisa bayar qris ga trus revisi brp kali", True),
        ("domain saya mau dipindah tp ditolak, trus boleh bayar bulan depan", True),
        ("saya ganti laptop kemarin. Boleh bayar bulan depan?", False),  # a story, then one question
        ("kemarin saya pindah kantor lalu laptop saya ganti", False),
        ("Bukan minta tempo, lalu bagaimana cara bayarnya?", False),  # says what is not asked for
        ("saya pindah kantor, btw boleh bayar bulan depan", True),
    ],
)
def test_both_sides_ask_unless_another_matter_is_announced(text: str, plausible: bool) -> None:
    assert bool(plausible_cuts(text, 3)) is plausible


def test_who_writes_more_than_the_encoder_sees_tells_a_story() -> None:
    message = "bisa bayar qris? satu lagi, revisi berapa kali?"
    assert plausible_cuts(message, 3)
    assert plausible_cuts(f"{message} {'terima kasih ' * 60}", 3) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("brp kali", True),
        ("tlg cek", True),
        ("qris?", True),
        ("sudah saya bayar", False),
        ("bukan mau tanya apa", False),
    ],
)
def test_questions_and_pleas(text: str, expected: bool) -> None:
    assert asks(text) is expected
