"""Percentiles, table and aims of the comparison with stock Rasa."""

from __future__ import annotations

import pytest

from benchmarks.stock_rasa.report import describe_training, marks, percentiles, table

OURS = {
    "intent": 0.9512,
    "training_seconds": 30.0,
    "retraining_seconds": 9.04,
    "training_bytes": 600 * 2**20,
    "message_p50": 10.0,
    "message_p99": 40.0,
    "silent": 0.0,
}
STOCK = {
    "intent": 0.8,
    "training_seconds": 300.0,
    "retraining_seconds": 100.0,
    "training_bytes": 1200 * 2**20,
    "message_p50": 25.0,
    "message_p99": 60.0,
    "silent": 3.0,
}


def test_percentiles_of_many_and_of_one() -> None:
    """The median and the value that one in a hundred exceeds."""
    assert percentiles([float(n) for n in range(101)]) == (50.0, 99.0)
    assert percentiles([7.0]) == (7.0, 7.0)


def test_table_has_a_row_for_every_figure_that_both_have() -> None:
    """Ratios are ours by stock's; accuracies have none."""
    assert table(OURS, {**STOCK, "parse_p50": 1.0}).splitlines() == [
        "| | ours | stock Rasa | ours / stock |",
        "|---|---|---|---|",
        "| intent | 0.951 | 0.800 | |",
        "| training from scratch, without any cache | 30 s | 300 s | 0.10 |",
        "| training again with ten more sentences | 9.0 s | 100 s | 0.09 |",
        "| peak memory of training | 600 MiB | 1200 MiB | 0.50 |",
        "| whole message over HTTP, p50 | 10.0 ms | 25.0 ms | 0.40 |",
        "| whole message over HTTP, p99 | 40.0 ms | 60.0 ms | 0.67 |",
    ]


@pytest.mark.parametrize(("seconds", "word"), [(300.0, "reached"), (299.0, "missed")])
def test_training_aim_is_ten_times(seconds: float, word: str) -> None:
    """Ten times exactly is enough."""
    assert marks(OURS, {**STOCK, "training_seconds": seconds})[0].endswith(word)


def test_message_aim_is_half_for_median_and_for_late_ones() -> None:
    """Each is told on its own, and so are messages without a reply."""
    _, messages, silent = marks(OURS, STOCK)
    assert "0.40 of stock's time at p50 (aim: 0.50): reached" in messages
    assert messages.endswith("0.67 at p99: missed")
    assert silent.endswith("ours 0, stock 3")


def test_training_in_words() -> None:
    """For the subject that has nothing beside it."""
    words = "training from scratch 30 s, again with ten more sentences 9.0 s, peak memory 600 MiB"
    assert describe_training(OURS) == words
