"""The figures as CSV for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from enum import Enum
from typing import TypeAlias

from bot.helpdesk.figures import Requests, Satisfaction
from bot.helpdesk.report import Report

# Excel takes a file for UTF-8 only when it begins with this.
_BOM = "\ufeff"
# A text cell that begins so is a formula to spreadsheets, and would run there.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
Cell: TypeAlias = str | int | float | None
_REQUESTS = (
    *("Permintaan staf", "Diterima", "Masih menunggu", "Tanpa dilayani", "Tinggalkan pesan", "Diterima tanpa balasan"),
    *("Median tunggu (detik)", "P90 tunggu (detik)", "Median respons pertama (detik)", "P90 respons pertama (detik)"),
)
_RATINGS = ("Penilaian diminta", "Penilaian dijawab", "Rata-rata penilaian")


class Part(str, Enum):
    """Which table of the report."""

    DAYS = "days"
    AGENTS = "agents"
    REASONS = "reasons"


class Separator(str, Enum):
    """What parts the cells. Spreadsheets set to Indonesian expect semicolons, and commas within numbers."""

    COMMA = "comma"
    SEMICOLON = "semicolon"


def write_csv(report: Report, part: Part, separator: Separator = Separator.COMMA) -> str:
    """One table of `report`, with a heading row; an empty cell is what nobody knows, never zero."""
    text = io.StringIO()
    semicolon = separator is Separator.SEMICOLON
    writer = csv.writer(text, delimiter=";" if semicolon else ",")
    for row in _TABLES[part](report):
        writer.writerow([_cell(value, decimal_comma=semicolon) for value in row])
    return _BOM + text.getvalue()


def _days(report: Report) -> Iterable[Sequence[Cell]]:
    yield (
        *("Tanggal", *_REQUESTS, "Chat ditangani staf", "Kembali ke antrean", "Pindah staf", "Diserahkan ke bot"),
        *("Ditutup staf", "Percakapan baru", "Bot: dinyatakan selesai", "Bot: dinyatakan belum selesai"),
        *("Bot: pergi tanpa jawaban", "Beralih ke staf", *_RATINGS),
    )
    for day in report.days:
        chats, bot = day.chats, day.bot
        yield (
            *(day.day.isoformat(), *_requests(day.requests), chats.handled, chats.returned, chats.transferred),
            *(chats.handed_back, chats.closed, bot.conversations, bot.solved, bot.unsolved, bot.left, bot.handed_over),
            *_ratings(day.satisfaction),
        )


def _agents(report: Report) -> Iterable[Sequence[Cell]]:
    yield (
        *("Staf", "Chat ditangani", "Permintaan diterima", "Median balasan pertama (detik)"),
        *("P90 balasan pertama (detik)", "Diterima tanpa balasan", "Kembali ke antrean", "Karena offline"),
        *("Dipindahkan ke staf lain", "Terima pindahan", "Diserahkan ke bot", "Ditutup", *_RATINGS),
    )
    for agent in report.agents:
        asked, chats = agent.requests, agent.chats
        yield (
            *(agent.name, chats.handled, asked.asked, asked.first_reply.median, asked.first_reply.p90),
            *(asked.unanswered, chats.returned, chats.returned_by_system, chats.transferred, agent.received),
            *(chats.handed_back, chats.closed, *_ratings(agent.satisfaction)),
        )


def _reasons(report: Report) -> Iterable[Sequence[Cell]]:
    yield ("Alasan", *_REQUESTS)
    for item in report.reasons:
        yield (item.reason, *_requests(item.requests))


def _requests(figures: Requests) -> Sequence[Cell]:
    return (
        *(figures.asked, figures.accepted, figures.waiting, figures.given_up, figures.message, figures.unanswered),
        *(figures.wait.median, figures.wait.p90, figures.first_response.median, figures.first_response.p90),
    )


def _ratings(figures: Satisfaction) -> Sequence[Cell]:
    return (figures.asked, figures.answered, figures.mean)


def _cell(value: Cell, *, decimal_comma: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        # Tenths of a second and hundredths of a star are exact enough.
        number = f"{value:.2f}".rstrip("0").rstrip(".")
        return number.replace(".", ",") if decimal_comma else number
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA) else text


_TABLES = {Part.DAYS: _days, Part.AGENTS: _agents, Part.REASONS: _reasons}
