"""What a learning curve consists of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class LearningPoint:
    """Accuracies after training on a share of every intent's sentences."""

    share: float
    sentences: int
    outcome: float
    full: float
