"""What the ranking of the inbox must hold, whatever the figures in it."""

from __future__ import annotations

from math import isfinite

from hypothesis import given
from hypothesis import strategies as st

from bot.helpdesk.inbox.gain import EVIDENCE, expected_gain
from bot.helpdesk.inbox.reasons import Reason

_ROUNDING = 1e-9
shares = st.floats(0, 1)
cosines = st.floats(-1, 1)
sizes = st.integers(1, 5000)
reasons = st.frozensets(st.sampled_from(list(Reason)))


@st.composite
def rankings(draw: st.DrawFn) -> list[float]:
    """Probabilities of up to five topics, highest first."""
    weights = draw(st.lists(st.floats(0.01, 1), min_size=1, max_size=5))
    return sorted((weight / sum(weights) for weight in weights), reverse=True)


@given(rankings(), cosines, sizes, sizes, reasons)
def test_more_messages_never_gain_less(
    ranking: list[float], similarity: float, one: int, other: int, why: frozenset[Reason]
) -> None:
    fewer, more = sorted((one, other))
    assert expected_gain(ranking, similarity, fewer, why) <= expected_gain(ranking, similarity, more, why)


@given(shares, shares, cosines, sizes, reasons)
def test_a_smaller_margin_never_gains_less(
    one: float, other: float, similarity: float, size: int, why: frozenset[Reason]
) -> None:
    small, large = sorted((one, other))
    unsure, sure = [(1 + small) / 2, (1 - small) / 2], [(1 + large) / 2, (1 - large) / 2]
    assert expected_gain(unsure, similarity, size, why) >= expected_gain(sure, similarity, size, why) - _ROUNDING


@given(rankings(), cosines, cosines, sizes, reasons)
def test_what_is_nearer_to_the_training_data_never_gains_more(
    ranking: list[float], one: float, other: float, size: int, why: frozenset[Reason]
) -> None:
    far, near = sorted((one, other))
    assert expected_gain(ranking, far, size, why) >= expected_gain(ranking, near, size, why)


@given(rankings(), cosines, sizes, reasons, reasons)
def test_another_reason_never_gains_less(
    ranking: list[float], similarity: float, size: int, why: frozenset[Reason], also: frozenset[Reason]
) -> None:
    with_both = expected_gain(ranking, similarity, size, why | also)
    assert with_both >= expected_gain(ranking, similarity, size, why) - _ROUNDING


@given(rankings(), cosines, sizes, reasons)
def test_a_gain_is_a_finite_number_not_below_zero(
    ranking: list[float], similarity: float, size: int, why: frozenset[Reason]
) -> None:
    gain = expected_gain(ranking, similarity, size, why)
    assert isfinite(gain)
    assert gain >= 0


def test_a_message_without_a_ranking_is_in_doubt() -> None:
    """Nothing was understood: as much to gain as from two topics that are equally likely."""
    assert expected_gain([], 0.9, 1, frozenset()) == expected_gain([0.5, 0.5], 0.9, 1, frozenset())
    assert expected_gain([0.7], 0.9, 1, frozenset()) == expected_gain([0.7, 0.0], 0.9, 1, frozenset())


def test_a_sure_answer_that_an_agent_corrected_outranks_a_doubtful_one() -> None:
    """The model cannot know that it is wrong; the agent does."""
    corrected = expected_gain([0.98, 0.01], 0.95, 1, frozenset({Reason.CORRECTED}))
    assert corrected > expected_gain([0.6, 0.2], 0.95, 1, frozenset({Reason.UNSURE}))


def test_every_reason_has_a_weight() -> None:
    assert set(EVIDENCE) == set(Reason)
    assert all(0 <= weight < 1 for weight in EVIDENCE.values())
