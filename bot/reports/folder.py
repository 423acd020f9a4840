"""The folder of an evaluation: pictures, the page, and all errors for other programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from bot.helpdesk.evaluation import Judged, worst_errors
from bot.reports.confusion import draw_confusion
from bot.reports.coverage import draw_coverage
from bot.reports.page import write_page
from bot.reports.registers import draw_registers
from bot.reports.reliability import draw_reliability
from bot.reports.report import Report
from bot.reports.wording import OWN_SENTENCES, in_one_line

_PICTURES = ("confusion", "registers", "reliability", "coverage", "confusion-own")


def write_folder(report: Report, folder: Path) -> Path:
    """Fill an existing folder; returns the page. Pictures of an earlier evaluation that have no successor go."""
    for name in _PICTURES:
        (folder / f"{name}.png").unlink(missing_ok=True)
    _draw(report, folder)
    write_errors(report.file.judged, folder / "worst-errors.jsonl")
    pictures = {name: folder / f"{name}.png" for name in _PICTURES}
    page = folder / "index.html"
    write_page(report, {name: picture for name, picture in pictures.items() if picture.exists()}, page)
    return page


def _draw(report: Report, folder: Path) -> None:
    subjects = [(report.name, report.file)]
    draw_confusion(report.file.judged, report.titles, report.name, folder / "confusion.png")
    if report.own:
        subjects.append((OWN_SENTENCES, report.own.evaluation))
        draw_confusion(report.own.evaluation.judged, report.titles, OWN_SENTENCES, folder / "confusion-own.png")
    if report.file.by_register:
        draw_registers(report.file, folder / "registers.png")
    draw_reliability(subjects, folder / "reliability.png")
    draw_coverage(subjects, report.threshold, folder / "coverage.png")


def write_errors(judged: Sequence[Judged], file: Path) -> None:
    """All errors as JSON lines, the worst first; personal data is masked, `line` says where the text stands."""
    with file.open("w", encoding="utf-8") as lines:
        for one in worst_errors(judged):
            error = {
                "line": one.gold.line,
                "text": in_one_line(one.gold.text),
                "wanted": {"outcome": one.gold.outcomes, "clauses": one.gold.clauses},
                "outcome": one.predicted.outcome,
                "clauses": one.predicted.clauses,
                "intent": one.intent,
                "confidence": one.confidence,
            }
            lines.write(json.dumps(error, ensure_ascii=False) + "\n")
