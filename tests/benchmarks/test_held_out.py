"""Scoring of the comparison with stock Rasa."""

from __future__ import annotations

import pytest

from benchmarks.stock_rasa.held_out import HeldOut
from bot.helpdesk.scoring import Labelled, Predicted

HELD_OUT = HeldOut(
    labelled=[
        Labelled("bayar lewat apa?", ("answer",), ("K5",)),
        Labelled("kapan jatuh tempo?", ("answer",), ("H9",)),
        Labelled("hmm", ("clarify",), ()),
        Labelled("halo", ("smalltalk",), ()),
    ],
    intents=["cara_bayar", "tempo_bayar", "tidak_jelas", "salam"],
)
ANSWERS = {
    "cara_bayar": Predicted("answer", ("K5",)),
    "tempo_bayar": Predicted("answer", ("H9",)),
    "tidak_jelas": Predicted("clarify", ()),
    "nlu_fallback": Predicted("clarify", ()),
    "salam": Predicted("smalltalk", ()),
}


def test_accuracies_of_intent_outcome_and_clause() -> None:
    """Another clause is the right outcome only; a fallback is right where asking back is."""
    found = HELD_OUT.accuracies(
        intents=["cara_bayar", "cara_bayar", "nlu_fallback", "nlu_fallback"],
        guesses=["cara_bayar", "cara_bayar", "tidak_jelas", "salam"],
        answers=ANSWERS,
    )
    assert found == pytest.approx({"intent": 0.25, "guess": 0.75, "outcome": 0.75, "outcome_and_clause": 0.5})


def test_file_gives_an_intent_for_every_message() -> None:
    """The held-out messages of this repository."""
    held_out = HeldOut.read()
    assert len(held_out.texts) == len(held_out.intents) > 400
    assert all(held_out.intents)
