"""The queue of customers who asked for a person: place, honest waiting estimate, and what they are told."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import quantiles

from bot.helpdesk.conversation import Button, Owner
from bot.helpdesk.handoff import HandoffMode

LEAST_WAITS = 5  # fewer say nothing about the next one
WAIT = Button("Tetap menunggu", "#queue:wait")
LEAVE_MESSAGE = Button("Tinggalkan pesan", "#queue:message")
BACK_TO_BOT = Button("Kembali ke bot", "#queue:bot")
MOST_NOTICES = 3


@dataclass(frozen=True)
class PastWait:
    """How long somebody waited who began at `place`, in seconds."""

    place: int
    seconds: float


@dataclass(frozen=True)
class QueuePlace:
    """What a waiting customer may know. `wait_minutes` is the middle half of what others waited, or unknown."""

    place: int
    wait_minutes: tuple[int, int] | None
    staff_online: bool
    open: bool
    mode: HandoffMode = HandoffMode.LIVE


@dataclass(frozen=True)
class Standing:
    """Who speaks with the customer, as the customer's clients are told."""

    owner: Owner
    agent_name: str | None = None
    closed: bool = False
    queue: QueuePlace | None = None
    agent_read_seq: int = 0


def estimate(place: int, waits: Sequence[PastWait]) -> tuple[int, int] | None:
    """From when to when somebody at `place` is likely to be served, in minutes from now.

    The quartiles of the time that each place cost others lately, times the place; None where too few were served to
    tell. The lower end is rounded down and the upper one up, to a minute at least.
    """
    if len(waits) < LEAST_WAITS:
        return None
    low, _, high = quantiles((w.seconds / max(w.place, 1) for w in waits), n=4, method="inclusive")
    least = max(1, math.floor(place * low / 60))
    return least, max(least, math.ceil(place * high / 60))


def queued_text(place: QueuePlace, next_opening: datetime | None) -> str:
    """What the customer reads on entering the queue; `next_opening` in the office's own time."""
    if not place.open:
        when = f" Kami buka kembali {_moment(next_opening)}." if next_opening else ""
        return (
            f"Saat ini di luar jam layanan staf kami.{when} Permintaan Kakak tetap tersimpan di antrean nomor "
            f"{place.place}. Bila mau, tinggalkan alamat e-mail supaya staf bisa membalas ke sana."
        )
    if not place.staff_online:
        return (
            f"Permintaan Kakak ada di antrean nomor {place.place}, tetapi saat ini belum ada staf yang online. Kakak "
            "boleh menunggu di sini, atau meninggalkan alamat e-mail supaya staf bisa membalas ke sana."
        )
    return f"Kakak ada di antrean nomor {place.place}. {_estimate_text(place.wait_minutes)}"


def queued_buttons(place: QueuePlace) -> tuple[Button, ...]:
    """What can be chosen at once: nothing while staff are there."""
    return () if place.open and place.staff_online else (WAIT, LEAVE_MESSAGE, BACK_TO_BOT)


def nobody_came_text(place: QueuePlace) -> str:
    """What the customer reads when nobody has accepted for a while."""
    return (
        f"Mohon maaf, Kak, belum ada staf yang bisa menerima; Kakak sekarang di antrean nomor {place.place}. "
        "Mau tetap menunggu, meninggalkan pesan untuk dibalas nanti, atau kembali ke bot?"
    )


def _estimate_text(minutes: tuple[int, int] | None) -> str:
    if minutes is None:
        return "Lama tunggunya belum bisa kami perkirakan."
    low, high = minutes
    span = f"{low}" if low == high else f"{low}–{high}"
    return f"Dari antrean sebelumnya, perkiraan tunggunya {span} menit."


_DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")


def _moment(time: datetime) -> str:
    return f"hari {_DAYS[time.weekday()]}, {time.day}/{time.month}, pukul {time:%H.%M}"
