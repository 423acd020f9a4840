"""Labelled messages and predictions for tests of figures."""

from __future__ import annotations

from hypothesis import strategies as st

from bot.helpdesk.conversation import Outcome
from bot.helpdesk.evaluation import Judged
from bot.helpdesk.scoring import Labelled, Predicted

_OUTCOMES = st.sampled_from([outcome.value for outcome in Outcome])
# Few of each, so that hits, misses and ties all occur.
_CLAUSES = st.lists(st.sampled_from(["K1", "K5", "H4", "H13", "P"]), max_size=2, unique=True)
_CONFIDENCES = st.one_of(st.floats(0, 1), st.sampled_from([0.0, 0.1, 0.3, 0.5, 1.0]))


def judged(
    wanted: str, got: str, confidence: float = 0.5, *, register: str = "", line: int = 1, text: str = "halo"
) -> Judged:
    """From `outcome|outcome:clause|clause` and `outcome:clause`."""
    outcomes, _, clauses = wanted.partition(":")
    outcome, _, clause = got.partition(":")
    gold = Labelled(text, tuple(outcomes.split("|")), tuple(filter(None, clauses.split("|"))), register, line)
    return Judged(gold, Predicted(outcome, (clause,) if clause else ()), confidence, "topik")


def any_judged() -> st.SearchStrategy[list[Judged]]:
    """One message or more, with any labels, predictions and confidences."""
    gold = st.builds(
        Labelled,
        st.just("halo"),
        st.lists(_OUTCOMES, min_size=1, max_size=2, unique=True).map(tuple),
        _CLAUSES.map(tuple),
        st.sampled_from(["", "formal", "gaul"]),
        st.integers(1, 99),
    )
    predicted = st.builds(Predicted, _OUTCOMES, _CLAUSES.map(tuple))
    return st.lists(st.builds(Judged, gold, predicted, _CONFIDENCES, st.just("topik")), min_size=1, max_size=40)
