"""Grouping messages that ask the same, so that one decision serves many.

Leader clustering (Hartigan, "Clustering Algorithms", 1975): a message joins the group whose first message it resembles
most, or begins one of its own. Messages in which the model sees the same topic need resemble each other less.
With a better model they fall into better groups: form those that nobody has looked at yet anew after each publish.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]

# Cosines from which on two messages belong together: if the model sees the same topic in both, and otherwise.
# Chosen with the simulated trainer, on the development part (docs/benchmarks.md).
ALIKE_IN_TOPIC = 0.85
ALIKE = 0.93


def joined_group(vector: Vectors, topic: str, leaders: Vectors, topics: Sequence[str]) -> int | None:
    """The group that a message joins: the row of `leaders`, shape (groups, dimension); None if it is like none.

    All vectors are unit vectors; `topic` and `topics` are what the model understands of the message and the leaders.
    The leader that is furthest above what is asked of it wins; of equals, the first.
    """
    if not topics:
        return None
    asked = np.where(np.asarray(topics) == topic, ALIKE_IN_TOPIC, ALIKE)
    above = leaders @ vector - asked
    best = int(above.argmax())
    return best if above[best] >= 0 else None


def groups_of(vectors: Vectors, topics: Sequence[str]) -> list[list[int]]:
    """All rows in groups, as if they came one after the other; each group begins with its leader."""
    groups: list[list[int]] = []
    leaders = np.empty_like(vectors)
    seen: list[str] = []
    for row, (vector, topic) in enumerate(zip(vectors, topics)):
        joined = joined_group(vector, topic, leaders[: len(seen)], seen)
        if joined is None:
            leaders[len(seen)] = vector
            seen.append(topic)
            groups.append([row])
        else:
            groups[joined].append(row)
    return groups


def middle(vectors: Vectors) -> int:
    """The row that resembles all others most (the medoid by cosine); the first of equals. Needs one row or more."""
    return int((vectors @ vectors.sum(axis=0)).argmax())
