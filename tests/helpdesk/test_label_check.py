"""What cross-validation says about labels."""

from __future__ import annotations

import pytest

from bot.helpdesk.label_check import Guess, judge
from bot.helpdesk.scoring import Predicted
from bot.helpdesk.training_sentences import TrainingSentence

_ANSWERS = {
    "cara_bayar": Predicted("answer", ("K5",)),
    "tempo_bayar": Predicted("answer", ("H6",)),
    "salam": Predicted("smalltalk", ()),
    "pamit": Predicted("smalltalk", ()),
}


def sentence(intent: str, line: int) -> TrainingSentence:
    return TrainingSentence(f"kalimat {line}", intent, "a.yml", line)


def test_accuracies_count_what_the_customer_would_notice() -> None:
    sentences = [sentence(intent, n) for n, intent in enumerate(["cara_bayar", "cara_bayar", "salam", "salam"])]
    guesses = [
        Guess("cara_bayar", 0.9, 0.9),
        Guess("tempo_bayar", 0.6, 0.3),  # same outcome, another clause
        Guess("pamit", 0.8, 0.1),  # another intent, but the same reply for the score
        Guess("cara_bayar", 0.4, 0.3),  # another outcome
    ]
    result = judge(sentences, guesses, _ANSWERS)
    assert (result.intent, result.outcome, result.full) == (0.25, 0.75, 0.5)
    assert [(one.intent, one.accuracy, one.sentences) for one in result.weakest] == [
        ("salam", 0.0, 2),
        ("cara_bayar", 0.5, 2),
    ]
    assert result.weakest[1].taken_for == "tempo_bayar"


def test_suspects_are_confident_other_guesses_the_worst_first() -> None:
    sentences = [sentence("salam", n) for n in range(60)]
    guesses = [Guess("pamit", 0.45 + n / 200, 0.1) for n in range(59)] + [Guess("salam", 0.99, 0.99)]
    result = judge(sentences, guesses, _ANSWERS)
    assert result.suspects == 49
    assert [suspect.sentence.line for suspect in result.worst[:3]] == [58, 57, 56]


def test_fifty_are_listed_at_most() -> None:
    result = judge([sentence("salam", n) for n in range(80)], [Guess("pamit", 0.9, 0.1)] * 80, _ANSWERS)
    assert (result.suspects, len(result.worst)) == (80, 50)


@pytest.mark.parametrize(("guess", "right"), [("baru", 1.0), ("lain", 0.0)])
def test_intents_that_the_domain_does_not_know_equal_only_themselves(guess: str, right: float) -> None:
    assert judge([sentence("baru", 1)], [Guess(guess, 0.9, 0.1)], _ANSWERS).full == right
