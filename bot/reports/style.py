"""One look for all pictures: a font that matplotlib brings along, few lines, colours that everyone can tell apart."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure
from PIL import Image

INK = "#1f2933"
MUTED = "#66707c"
FAINT = "#e3e7ec"
# Of Okabe and Ito's palette: told apart with any kind of colour vision, and in grey.
BLUE = "#0072b2"
ORANGE = "#d55e00"
SERIES = (BLUE, ORANGE)

_LOOK = {
    "font.family": "DejaVu Sans",
    "font.size": 10,
    "text.color": INK,
    "axes.labelcolor": MUTED,
    "axes.edgecolor": MUTED,
    "axes.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "grid.color": FAINT,
    "grid.linewidth": 0.8,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "figure.facecolor": "white",
}


def new_figure(width: float, height: float) -> Figure:
    """An empty figure, in inches. It belongs to no window and no global state."""
    return Figure(figsize=(width, height))


def look() -> Any:
    """Context in which figures are made and saved."""
    return mpl.rc_context(_LOOK)


def headline(figure: Figure, title: str, subtitle: str) -> None:
    """A title with a line of explanation below it, at the left edge; they take the topmost 0.75 inches."""
    height = figure.get_figheight()
    left = 0.2 / figure.get_figwidth()
    figure.text(left, 1 - 0.18 / height, title, fontsize=14, fontweight="bold", va="top")
    figure.text(left, 1 - 0.48 / height, subtitle, fontsize=10, color=MUTED, va="top")


def place(figure: Figure, *, left: float, right: float, bottom: float, top: float, **more: float) -> None:
    """Set the margins around the axes, in inches."""
    width, height = figure.get_size_inches()
    figure.subplots_adjust(
        left=left / width, right=1 - right / width, bottom=bottom / height, top=1 - top / height, **more
    )


def save(figure: Figure, file: Path) -> None:
    """Write a PNG of 256 colours, a third of the size of one with all."""
    drawn = BytesIO()
    figure.savefig(drawn, dpi=110, format="png")
    image = Image.open(drawn).convert("RGB")
    image.quantize(256, dither=Image.Dither.NONE).save(file, optimize=True)


def plain(name: str) -> str:
    """A name from a file, fit to stand in a picture: not long, and no dollar signs that would begin a formula."""
    name = " ".join(name.split())
    return (name if len(name) <= 36 else name[:35] + "…").replace("$", r"\$")
