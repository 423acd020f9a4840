"""The figures as CSV for spreadsheets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum

from bot.helpdesk.figures import Requests, Satisfaction
from bot.helpdesk.report import Report
from bot.services.csv_text import Cell, Separator, csv_text

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


def write_csv(report: Report, part: Part, separator: Separator = Separator.COMMA) -> str:
    """One table of `report`, with a heading row; an empty cell is what nobody knows, never zero."""
    return csv_text(_TABLES[part](report), separator)


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


_TABLES = {Part.DAYS: _days, Part.AGENTS: _agents, Part.REASONS: _reasons}
