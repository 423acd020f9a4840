"""What customers read of their requests: a text, and the card that says the same (docs/paid-support-protocol.md)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timezone, tzinfo
from typing import Any

from bot.helpdesk.choices import HUMAN
from bot.helpdesk.conversation import Button
from bot.helpdesk.handover_texts import SCORES
from bot.helpdesk.paid.billing import Invoice, Payment
from bot.helpdesk.paid.money import quantity_text, rupiah
from bot.helpdesk.paid.quotes import LineItem, Quote
from bot.helpdesk.paid.requests import PaidRequest, Urgency
from bot.helpdesk.paid.states import PaidState

_MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November",
    "Desember",
)  # fmt: skip
_ZONE_NAMES = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}
_SHORT = 120
URGENCIES = {Urgency.TODAY: "hari ini", Urgency.THIS_WEEK: "minggu ini", Urgency.RELAXED: "tidak mendesak"}
METHODS = {"transfer": "Transfer bank", "midtrans": "Bayar online"}
STATES = {
    PaidState.REQUESTED: "menunggu penawaran dari staf",
    PaidState.QUOTED: "penawaran menunggu jawaban Kakak",
    PaidState.ACCEPTED: "penawaran disetujui, tagihan disiapkan",
    PaidState.AWAITING_PAYMENT: "menunggu pembayaran",
    PaidState.PAID: "sudah dibayar, menunggu dikerjakan",
    PaidState.IN_PROGRESS: "sedang dikerjakan",
    PaidState.DONE: "selesai",
    PaidState.DECLINED: "tidak dilanjutkan",
    PaidState.EXPIRED: "masa berlakunya habis",
    PaidState.CANCELLED: "dibatalkan",
    PaidState.REFUNDED: "dana dikembalikan",
}


@dataclass(frozen=True)
class CardMessage:
    """A message with a card."""

    text: str
    card: Mapping[str, Any]
    buttons: tuple[Button, ...] = field(default=())


def when(moment: datetime, zone: tzinfo) -> str:
    """`5 Maret 2026 pukul 16.00 WIB`."""
    local = moment.astimezone(zone)
    name = _ZONE_NAMES.get(str(zone), local.tzname() or "")
    return f"{local.day} {_MONTHS[local.month - 1]} {local.year} pukul {local:%H.%M} {name}".rstrip()


def short(text: str) -> str:
    """The beginning of what the customer wrote, in one line."""
    line = " ".join(text.split())
    return line if len(line) <= _SHORT else line[: _SHORT - 1].rstrip() + "…"


def cancel_button(request_id: str) -> Button:
    """Calls the request off."""
    return Button("Batalkan permintaan", f"#paid:cancel:{request_id}")


def filed(request: PaidRequest) -> CardMessage:
    """The request is kept; staff make a quote."""
    order = request.order
    text = (
        f"Permintaan Kakak sudah kami catat dengan nomor {request.reference}. Staf kami menilainya dulu lalu mengirim "
        "penawaran di chat ini; belum ada yang ditagihkan sebelum Kakak menyetujuinya."
    )
    card = {
        **_about(request, "filed"),
        "need": order.need,
        "target": order.target,
        "urgency": order.urgency.value,
        "request_kind": order.kind.value,
        "capacity_gb": order.capacity_gb,
    }
    return CardMessage(text, card, (cancel_button(request.id),))


def quote(request: PaidRequest, offer: Quote, zone: tzinfo) -> CardMessage:
    """What it would cost."""
    lines = [
        f"- {li.what}: {quantity_text(li.quantity)} {li.unit} x {rupiah(li.unit_price)} = {rupiah(li.total)}"
        for li in offer.lines
    ]
    tax = [f"Pajak {quantity_text(offer.tax_rate)}%: {rupiah(offer.tax)}"] if offer.tax_rate else []
    text = "\n".join(
        [
            f"Penawaran untuk {request.reference} ({short(request.order.need)}):",
            *lines,
            *tax,
            f"Total: {rupiah(offer.total)}",
            f"Harga ini berlaku sampai {when(offer.valid_until, zone)}.",
            *([offer.note] if offer.note else []),
        ]
    )
    card = {**_about(request, "quote"), "need": short(request.order.need), **quote_view(offer)}
    buttons = (
        Button("Terima penawaran", f"#paid:accept:{request.id}:{offer.number}"),
        Button("Tolak penawaran", f"#paid:decline:{request.id}:{offer.number}"),
        Button("Tanya dulu", f"#paid:ask:{request.id}"),
    )
    return CardMessage(text, card, buttons)


def quote_view(offer: Quote) -> dict[str, Any]:
    """The quote as JSON, as customers may see it."""
    return {
        "number": offer.number,
        "lines": [_line(line) for line in offer.lines],
        "subtotal": offer.subtotal,
        "tax_rate": _plain(offer.tax_rate),
        "tax": offer.tax,
        "total": offer.total,
        "valid_until": _time(offer.valid_until),
        "note": offer.note,
    }


def choose_payment(request: PaidRequest, bill: Invoice, methods: Sequence[str], zone: tzinfo) -> CardMessage:
    """The invoice, and the ways to pay it; without any, staff tell how."""
    how = "Pilih cara membayarnya:" if methods else "Staf kami mengirim cara membayarnya di chat ini."
    text = (
        f"Tagihan {bill.number} untuk {request.reference}: {rupiah(bill.amount)}, "
        f"dibayar paling lambat {when(bill.due_at, zone)}. {how}"
    )
    card = {
        **_about(request, "choose_payment"),
        "invoice": bill.number,
        "amount": bill.amount,
        "due_at": _time(bill.due_at),
        "methods": list(methods),
    }
    buttons = (*(_pay_button(request.id, method) for method in methods), cancel_button(request.id))
    return CardMessage(text, card, buttons)


def payment(request: PaidRequest, tried: Payment, other_methods: Sequence[str], zone: tzinfo) -> CardMessage:
    """How to pay, to the rupiah."""
    instructions = tried.instructions or {}
    accounts, url = list(instructions.get("accounts") or []), instructions.get("url")
    lines = [f"Tagihan {tried.invoice} untuk {request.reference}: bayar tepat {rupiah(tried.amount)}"]
    if tried.unique_code is not None:
        lines[0] += f" (termasuk kode unik {tried.unique_code:03d}, supaya pembayaran Kakak langsung dikenali)"
    lines[0] += f", paling lambat {when(tried.due_at, zone)}."
    lines += [f"- {a['bank']} {a['number']} a.n. {a['holder']}" for a in accounts]
    lines += [f"Halaman pembayaran: {url}"] if url else []
    card = {
        **_about(request, "payment"),
        "invoice": tried.invoice,
        "amount": tried.amount,
        "unique_code": tried.unique_code,
        "due_at": _time(tried.due_at),
        "method": tried.method,
        "accounts": accounts,
        "url": url,
    }
    others = (
        Button(f"Ganti: {METHODS.get(method, method)}", f"#paid:pay:{request.id}:{method}") for method in other_methods
    )
    return CardMessage("\n".join(lines), card, (*others, cancel_button(request.id)))


def receipt(request: PaidRequest, paid: Payment, zone: tzinfo) -> CardMessage:
    """The money is there."""
    at = paid.settled_at or paid.opened_at
    text = (
        f"Pembayaran {rupiah(paid.amount)} untuk tagihan {paid.invoice} ({request.reference}) sudah kami terima "
        f"pada {when(at, zone)}. Terima kasih, Kak. Pekerjaannya segera kami mulai."
    )
    card = {
        **_about(request, "receipt"),
        "invoice": paid.invoice,
        "amount": paid.amount,
        "method": paid.method,
        "paid_at": _time(at),
    }
    return CardMessage(text, card)


def progress(request: PaidRequest, text: str) -> CardMessage:
    """What staff tell of the work."""
    return CardMessage(f"Kabar pekerjaan {request.reference}: {text}", {**_about(request, "progress"), "text": text})


def done(request: PaidRequest, text: str | None) -> CardMessage:
    """The work is done; how was it?"""
    said = f"Pekerjaan {request.reference} ({short(request.order.need)}) sudah selesai. {text or ''}".rstrip()
    buttons = tuple(
        Button(f"{score} dari 5 - {word}", f"#paid-rating:{score}:{request.id}") for score, word in SCORES.items()
    )
    return CardMessage(f"{said} Bagaimana hasilnya, Kak?", {**_about(request, "done"), "text": text}, buttons)


def closed(request: PaidRequest, text: str) -> CardMessage:
    """The end without the work: declined, expired, cancelled or refunded."""
    return CardMessage(text, {**_about(request, "closed"), "state": request.standing.state.value, "text": text})


def status(requests: Sequence[tuple[PaidRequest, int | None]], zone: tzinfo) -> CardMessage:
    """How far the requests are, each with the total of its quote, oldest first."""
    lines, rows = [], []
    for request, total in requests:
        state = STATES[request.standing.state]
        price = f", {rupiah(total)}" if total is not None else ""
        until = f", sampai {when(request.expires_at, zone)}" if request.expires_at else ""
        lines.append(f"- {request.reference} ({short(request.order.need)}): {state}{price}{until}")
        rows.append(
            {
                "id": request.id,
                "reference": request.reference,
                "need": short(request.order.need),
                "state": request.standing.state.value,
                "text": state,
                "total": total,
                "expires_at": _time(request.expires_at) if request.expires_at else None,
            }
        )
    text = "Keadaan permintaan bantuan berbayar Kakak:\n" + "\n".join(lines)
    return CardMessage(text, {"kind": "status", "requests": rows}, (HUMAN,))


def _pay_button(request_id: str, method: str) -> Button:
    return Button(METHODS.get(method, method), f"#paid:pay:{request_id}:{method}")


def _about(request: PaidRequest, kind: str) -> dict[str, Any]:
    return {"kind": kind, "id": request.id, "reference": request.reference}


def _line(line: LineItem) -> dict[str, Any]:
    return {
        "what": line.what,
        "quantity": _plain(line.quantity),
        "unit": line.unit,
        "unit_price": line.unit_price,
        "total": line.total,
    }


def _plain(number: Any) -> str:
    return format(number.normalize(), "f")


def _time(moment: datetime) -> str:
    return moment.astimezone(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
