"""The figures of an evaluation in the order in which they are reported, by keys that each language words itself."""

from __future__ import annotations

from collections.abc import Iterator

from bot.helpdesk.evaluation import Evaluation
from bot.helpdesk.proportion import Proportion


def sections(evaluation: Evaluation) -> Iterator[tuple[str, dict[str, Proportion]]]:
    """(section, {row: proportion}); a section without rows is left out."""
    yield "overall", {"outcome": evaluation.outcome, "full": evaluation.full}
    yield "recall", evaluation.by_outcome
    if evaluation.by_register:
        yield "register", evaluation.by_register
    yield (
        "care",
        {
            "technical_refused": evaluation.technical_refused,
            "in_scope_refused": evaluation.in_scope_refused,
            "answers_right": evaluation.answers_right,
            "asked_back": evaluation.asked_back,
        },
    )
