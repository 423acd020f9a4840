"""The slang lexicon and its parser."""

import pytest

from bot.errors import LexiconError
from bot.text.lexicon import lexicon_fingerprint, parse_lexicon, slang
from bot.text.normalise import normalise_word, words


def test_variants_point_to_their_standard_word() -> None:
    assert parse_lexicon("# note\n\ntidak: ga  gak\ndi mana : dmn\n") == {
        "ga": "tidak",
        "gak": "tidak",
        "dmn": "di mana",
    }


@pytest.mark.parametrize(
    ("source", "line", "problem"),
    [
        ("tidak: ga\nbisa bs\n", 2, "no colon"),
        ("tidak: ga\n\n# x\nbisa:\n", 4, "at least one variant"),
        (": ga\n", 1, "standard word"),
        ("tidak: ga\njangan: ga\n", 2, "stands twice, first in line 1"),
        ("tidak: ga ga\n", 1, "stands twice"),
        ("tidak: Ga\n", 1, "not lower case"),
        ("saya: gw\nmau: saya\n", 2, "also a standard word"),
    ],
)
def test_a_bad_line_is_named_with_its_number(source: str, line: int, problem: str) -> None:
    with pytest.raises(LexiconError, match=problem) as caught:
        parse_lexicon(source)
    assert f"line {line}:" in str(caught.value)
    assert caught.value.data == {"line": line}


def test_every_shipped_variant_is_one_word_and_is_replaced() -> None:
    for variant, standard in slang().items():
        assert words(variant) == [variant], variant
        assert normalise_word(variant) == standard
        assert normalise_word(variant.upper()) == standard


def test_every_standard_word_stays_as_it_is() -> None:
    for standard in set(slang().values()):
        for word in standard.split():
            assert normalise_word(word) == word


# Ordinary words, names of techniques and schools that a lexicon is tempted to rewrite.
_ORDINARY = """
    situ masuk beta lepat mati sama pada mau buat lan ssh tos iso9001 smp sma promo service user ulah spa org agen
    operator klien teras gaduh tiket kode data masa masalah sekolah berlaku setelah hanya tamu
"""


@pytest.mark.parametrize("word", _ORDINARY.split())
def test_an_ordinary_word_is_not_slang_of_another(word: str) -> None:
    assert normalise_word(word) == word


def test_the_fingerprint_is_stable_within_a_process() -> None:
    assert lexicon_fingerprint() == lexicon_fingerprint()
    assert len(lexicon_fingerprint()) == 64
