"""A week at the desk, made by hand and written straight into the tables, with every number worked out on paper.

Times are those of Jakarta (UTC+7). Monday is 2 March 2026; the period under test is Monday to Wednesday.
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

from sqlalchemy import Table, insert

from bot.store.engine import make_engine
from bot.store.tables import conversation, handoff, message, ownership_change, rating, staff

JAKARTA = timezone(timedelta(hours=7))
RINA, DEWI = "staf-rina", "staf-dewi"


def at(day: int, clock: str) -> datetime:
    """`clock` on that day of March 2026 in Jakarta."""
    hour, minute, second = (int(part) for part in f"{clock}:00:00".split(":")[:3])
    return datetime(2026, 3, day, hour, minute, second, tzinfo=JAKARTA)


class HandMade:
    """Collects rows, then writes them in one go."""

    def __init__(self) -> None:
        self.rows: dict[Table, list[dict[str, Any]]] = {
            table: [] for table in (staff, conversation, handoff, message, ownership_change, rating)
        }

    def agent(self, agent_id: str, name: str) -> None:
        self.rows[staff].append(
            {
                "id": agent_id,
                "username": agent_id,
                "display_name": name,
                "roles": ["agent"],
                "password_hash": "x",
                "created_at": at(1, "08:00"),
            }
        )

    def conversation(self, name: str, began: datetime, *, messages: int = 1) -> None:
        counters = dict.fromkeys(("last_seq", "customer_seq", "answered_seq"), messages)
        self.rows[conversation].append({"id": name, "owner": "bot", "created_at": began, "last_at": began, **counters})

    def asked(self, name: str, when: datetime, reason: str = "minta_manusia", **more: Any) -> None:
        row = {"id": f"{name}-{when:%d-%H%M%S}", "conversation_id": name, "reason": reason, "requested_seq": 1}
        empty = dict.fromkeys(("accepted_at", "accepted_by", "closed_at"))
        self.rows[handoff].append({**row, "created_at": when, "mode": "live", **empty, **more})

    def change(self, name: str, when: datetime, event: str, states: str, **more: Any) -> None:
        old_state, new_state = states.split()
        empty = {"actor": "agent", "old_agent_id": None, "new_agent_id": None, "reason": None}
        row = {"conversation_id": name, "at": when, "event": event, "old_state": old_state, "new_state": new_state}
        self.rows[ownership_change].append({**row, **empty, **more})

    def agent_says(self, name: str, seq: int, when: datetime, agent_id: str = RINA) -> None:
        self.rows[message].append(
            {
                "conversation_id": name,
                "seq": seq,
                "sender": "agent",
                "text": "Halo Kak",
                "created_at": when,
                "buttons": [],
                "clauses": [],
                "staff_id": agent_id,
            }
        )

    def rated(self, name: str, when: datetime, **more: Any) -> None:
        empty = dict.fromkeys(("staff_id", "rated_at", "score", "solved"))
        self.rows[rating].append({"conversation_id": name, "asked_at": when, **empty, **more})

    async def write(self, database_url: str) -> None:
        engine = make_engine(database_url)
        async with engine.begin() as connection:
            for table, rows in self.rows.items():
                if rows:
                    await connection.execute(insert(table), rows)
        await engine.dispose()


def hand_made_week() -> HandMade:
    week = HandMade()
    week.agent(RINA, "Rina")
    week.agent(DEWI, "Dewi")
    week.agent("staf-budi", "Budi, yang tidak bekerja pekan ini")
    _requests_of_monday(week)
    _two_requests_in_one(week)
    _others(week)
    _bot_only(week)
    return week


def _requests_of_monday(week: HandMade) -> None:
    # "cepat" asks at the first moment of Monday: accepted after 60 s, first message 30 s later, closed, rated 5.
    week.conversation("cepat", at(2, "00:00"))
    week.asked(
        "cepat", at(2, "00:00"), accepted_at=at(2, "00:01"), accepted_by=RINA, closed_at=at(2, "00:20"),
    )  # fmt: skip
    week.change("cepat", at(2, "00:00"), "request", "bot queue", actor="bot", reason="minta_manusia")
    week.change("cepat", at(2, "00:01"), "accept", "queue agent", new_agent_id=RINA)
    week.agent_says("cepat", 3, at(2, "00:01:30"))
    week.agent_says("cepat", 4, at(2, "00:02:30"))
    week.change("cepat", at(2, "00:20"), "close", "agent closed", old_agent_id=RINA, reason="solved")
    week.rated("cepat", at(2, "00:20"), staff_id=RINA, score=5, rated_at=at(2, "00:21"), solved=True)
    # "tengah-malam" asks at the last second of Monday, is accepted on Tuesday (1,000 s), gets no message, is returned
    # when Rina goes offline, and accepted by Dewi, who closes without a reason. Rated: no answer.
    week.conversation("tengah-malam", at(2, "23:59:59"))
    week.asked("tengah-malam", at(2, "23:59:59"), "keluhan_marah", accepted_at=at(3, "00:16:39"), accepted_by=RINA)
    week.change("tengah-malam", at(2, "23:59:59"), "request", "bot queue", actor="bot", reason="keluhan_marah")
    week.change("tengah-malam", at(3, "00:16:39"), "accept", "queue agent", new_agent_id=RINA)
    week.change("tengah-malam", at(3, "00:30"), "give_up", "agent queue", old_agent_id=RINA, actor="system")
    week.change("tengah-malam", at(3, "08:00"), "assign", "queue agent", new_agent_id=DEWI, actor="system")
    week.change("tengah-malam", at(3, "08:10"), "close", "agent closed", old_agent_id=DEWI)
    week.rated("tengah-malam", at(3, "08:10"), staff_id=DEWI)


def _two_requests_in_one(week: HandMade) -> None:
    # "dua-kali": the first request is accepted after 300 s, never answered and handed back; the second, a day later,
    # is accepted after 120 s, answered after 10 s more, transferred to Dewi, returned by her, accepted by Rina, closed.
    week.conversation("dua-kali", at(3, "09:00"))
    week.asked(
        "dua-kali", at(3, "09:00"), accepted_at=at(3, "09:05"), accepted_by=DEWI, closed_at=at(3, "09:30"),
    )  # fmt: skip
    week.change("dua-kali", at(3, "09:00"), "request", "bot queue", actor="bot")
    week.change("dua-kali", at(3, "09:05"), "accept", "queue agent", new_agent_id=DEWI)
    week.change("dua-kali", at(3, "09:30"), "hand_back", "agent bot", old_agent_id=DEWI)
    week.asked(
        "dua-kali", at(4, "10:00"), "kasus_transaksi",
        accepted_at=at(4, "10:02"), accepted_by=RINA, closed_at=at(4, "11:00"), requested_seq=5,
    )  # fmt: skip
    week.change("dua-kali", at(4, "10:00"), "request", "bot queue", actor="bot")
    week.change("dua-kali", at(4, "10:02"), "accept", "queue agent", new_agent_id=RINA)
    week.agent_says("dua-kali", 7, at(4, "10:02:10"))
    week.change("dua-kali", at(4, "10:10"), "transfer", "agent agent", old_agent_id=RINA, new_agent_id=DEWI)
    week.change("dua-kali", at(4, "10:20"), "give_up", "agent queue", old_agent_id=DEWI)
    week.change("dua-kali", at(4, "10:30"), "accept", "queue agent", new_agent_id=RINA)
    week.change("dua-kali", at(4, "11:00"), "close", "agent closed", old_agent_id=RINA, reason="solved")
    week.rated("dua-kali", at(4, "11:00"), staff_id=RINA, score=2, rated_at=at(4, "11:05"))


def _others(week: HandMade) -> None:
    # "batal" leaves the queue, "menunggu" still waits, "pesan" leaves a message (answered hours later).
    week.conversation("batal", at(3, "10:00"))
    week.asked("batal", at(3, "10:00"), closed_at=at(3, "10:40"))
    week.change("batal", at(3, "10:40"), "leave_queue", "queue bot", actor="customer", old_agent_id=None)
    week.conversation("menunggu", at(4, "16:00"))
    week.asked("menunggu", at(4, "16:00"))
    week.conversation("pesan", at(4, "20:00"))
    week.asked("pesan", at(4, "20:00"), mode="message", accepted_at=at(5, "08:00"), accepted_by=DEWI)
    # "diambil": Dewi takes it from the bot without a request, and a lead closes it as spam.
    week.conversation("diambil", at(4, "12:00"))
    week.change("diambil", at(4, "12:05"), "take_over", "bot agent", new_agent_id=DEWI)
    week.change("diambil", at(4, "12:06"), "close", "agent closed", old_agent_id=DEWI, reason="spam")
    # Just before and just after the period.
    for name, when in (("sebelum", at(1, "23:59:59")), ("sesudah", at(5, "00:00"))):
        week.conversation(name, when)
        week.asked(name, when)
        week.change(name, when, "take_over", "bot agent", new_agent_id=DEWI)
        week.rated(name, when, staff_id=DEWI, score=1)


def _bot_only(week: HandMade) -> None:
    # Confirmed solved, one of them at a border; said not solved; asked without an answer; never asked; never wrote.
    for name, day, solved in (("beres-1", 2, True), ("beres-2", 4, True), ("belum", 3, False)):
        week.conversation(name, at(day, "23:00"))
        week.rated(name, at(day, "23:30"), solved=solved, score=4 if name == "beres-1" else None)
    week.conversation("diam", at(3, "13:00"))
    week.rated("diam", at(3, "14:00"))
    week.conversation("pergi", at(3, "13:00"))
    week.conversation("kosong", at(3, "13:00"), messages=0)
    # Said that it is solved, then asked for a person a week later: not the bot's success.
    week.conversation("berubah", at(4, "09:00"))
    week.rated("berubah", at(4, "09:30"), solved=True)
    week.change("berubah", at(11, "09:00"), "request", "bot queue", actor="bot")
    week.asked("berubah", at(11, "09:00"))
    # The bot's own sweep closes: nobody of staff did.
    week.change("pergi", at(4, "13:00"), "close", "bot closed", actor="system", reason="no_reply")
