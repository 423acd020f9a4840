"""What a reply of the bot sets off beside being said: done in the transaction that stores the reply.

They travel from the action server through Rasa as JSON, beside the outcome.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.helpdesk.paid.requests import Order, PaidKind, Urgency


@dataclass(frozen=True)
class FileRequest:
    """The customer has confirmed this order."""

    order: Order


@dataclass(frozen=True)
class TellStanding:
    """The customer asks how far their requests are; the reply itself is for those who have none."""


Effect = FileRequest | TellStanding


def effect_to_json(effect: Effect) -> dict[str, Any]:
    """Plain data; `effect_from_json` gives the same effect again."""
    if isinstance(effect, TellStanding):
        return {"kind": "tell_standing"}
    order = effect.order
    return {
        "kind": "file_request",
        "order": {
            "kind": order.kind.value,
            "need": order.need,
            "target": order.target,
            "urgency": order.urgency.value,
            "email": order.email,
            "phone": order.phone,
            "capacity_gb": order.capacity_gb,
        },
    }


def effect_from_json(data: Mapping[str, Any] | None) -> Effect | None:
    """The effect in `data`, or None without one. Raises KeyError, TypeError or ValueError for another shape."""
    if data is None:
        return None
    if data["kind"] == "tell_standing":
        return TellStanding()
    if data["kind"] != "file_request":
        raise ValueError("no such effect")
    order = data["order"]
    return FileRequest(
        Order(
            kind=PaidKind(order["kind"]),
            need=str(order["need"]),
            target=str(order["target"]),
            urgency=Urgency(order["urgency"]),
            email=order["email"],
            phone=order["phone"],
            capacity_gb=order["capacity_gb"],
        )
    )
