"""`helpdesk evaluate`: scores the trained assistant on labelled messages and draws the confusion matrix."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from bot.commands.assistant import answer_each
from bot.commands.learning_curve import describe_curves, draw_curves, learning_curves
from bot.errors import CatalogueError
from bot.helpdesk.scoring import Labelled, Predicted, Score, score
from bot.services.knowledge import ROOT
from bot.settings import Settings

_OWN_SET = ROOT / "tests/data/heldout.jsonl"


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser("evaluate", help="score the assistant on labelled messages")
    parser.add_argument(
        "file", nargs="?", type=Path, default=_OWN_SET, help="JSON lines with text, outcome, clauses; default: our own"
    )
    parser.add_argument("--picture", type=Path, help="where to draw (default: HELPDESK_HOME/evaluation/NAME.png)")
    parser.add_argument(
        "--learning-curve",
        action="store_true",
        help="train on growing shares of the sentences instead, and draw HELPDESK_HOME/evaluation/learning-curve.png",
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the scores and write the picture."""
    gold = read_labelled(arguments.file)
    home = Settings.from_env().home
    if arguments.learning_curve:
        curves = learning_curves(ROOT, gold, arguments.file.name)
        print(describe_curves(curves))
        picture = arguments.picture or home / "evaluation/learning-curve.png"
        draw_curves(curves, picture)
        print(f"learning curve: {picture}")
        return 0
    predicted = []
    for number, answered in enumerate(answer_each((g.text for g in gold), home), start=1):
        predicted.append(Predicted(answered.outcome, tuple(answered.clauses)))
        if number % 100 == 0:
            print(f"{number}/{len(gold)} messages", flush=True)
    print(describe(score(gold, predicted)))
    picture = arguments.picture or home / "evaluation" / f"{arguments.file.stem}.png"
    picture.parent.mkdir(parents=True, exist_ok=True)
    draw_confusion([g.best for g in gold], [p.label for p in predicted], picture)
    print(f"confusion matrix: {picture}")
    return 0


def read_labelled(file: Path) -> list[Labelled]:
    """The labelled messages of a file. Raises CatalogueError naming the line that cannot be read."""
    labelled = []
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogueError(f"{file} cannot be read: {error}") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            labelled.append(Labelled.parse(json.loads(line), number))
        except ValueError as error:
            raise CatalogueError(f"{file}, line {number}: not JSON") from error
    if not labelled:
        raise CatalogueError(f"{file} holds no messages")
    return labelled


def describe(result: Score) -> str:
    """The scores as text."""
    lines = [f"messages {result.n}  outcome {result.outcome:.3f}  outcome+clause {result.full:.3f}"]
    if result.by_register:
        lines.append("by register: " + "  ".join(f"{name} {value:.3f}" for name, value in result.by_register.items()))
    if result.confused:
        confused = "  ".join(f"{wanted}>{got} x{count}" for wanted, got, count in result.confused[:10])
        lines.append(f"most confused: {confused}")
    return "\n".join(lines)


def draw_confusion(wanted: list[str], got: list[str], file: Path) -> None:
    """Write the confusion matrix as a PNG: rows wanted, columns got, shares of a row."""
    import matplotlib as mpl
    import numpy as np

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    labels = sorted({*wanted, *got}, key=_clause_order)
    counts = np.zeros((len(labels), len(labels)))
    for w, g in zip(wanted, got):
        counts[labels.index(w), labels.index(g)] += 1
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    size = 2 + 0.3 * len(labels)
    figure, axes = plt.subplots(figsize=(size, size))
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    axes.set_xticks(range(len(labels)), labels, rotation=90)
    axes.set_yticks(range(len(labels)), labels)
    axes.set(xlabel="predicted", ylabel="wanted", title=f"{int(counts.sum())} messages, count per cell")
    for row, column in zip(*counts.nonzero()):
        colour = "white" if shares[row, column] > 0.5 else "black"
        axes.text(column, row, int(counts[row, column]), ha="center", va="center", fontsize=7, color=colour)
    figure.tight_layout()
    figure.savefig(file, dpi=110)
    plt.close(figure)


def _clause_order(label: str) -> tuple[int, int, str]:
    groups = {"K": 0, "H": 1}
    if label[1:].isdigit() and label[0] in groups:
        return groups[label[0]], int(label[1:]), ""
    return 2 if label == "P" else 3, 0, label
