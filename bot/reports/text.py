"""An evaluation as text for a terminal of 100 columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.helpdesk.calibration import point_at
from bot.helpdesk.evaluation import ClauseRecall, Evaluation, Judged, worst_errors
from bot.helpdesk.proportion import Proportion
from bot.reports.report import Report
from bot.reports.rows import sections
from bot.reports.wording import in_one_line

WIDTH = 100
WORST = 10
_LISTED = 8
_LABEL = 32
_COLUMN = 32
_SECTIONS = {
    "overall": "overall",
    "recall": "recall by outcome",
    "register": "outcome and clause by register",
    "care": "refusals, answers, questions back",
}
_ROWS = {
    "full": "outcome and clause",
    "technical_refused": "technical out-of-scope refused",
    "in_scope_refused": "in-scope messages refused",
    "answers_right": "answers given that are right",
    "asked_back": "asked back needlessly",
}


def describe(report: Report) -> str:
    """All tables and the ten worst errors."""
    subjects = [(report.name, report.file)]
    if report.own:
        subjects.append(("own sentences, cross-validated", report.own.evaluation))
    lines = [*_figures(subjects), "", *_confidence(subjects, report.threshold)]
    for name, evaluation in subjects:
        lines += ["", *_weakest(name, evaluation.by_clause, report), "", *_confused(name, evaluation)]
    if report.own:
        lines += ["", f"own sentences: intent {report.own.labels.intent:.3f}; doubtful labels: helpdesk data check"]
    return "\n".join(_cut(line, WIDTH) for line in [*lines, "", *_worst(report.file.judged)])


def _figures(subjects: Sequence[tuple[str, Evaluation]]) -> Iterator[str]:
    columns = [dict(sections(evaluation)) for _, evaluation in subjects]
    yield _row("", [f"{_cut(name, _COLUMN - 2):>{_COLUMN}}" for name, _ in subjects])
    yield _row("", [f"{'share':>8}  {'95 % interval':>14}  {'n':>6}"] * len(subjects))
    for section, first in columns[0].items():
        yield _SECTIONS[section]
        for key in dict.fromkeys(key for column in columns for key in column.get(section, first)):
            cells = [_proportion(column.get(section, {}).get(key)) for column in columns]
            yield _row(f"  {_cut(_ROWS.get(key, key), _LABEL - 2)}", cells)


def _proportion(proportion: Proportion | None) -> str:
    if proportion is None or not proportion.whole:
        return f"{'–':>8}"
    low, high = proportion.interval
    return f"{proportion.share:>8.3f}  {f'{low:.3f}–{high:.3f}':>14}  {proportion.whole:>6}"


def _confidence(subjects: Sequence[tuple[str, Evaluation]], threshold: float) -> Iterator[str]:
    shipped = [point_at(evaluation.curve, threshold) for _, evaluation in subjects]
    yield "confidence"
    yield _numbers("  expected calibration error", [evaluation.calibration_error for _, evaluation in subjects])
    yield _numbers(
        f"  settled from threshold {threshold:.2f} on", [point.coverage if point else None for point in shipped]
    )
    yield _numbers("  of what is settled, right", [point.right.share if point else None for point in shipped])


def _numbers(label: str, numbers: Sequence[float | None]) -> str:
    return _row(label, [f"{'–' if number is None else f'{number:.3f}':>8}" for number in numbers])


def _weakest(name: str, clauses: Sequence[ClauseRecall], report: Report) -> Iterator[str]:
    weak = [clause for clause in clauses if clause.is_weak]
    yield f"weakest clauses, {name}:" + ("" if weak else f" none, all {len(clauses)} are always right")
    for one in weak[:_LISTED]:
        title = f"{one.clause:<4}{report.titles.get(one.clause, '')}"
        taken = f"mostly taken for {one.taken_for}"
        yield f"  {one.right.share:>5.3f}  {f'{one.right.part}/{one.right.whole}':>9}  {title:<46}  {taken}"


def _confused(name: str, evaluation: Evaluation) -> Iterator[str]:
    yield f"most confused, {name}:" + ("" if evaluation.confused else " nothing")
    for one in evaluation.confused[:_LISTED]:
        yield f"  {one.count:>5}  {one.wanted} > {one.got}"


def _worst(judged: Sequence[Judged]) -> Iterator[str]:
    errors = worst_errors(judged)
    yield (
        f"worst errors, {min(WORST, len(errors))} of {len(errors)}, the most confident first:"
        if errors
        else "no errors"
    )
    for one in errors[:WORST]:
        yield f"  {one.confidence:.3f}  line {one.gold.line}  {one.wanted} > {one.got}"
        yield f"         {in_one_line(one.gold.text)}"


def _row(label: str, cells: Sequence[str]) -> str:
    return (f"{label:<{_LABEL}}" + "  ".join(f"{cell:<{_COLUMN}}" for cell in cells)).rstrip()


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"
