"""Sampling for the comparison with stock Rasa."""

from __future__ import annotations

from collections import Counter

import pytest

from benchmarks.stock_rasa.sample import ADDED, alternating, evenly_spaced, sample, with_progress
from bot.helpdesk.training_sentences import TrainingSentence


def sentences(**counts: int) -> list[TrainingSentence]:
    """So many different sentences of each intent."""
    return [
        TrainingSentence(f"{intent} {n}", intent, f"{intent}.yml", n)
        for intent, count in counts.items()
        for n in range(count)
    ]


def test_every_intent_keeps_its_share() -> None:
    """A tenth of the data is about a tenth of every intent."""
    chosen, _ = sample(sentences(bayar=600, salam=300, pamit=100), 100)
    assert Counter(s.intent for s in chosen) == {"bayar": 60, "salam": 30, "pamit": 10}


def test_rare_intents_keep_enough_sentences_to_be_learnt() -> None:
    """Six, or as many as there are."""
    chosen, _ = sample(sentences(bayar=2000, pamit=40, tamu=3), 100)
    counts = Counter(s.intent for s in chosen)
    assert counts["pamit"] == 6
    assert 2 <= counts["tamu"] <= 3


@pytest.mark.parametrize("size", [50, 400, None])
def test_sentences_added_later_are_new_to_the_model(size: int | None) -> None:
    """Ten of them, none among those learnt first."""
    chosen, added = sample(sentences(bayar=300, salam=200), size)
    assert len(added) == len({s.text for s in added}) == ADDED
    assert not {s.text for s in chosen} & {s.text for s in added}


def test_all_means_all_but_those_added_later() -> None:
    """Together they are the whole data."""
    everything = sentences(bayar=30, salam=20)
    chosen, added = sample(everything, None)
    assert {s.text for s in [*chosen, *added]} == {s.text for s in everything}


def test_the_same_sentences_are_chosen_each_time() -> None:
    """Two runs compare like with like."""
    everything = sentences(bayar=300, salam=200)
    assert sample(everything, 60) == sample(everything, 60)


@pytest.mark.parametrize("count", [1, 3, 7, 9, 10])
def test_evenly_spaced_items_are_different_and_in_order(count: int) -> None:
    """Whatever the count, none comes twice."""
    chosen = evenly_spaced(range(10), count)
    assert len(set(chosen)) == count
    assert chosen == sorted(chosen)


def test_evenly_spaced_gives_all_where_more_are_wanted() -> None:
    """Never the same twice."""
    assert evenly_spaced("abc", 5) == ["a", "b", "c"]


def test_subjects_alternate_by_blocks() -> None:
    """Each message once for each subject, and each subject is first as often as the other."""
    asked = list(alternating(["ours", "stock"], [1, 2, 3, 4, 5], block=2))
    assert asked == [
        *(("ours", 1), ("ours", 2), ("stock", 1), ("stock", 2)),
        *(("stock", 3), ("stock", 4), ("ours", 3), ("ours", 4)),
        *(("ours", 5), ("stock", 5)),
    ]


def test_progress_is_told_while_items_pass_unchanged() -> None:
    """Every other one here."""
    told: list[str] = []
    assert list(with_progress("abcde", told.append, every=2)) == list("abcde")
    assert told == ["  2 asked", "  4 asked"]
