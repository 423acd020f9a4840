"""Why a message is worth a trainer's look."""

from __future__ import annotations

from enum import Enum


class Reason(str, Enum):
    """As the protocol of the trainer console names them."""

    ASKED_BACK = "asked_back"
    REFUSED = "refused"
    UNSURE = "unsure"
    HANDED_OFF = "handed_off"
    THUMBS_DOWN = "thumbs_down"
    CORRECTED = "corrected"
    SEARCHED = "searched"
    SHADOW = "shadow"
