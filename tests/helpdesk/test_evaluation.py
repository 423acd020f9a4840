"""The figures of an evaluation, also against the contract's own script where it is there."""

from __future__ import annotations

import contextlib
import importlib.util
import io
import json
import re
import sys
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import HealthCheck, given, settings

from bot.helpdesk.evaluation import Confusion, Judged, evaluate, worst_errors
from bot.helpdesk.proportion import Proportion
from bot.services.knowledge import ROOT
from tests.helpdesk.labelled import any_judged, judged

_SCRIPT = ROOT.parent / "shared/check/score.py"


def test_each_figure_counts_what_it_says() -> None:
    result = evaluate(
        [
            judged("answer|handoff:K4|K6", "answer:K6", register="formal"),
            judged("answer:H13", "answer:H6", register="gaul"),
            judged("answer:H13", "clarify", register="gaul"),
            judged("refuse:H4", "refuse"),
            judged("refuse:H4", "paid_support:H5"),
            judged("refuse", "clarify"),
            judged("refuse|clarify", "clarify"),
            judged("smalltalk", "refuse:H4"),
        ]
    )
    assert (result.outcome, result.full) == (Proportion(4, 8), Proportion(3, 8))
    assert result.by_outcome == {
        "answer": Proportion(2, 3),
        "refuse": Proportion(2, 4),
        "smalltalk": Proportion(0, 1),
    }
    assert result.by_register == {"formal": Proportion(1, 1), "gaul": Proportion(0, 2)}
    assert result.technical_refused == Proportion(1, 2)
    assert result.in_scope_refused == Proportion(1, 4)
    assert result.answers_right == Proportion(1, 2)
    assert result.asked_back == Proportion(2, 8)
    assert [(one.clause, one.right, one.is_weak) for one in result.by_clause] == [
        ("H13", Proportion(0, 2), True),
        ("K4", Proportion(1, 1), False),
    ]
    assert result.by_clause[0].taken_for in {"H6", "clarify"}
    assert Confusion("refuse:H4", "paid_support:H5", 1) in result.confused


def test_what_was_asked_back_settles_nothing() -> None:
    result = evaluate([judged("clarify", "clarify", 1.0), judged("answer:K5", "answer:K5", 0.8)])
    assert [(p.threshold, p.coverage, p.right) for p in result.curve] == [(0.8, 0.5, Proportion(1, 1))]
    assert sum(one.right.whole for one in result.bins) == 2


def test_the_worst_errors_are_the_most_confident() -> None:
    errors = [
        judged("answer:K5", "answer:K5", 1.0, line=1),
        judged("answer:K5", "answer:H6", 0.4, line=2),
        judged("answer:K5", "refuse", 0.9, line=4),
        judged("smalltalk", "refuse", 0.9, line=3),
    ]
    assert [one.gold.line for one in worst_errors(errors)] == [3, 4, 2]


@given(any_judged())
def test_the_parts_add_up(messages: list[Judged]) -> None:
    result = evaluate(messages)
    assert sum(p.whole for p in result.by_outcome.values()) == len(messages)
    assert sum(p.part for p in result.by_outcome.values()) == result.outcome.part
    assert result.full.part <= result.outcome.part
    assert result.full.whole - result.full.part == sum(one.count for one in result.confused)
    assert len(worst_errors(messages)) == sum(one.count for one in result.confused)
    assert 0 <= result.calibration_error <= 1 + 1e-9


def contract_figures(messages: list[Judged], folder: Path) -> str:
    """What score.py prints about the same messages."""
    spec = importlib.util.spec_from_file_location("score", _SCRIPT)
    assert spec
    assert spec.loader
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    gold, predicted = folder / "gold.jsonl", folder / "predicted.jsonl"
    gold.write_text(
        "\n".join(
            json.dumps({"text": m.gold.text, "outcome": m.gold.outcomes, "clauses": m.gold.clauses}) for m in messages
        )
    )
    predicted.write_text(
        "\n".join(
            json.dumps({"text": m.gold.text, "outcome": m.predicted.outcome, "clauses": m.predicted.clauses})
            for m in messages
        )
    )
    printed = io.StringIO()
    with mock.patch.object(sys, "argv", ["score.py", str(gold), str(predicted)]), contextlib.redirect_stdout(printed):
        script.main()
    return printed.getvalue()


@pytest.mark.skipif(not _SCRIPT.is_file(), reason="no ../shared/check beside this clone: score.py is not here")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(messages=any_judged())
def test_the_figures_are_those_of_the_contract(messages: list[Judged], tmp_path: Path) -> None:
    result = evaluate(messages)
    lines = contract_figures(messages, tmp_path).splitlines()
    assert lines[0] == (
        f"messages {len(messages)}  outcome {result.outcome.share:.3f}  outcome+clause {result.full.share:.3f}"
    )
    assert lines[1] == "recall by outcome: " + "  ".join(
        f"{name} {right.share:.3f} ({right.whole})" for name, right in result.by_outcome.items()
    )
    assert lines[2] == (
        f"in-scope refused {result.in_scope_refused.share:.3f}  "
        f"answers given that are right {result.answers_right.share:.3f}  "
        f"asked back needlessly {result.asked_back.share:.3f}"
    )
    assert lines[3] == "weakest clauses: " + "  ".join(f"{c.clause} {c.right.share:.2f}" for c in result.by_clause[:8])
    confused = re.findall(r"(\S+)>(\S+) x(\d+)", lines[4])
    assert confused == [(one.wanted, one.got, str(one.count)) for one in result.confused[:8]]
