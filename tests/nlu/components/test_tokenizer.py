"""Tokens and their normal forms."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis.strategies import from_regex
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.tokenizers.tokenizer import Token
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.tokenizer import IndonesianToken, IndonesianTokenizer
from bot.text.lexicon import slang
from tests.nlu.components.pipeline import create, message
from tests.text.strategies import texts

pytestmark = pytest.mark.rasa

_TOKENIZER: IndonesianTokenizer = create(IndonesianTokenizer, Path())


def _tokens(text: str) -> list[Token]:
    tokens: list[Token] = _TOKENIZER.tokenize(message(text), TEXT)
    return tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tiap2 bulan", [("tiap2", "setiap"), ("bulan", "bulan")]),
        ("jalan-jalan", [("jalan-jalan", "jalan-jalan")]),
        ("hostingnya, domain-ku", [("hostingnya", "hosting"), (",", ","), ("domain", "domain"), ("-ku", "-ku")]),
        ("E-mail (e-mail)?", [("E-mail", "surel"), ("(", "("), ("e-mail", "surel"), (")", ")"), ("?", "?")]),
        ("#INC-2024-0031", [("#INC-2024-0031", "#inc-2024-0031")]),
        ("0812-3456-7890", [("0812-3456-7890", "0812-3456-7890")]),
        ("Rp150.000.", [("Rp150.000", "rp150.000"), (".", ".")]),
        (
            "cek https://toko.id/a?b=c.",
            [("cek", "cek"), ("https://toko.id/a?b=c", "https://toko.id/a?b=c"), (".", ".")],
        ),
        ("a.com/b.com", [("a.com/b.com", "a.com/b.com")]),
        ("ga/gak", [("ga", "tidak"), ("/", "/"), ("gak", "tidak")]),
        ("di-suspend", [("di", "di"), ("-", "-"), ("suspend", "suspen")]),
        ("😀👍", [("😀", "😀"), ("👍", "👍")]),
        ("a\ud83d", [("a", "a"), ("\ud83d", "\ud83d")]),
        ("  ", [("  ", "  ")]),
    ],
)
def test_a_text_is_split_into_tokens_with_normal_forms(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(token.text, token.lemma) for token in _tokens(text)] == expected


def test_every_variant_of_the_lexicon_is_one_token() -> None:
    for variant, standard in slang().items():
        assert [(token.text, token.lemma) for token in _tokens(variant)] == [(variant, standard)]


@settings(deadline=None)  # the first call loads spaCy
@given(texts.filter(bool))
def test_tokens_slice_back_in_order_and_are_never_empty(text: str) -> None:
    tokens = _tokens(text)
    assert tokens
    end = 0
    for token in tokens:
        assert end <= token.start < token.end
        assert text[token.start : token.end] == token.text
        assert token.lemma
        end = token.end


@given(texts.filter(str.strip))
def test_nothing_but_blanks_is_left_out(text: str) -> None:
    tokens = _tokens(text)
    kept = {position for token in tokens for position in range(token.start, token.end)}
    assert all(text[position].isspace() for position in set(range(len(text))) - kept)


@pytest.mark.parametrize("unit", ["(", "'", "😀", "a)", "http://"])
def test_a_run_of_signs_costs_spacy_no_more_than_its_length(unit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # spaCy splits a piece in time that grows with its square: no piece may be long.
    seen: list[int] = []
    split = _TOKENIZER._spacy

    class Counting:
        vocab = split.vocab

        def __call__(self, piece: str) -> object:
            seen.append(len(piece))
            return split(piece)

    monkeypatch.setattr(_TOKENIZER, "_spacy", Counting())
    _tokens(unit * 4_000)
    assert max(seen) <= 60
    assert sum(seen) <= len(unit) * 4_000


def test_words_seen_once_are_not_kept_forever() -> None:
    before = len(_TOKENIZER._spacy.vocab.strings)
    for number in range(500):
        _tokens(f"kata{number}acak tulisan{number}lain")
    assert len(_TOKENIZER._spacy.vocab.strings) == before


_BLANK = spacy.blank("id").tokenizer


@settings(deadline=None)
@given(texts)
def test_pieces_are_split_as_by_spacys_blank_indonesian(text: str) -> None:
    for piece in text.encode("utf-8", "replace").decode().split():
        expected = [(token.idx, token.idx + len(token)) for token in _BLANK(piece)]
        assert _TOKENIZER._split_piece(piece) == expected


@settings(deadline=None)
@given(from_regex(r"[a-z]{1,60}", fullmatch=True))
def test_small_letters_are_one_token_to_spacy_too(piece: str) -> None:
    assert _TOKENIZER._split_piece(piece) == [(0, len(piece))] == [(t.idx, t.idx + len(t)) for t in _BLANK(piece)]


def test_spacy_has_no_special_case_of_small_letters_that_it_splits() -> None:
    split = [word for word, parts in _BLANK.rules.items() if len(parts) > 1]
    assert split
    assert not [word for word in split if re.fullmatch(r"[a-z]+", word)]


def test_words_with_hyphens_stay_whole_wherever_spacys_do() -> None:
    words = sorted(word for word in _BLANK.rules if "-" in word)
    assert len(words) > 10_000
    some = words[::150]
    pieces = [*some, *(f"({word})." for word in some), *(word.upper() for word in some), *(f"{w}nya" for w in some)]
    pieces += [joint.join(pair) for pair in pairwise(some) for joint in ("", "-", "/", ",")]
    for piece in pieces:
        expected = [(token.idx, token.idx + len(token)) for token in _BLANK(piece)]
        assert _TOKENIZER._split_piece(piece) == expected, piece


def test_training_sentences_get_the_tokens_of_messages() -> None:
    sentences = ["Kak, hosting-ku mati :(", "hosting-ku mati lagi", "", "jalan-jalan ke a.com", "gak bs login"]
    trained = [message(sentence) for sentence in sentences]
    _TOKENIZER.process_training_data(TrainingData([m for m in trained if m.get(TEXT)]))
    live = _TOKENIZER.process([message(sentence) for sentence in sentences])
    for sentence, learnt, asked in zip(sentences, trained, live):
        if sentence:
            assert learnt.get(TOKENS_NAMES[TEXT]) == asked.get(TOKENS_NAMES[TEXT])
    # Nothing is left over from the training that would remember live messages.
    assert "_split_piece" not in vars(_TOKENIZER)


def test_the_fingerprint_of_a_token_follows_all_that_it_holds() -> None:
    tokens = [
        IndonesianToken("gak", 0, 3, lemma="tidak"),
        IndonesianToken("gak", 1, 4, lemma="tidak"),
        IndonesianToken("gak", 0, 4, lemma="tidak"),
        IndonesianToken("ga", 0, 3, lemma="tidak"),
        IndonesianToken("gak", 0, 3, lemma="bukan"),
        IndonesianToken("gak", 0, 3, data={"pos": "ADV"}, lemma="tidak"),
        IndonesianToken("\ud83d", 0, 1),
    ]
    assert len({token.fingerprint() for token in tokens}) == len(tokens)
    assert IndonesianToken("gak", 0, 3, lemma="tidak").fingerprint() == tokens[0].fingerprint()
