"""A transaction as Midtrans writes it, in answers and in notifications alike.

Of all that stands there only what `PaymentStatus` holds is taken; numbers of cards and accounts stay unread.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from typing import Any

from bot.services.ports.payments import PaymentState, PaymentStatus

# Midtrans writes the time of western Indonesia, without saying so.
WESTERN_INDONESIA = timezone(timedelta(hours=7))
# "A single ID could be used only once": this follows ours where Midtrans has one already (`MidtransSnap.open`).
ATTEMPT_MARK = "~"

_STATES = {
    "authorize": PaymentState.PENDING,
    "pending": PaymentState.PENDING,
    "capture": PaymentState.SETTLED,
    "settlement": PaymentState.SETTLED,
    "deny": PaymentState.DENIED,
    "failure": PaymentState.DENIED,
    "cancel": PaymentState.CANCELLED,
    "expire": PaymentState.EXPIRED,
    "refund": PaymentState.REFUNDED,
    "partial_refund": PaymentState.REFUNDED,
    "chargeback": PaymentState.REFUNDED,
    "partial_chargeback": PaymentState.REFUNDED,
}
ORDER_ID = re.compile(r"[A-Za-z0-9._-]{1,48}", re.ASCII)
_MIDTRANS_ID = re.compile(rf"({ORDER_ID.pattern})(?:{ATTEMPT_MARK}[2-9])?", re.ASCII)
_AMOUNT = re.compile(r"(0|[1-9][0-9]{0,11})(\.00?)?", re.ASCII)
_WORD = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)


def read_transaction(data: Mapping[str, Any]) -> PaymentStatus:
    """What `data` says, under our own order id. Raises ValueError, which repeats nothing of it, for another shape."""
    if data.get("currency", "IDR") != "IDR":
        raise ValueError("currency")
    return PaymentStatus(
        order_id=_matching(_MIDTRANS_ID, data, "order_id")[1],
        state=_state(data),
        amount=int(_matching(_AMOUNT, data, "gross_amount")[1]),
        transaction_id=_word(data, "transaction_id"),
        payment_type=_word(data, "payment_type"),
        at=_time(data),
    )


def _state(data: Mapping[str, Any]) -> PaymentState:
    told, fraud = data.get("transaction_status"), data.get("fraud_status")
    state = _STATES.get(told) if isinstance(told, str) else None
    if state is None:
        raise ValueError("transaction_status")
    if fraud is not None and fraud not in ("accept", "challenge", "deny"):
        raise ValueError("fraud_status")
    if state is not PaymentState.SETTLED:
        return state
    if fraud == "deny":
        return PaymentState.DENIED
    # A captured card counts once the fraud detection has accepted it; other ways to pay may come without its word.
    if fraud == "challenge" or (fraud is None and told == "capture"):
        return PaymentState.IN_REVIEW
    return state


def _matching(pattern: re.Pattern[str], data: Mapping[str, Any], name: str) -> re.Match[str]:
    value = data.get(name)
    match = pattern.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise ValueError(name)
    return match


def _word(data: Mapping[str, Any], name: str) -> str | None:
    return None if data.get(name) is None else _matching(_WORD, data, name)[0]


def _time(data: Mapping[str, Any]) -> datetime | None:
    for name in ("settlement_time", "transaction_time"):
        if isinstance(value := data.get(name), str):
            try:
                return datetime.strptime(value, "%Y-%m-%d %H:%M:%S").replace(tzinfo=WESTERN_INDONESIA)
            except ValueError:
                raise ValueError(name) from None
    return None
