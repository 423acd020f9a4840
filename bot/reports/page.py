"""The page for trainers: all pictures, tables and worst errors in one file that needs no other."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from bot.helpdesk.calibration import point_at
from bot.helpdesk.evaluation import Evaluation, worst_errors
from bot.reports import wording
from bot.reports.report import Report
from bot.reports.rows import sections

_LISTED = 100
_SECTIONS = {
    "overall": "Keseluruhan",
    "recall": "Menurut jenis jawaban yang seharusnya",
    "register": "Menurut gaya bahasa (jenis jawaban dan pasal tepat)",
    "care": "Penolakan, jawaban, dan pertanyaan balik",
}
_ROWS = {
    **wording.OUTCOMES,
    "outcome": "jenis jawaban tepat",
    "full": "jenis jawaban dan pasal tepat",
    "technical_refused": "permintaan teknis di luar layanan yang ditolak",
    "in_scope_refused": "pesan dalam cakupan yang ikut ditolak (makin kecil makin baik)",
    "answers_right": "jawaban berpasal yang tepat",
    "asked_back": "bertanya balik tanpa perlu (makin kecil makin baik)",
}


def write_page(report: Report, pictures: Mapping[str, Path], file: Path) -> None:
    """Write the page; `pictures` are shown in the order given, each under a key that the template explains."""
    subjects = [(report.name, report.file)]
    if report.own:
        subjects.append((wording.OWN_SENTENCES, report.own.evaluation))
    errors = worst_errors(report.file.judged)
    environment = Environment(
        loader=PackageLoader("bot.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        percent=wording.percent, interval=wording.interval, decimal=wording.decimal, thousands=wording.thousands
    )
    page = environment.get_template("evaluation.html").render(
        report=report,
        names=[name for name, _ in subjects],
        figures=_figures([evaluation for _, evaluation in subjects]),
        confidence=[
            (name, evaluation.calibration_error, point_at(evaluation.curve, report.threshold))
            for name, evaluation in subjects
        ],
        subjects=subjects,
        pictures=[(key, base64.b64encode(picture.read_bytes()).decode()) for key, picture in pictures.items()],
        errors=errors[:_LISTED],
        all_errors=len(errors),
        listed=12,
        shown=wording.in_one_line,
        outcome_name=wording.outcome_name,
    )
    file.write_text(page, encoding="utf-8")


def _figures(evaluations: Sequence[Evaluation]) -> list[tuple[str, list[tuple[str, list[Any]]]]]:
    """(heading, [(row, a proportion or None for each evaluation)])"""
    columns = [dict(sections(evaluation)) for evaluation in evaluations]
    return [
        (
            _SECTIONS[section],
            [
                (_ROWS.get(key, key), [column.get(section, {}).get(key) for column in columns])
                for key in dict.fromkeys(key for column in columns for key in column.get(section, {}))
            ],
        )
        for section in columns[0]
    ]
