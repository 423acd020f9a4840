"""The export for bookkeeping: every change of a request, and all money that came or went."""

from __future__ import annotations

from datetime import tzinfo

from bot.helpdesk.paid.board import MoneyEvent
from bot.helpdesk.period import Period
from bot.services.csv_text import Cell, Separator, csv_text
from bot.services.day_range import checked_period
from bot.services.ports import Store

_HEADING = (
    *("Waktu", "Nomor permintaan", "Kejadian", "Keadaan", "Oleh", "Staf", "Tagihan", "Jumlah (Rp)", "Cara bayar"),
    *("Nomor pembayaran", "Alasan"),
)


class Bookkeeping:
    """Reads what happened; changes nothing."""

    def __init__(self, store: Store, zone: tzinfo) -> None:
        self._store = store
        self._zone = zone

    async def csv(self, first_day: object, last_day: object, separator: Separator) -> str:
        """The events of whole days, both `YYYY-MM-DD` and included, oldest first. Raises InvalidMessageError."""
        period = checked_period(first_day, last_day, self._zone)
        async with self._store.read() as work:
            events = await work.paid_requests.money_events(period)
        return csv_text([_HEADING, *(_row(event, period) for event in events)], separator)


def _row(event: MoneyEvent, period: Period) -> tuple[Cell, ...]:
    return (
        event.at.astimezone(period.zone).isoformat(sep=" ", timespec="seconds"),
        event.reference,
        event.event,
        event.state,
        event.actor,
        event.staff,
        event.invoice,
        event.amount,
        event.method,
        event.order_id,
        event.reason,
    )
