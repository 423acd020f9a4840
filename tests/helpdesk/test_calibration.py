"""Reliability, calibration error, and precision against coverage."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.helpdesk.calibration import Trial, calibration_error, coverage_curve, point_at, reliability
from bot.helpdesk.proportion import Proportion

_TRIALS = st.lists(
    st.tuples(st.one_of(st.floats(0, 1), st.sampled_from([0.0, 0.1, 0.3, 0.5, 0.9, 1.0])), st.booleans()), min_size=1
)


def test_bins_hold_their_lower_bound_and_the_last_holds_all_confidence() -> None:
    bins = reliability([(0.0, False), (0.3, True), (0.39, False), (1.0, True), (0.95, True)])
    assert [(one.low, one.high, one.right) for one in bins] == [
        (0.0, 0.1, Proportion(0, 1)),
        (0.3, 0.4, Proportion(1, 2)),
        (0.9, 1.0, Proportion(2, 2)),
    ]
    assert [one.confidence for one in bins] == pytest.approx([0.0, 0.345, 0.975])


@pytest.mark.parametrize(
    ("trials", "error"),
    [
        ([], 0.0),
        ([(1.0, True), (0.0, False)], 0.0),
        ([(1.0, False), (0.0, True)], 1.0),
        ([(0.75, True), (0.75, True), (0.75, True), (0.75, False)], 0.0),
        ([(0.8, True), (0.6, False)], (0.2 + 0.6) / 2),
    ],
)
def test_the_calibration_error_is_the_mean_distance(trials: list[Trial], error: float) -> None:
    assert calibration_error(reliability(trials)) == pytest.approx(error)


@given(_TRIALS, st.integers(1, 20))
def test_every_trial_is_in_one_bin_and_the_error_is_a_share(trials: list[Trial], bins: int) -> None:
    found = reliability(trials, bins)
    assert sum(one.right.whole for one in found) == len(trials)
    assert sum(one.right.part for one in found) == sum(right for _, right in trials)
    # Rounding: a mean of equal numbers may miss them by a hair.
    assert all(one.low - 1e-9 <= one.confidence <= one.high + 1e-9 for one in found)
    assert 0 <= calibration_error(found) <= 1 + 1e-9


@given(_TRIALS)
def test_with_one_bin_the_error_is_that_of_the_means(trials: list[Trial]) -> None:
    confidence = sum(confidence for confidence, _ in trials) / len(trials)
    right = sum(right for _, right in trials) / len(trials)
    assert calibration_error(reliability(trials, 1)) == pytest.approx(abs(confidence - right))


@given(_TRIALS, st.integers(0, 50))
def test_the_curve_goes_from_the_surest_to_all_that_is_settled(trials: list[Trial], asked_back: int) -> None:
    curve = coverage_curve(trials, len(trials) + asked_back)
    best = max(confidence for confidence, _ in trials)
    assert curve[0].threshold == best
    assert curve[0].right == Proportion.of(right for confidence, right in trials if confidence == best)
    assert curve[-1].right == Proportion.of(right for _, right in trials)
    assert curve[-1].coverage == pytest.approx(len(trials) / (len(trials) + asked_back))
    assert [p.coverage for p in curve] == sorted({p.coverage for p in curve})
    assert [p.threshold for p in curve] == sorted({p.threshold for p in curve}, reverse=True)


@given(_TRIALS, st.floats(0, 1))
def test_a_point_counts_what_reaches_its_threshold(trials: list[Trial], threshold: float) -> None:
    reached = [right for confidence, right in trials if confidence >= threshold]
    point = point_at(coverage_curve(trials, len(trials)), threshold)
    assert (point.right if point else Proportion(0, 0)) == Proportion.of(reached)


def test_without_anything_settled_there_is_no_curve() -> None:
    assert coverage_curve([], 5) == []
