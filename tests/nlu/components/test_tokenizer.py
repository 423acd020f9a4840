"""Tokens and their normal forms."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.tokenizers.tokenizer import Token
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.tokenizer import IndonesianToken, IndonesianTokenizer, normal_form
from bot.nlu.words import normal_forms
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


def test_training_sentences_get_the_tokens_of_messages() -> None:
    sentences = ["Kak, hosting-ku mati :(", "hosting-ku mati lagi", "", "jalan-jalan ke a.com", "gak bs login"]
    trained = [message(sentence) for sentence in sentences]
    _TOKENIZER.process_training_data(TrainingData([m for m in trained if m.get(TEXT)]))
    live = _TOKENIZER.process([message(sentence) for sentence in sentences])
    for sentence, learnt, asked in zip(sentences, trained, live):
        if sentence:
            assert learnt.get(TOKENS_NAMES[TEXT]) == asked.get(TOKENS_NAMES[TEXT])
    # Nothing is left over from the training that would remember live messages.
    assert "_split_piece" not in vars(_TOKENIZER._splitter)


@given(texts.filter(bool))
def test_the_normal_form_is_that_of_the_text_alone(text: str) -> None:
    asked = message(text)
    _TOKENIZER.process([asked])
    assert [normal_form(asked)] == normal_forms([text])


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
