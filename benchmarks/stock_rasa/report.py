"""The figures as a Markdown table and as JSON."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Mapping, Sequence
from importlib import metadata
from pathlib import Path

import numpy as np

_PACKAGES = ("rasa", "tensorflow-cpu", "onnxruntime", "scikit-learn", "numpy")

Figures = Mapping[str, float]


def _share(value: float) -> str:
    return f"{value:.3f}"


def _seconds(value: float) -> str:
    return f"{value:.1f} s" if value < 10 else f"{value:.0f} s"


def _milliseconds(value: float) -> str:
    return f"{value:.1f} ms"


def _mebibytes(value: float) -> str:
    return f"{value / 2**20:.0f} MiB"


# Key, words, form; accuracies have no ratio.
_ROWS: tuple[tuple[str, str, Callable[[float], str]], ...] = (
    ("intent", "intent", _share),
    ("guess", "intent, before the fallback", _share),
    ("outcome", "outcome", _share),
    ("outcome_and_clause", "outcome and clause", _share),
    ("training_seconds", "training from scratch, without any cache", _seconds),
    ("retraining_seconds", "training again with ten more sentences", _seconds),
    ("training_bytes", "peak memory of training", _mebibytes),
    ("parse_p50", "parse on one core, p50", _milliseconds),
    ("parse_p99", "parse on one core, p99", _milliseconds),
    ("message_p50", "whole message over HTTP, p50", _milliseconds),
    ("message_p99", "whole message over HTTP, p99", _milliseconds),
    ("serving_bytes", "memory of the Rasa server", _mebibytes),
)


def percentiles(milliseconds: Sequence[float]) -> tuple[float, float]:
    """(p50, p99), linear between neighbours."""
    p50, p99 = np.percentile(milliseconds, [50, 99])
    return float(p50), float(p99)


def table(ours: Figures, stock: Figures) -> str:
    """A row a figure that both have; the last column is ours divided by stock's."""
    lines = ["| | ours | stock Rasa | ours / stock |", "|---|---|---|---|"]
    for key, words, form in _ROWS:
        if key in ours and key in stock:
            ratio = "" if form is _share else f" {ours[key] / stock[key]:.2f}"
            lines.append(f"| {words} | {form(ours[key])} | {form(stock[key])} |{ratio} |")
    return "\n".join(lines)


def marks(ours: Figures, stock: Figures) -> list[str]:
    """The two aims of the project, each with whether it is reached, and what a fast server could hide."""
    training = stock["training_seconds"] / ours["training_seconds"]
    median, late = (ours[key] / stock[key] for key in ("message_p50", "message_p99"))
    return [
        f"stock training takes {training:.1f} times as long as ours (aim: 10): {_reached(training >= 10)}",
        f"our server takes {median:.2f} of stock's time at p50 (aim: 0.50): {_reached(median <= 0.5)}; "
        f"{late:.2f} at p99: {_reached(late <= 0.5)}",
        f"messages that got no reply: ours {ours['silent']:.0f}, stock {stock['silent']:.0f}",
    ]


def describe_training(figures: Figures) -> str:
    """One subject's training in words."""
    scratch, again = _seconds(figures["training_seconds"]), _seconds(figures["retraining_seconds"])
    peak = _mebibytes(figures["training_bytes"])
    return f"training from scratch {scratch}, again with ten more sentences {again}, peak memory {peak}"


def machine() -> dict[str, str]:
    """Cores, processor, load and versions, for whoever reads the figures later."""
    versions = [f"{name} {metadata.version(name)}" for name in _PACKAGES]
    return {
        "cores": str(len(os.sched_getaffinity(0))),
        "processor": _processor(),
        "load at the start": f"{os.getloadavg()[0]:.1f}",
        "versions": ", ".join([f"Python {platform.python_version()}", *versions]),
    }


def _reached(holds: bool) -> str:
    return "reached" if holds else "missed"


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()
