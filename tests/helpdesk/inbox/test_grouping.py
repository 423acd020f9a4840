"""Grouping by similarity and by what the model understands."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.helpdesk.inbox.grouping import ALIKE, ALIKE_IN_TOPIC, Vectors, groups_of, joined_group, middle


def unit(*angles: float) -> Vectors:
    """Unit vectors in the plane."""
    return np.array([[np.cos(angle), np.sin(angle)] for angle in angles], dtype=np.float32).reshape(-1, 2)


def apart(cosine: float) -> float:
    """The angle between two vectors of this cosine."""
    return float(np.arccos(cosine))


def test_a_message_joins_the_group_that_it_resembles_most() -> None:
    leaders = unit(0.0, 0.3, 1.5)
    assert joined_group(unit(0.2)[0], "a", leaders, ["a", "a", "a"]) == 1
    assert joined_group(unit(1.6)[0], "a", leaders, ["b", "b", "b"]) == 2


def test_a_message_like_none_begins_a_group() -> None:
    assert joined_group(unit(0.8)[0], "a", unit(0.0, 1.6), ["a", "a"]) is None
    assert joined_group(unit(0.8)[0], "a", unit(), []) is None


@pytest.mark.parametrize(
    ("cosine", "same_topic", "other_topic"),
    [(ALIKE + 0.01, 0, 0), ((ALIKE + ALIKE_IN_TOPIC) / 2, 0, None), (ALIKE_IN_TOPIC - 0.01, None, None)],
)
def test_messages_of_one_topic_need_resemble_each_other_less(
    cosine: float, same_topic: int | None, other_topic: int | None
) -> None:
    vector = unit(apart(cosine))[0]
    assert joined_group(vector, "a", unit(0.0), ["a"]) == same_topic
    assert joined_group(vector, "a", unit(0.0), ["b"]) == other_topic


@given(st.lists(st.tuples(st.floats(0, 3), st.sampled_from("ab")), max_size=30))
def test_every_message_is_in_one_group_whose_leader_it_resembles(messages: list[tuple[float, str]]) -> None:
    vectors, topics = unit(*(angle for angle, _ in messages)), [topic for _, topic in messages]
    groups = groups_of(vectors, topics)
    assert sorted(row for group in groups for row in group) == list(range(len(messages)))
    for leader, *others in groups:
        for row in others:
            least = ALIKE_IN_TOPIC if topics[row] == topics[leader] else ALIKE
            assert vectors[leader] @ vectors[row] >= least - 1e-6


def test_the_middle_resembles_all_others_most() -> None:
    assert middle(unit(0.0, 0.1, 0.2, 0.9)) in {1, 2}
    assert middle(unit(0.4)) == 0
