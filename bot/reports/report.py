"""What is reported on: an evaluation of a file, and beside it, if wanted, one of our own sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.helpdesk.evaluation import Evaluation
from bot.helpdesk.label_check import CrossValidation


@dataclass(frozen=True)
class OwnSentences:
    """Cross-validation: the figures of an evaluation, and what is known of the labels."""

    evaluation: Evaluation
    labels: CrossValidation


@dataclass(frozen=True)
class Report:
    """`name` is that of the file, `threshold` the shipped one for asking back, `titles` those of the clauses."""

    name: str
    file: Evaluation
    own: OwnSentences | None
    threshold: float
    titles: Mapping[str, str]
