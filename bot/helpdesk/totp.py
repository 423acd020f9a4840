"""Codes of an authenticator app (RFC 6238): six digits, a new one every 30 seconds."""

from __future__ import annotations

import hmac
from datetime import datetime

import pyotp

ISSUER = "Masternet Helpdesk"
_STEP = 30
# Clocks of phones differ a little, and typing takes time.
_WINDOW = 1


def matching_step(secret: str, code: object, now: datetime, *, after: int | None = None) -> int | None:
    """The time step whose code `code` is, if it is close to `now` and newer than `after`; else nothing.

    Whoever accepts a code keeps its step as the next `after`, so that no code is good twice.
    """
    if not isinstance(code, str):
        return None
    typed = "".join(code.split())
    if len(typed) != 6 or not (typed.isascii() and typed.isdigit()):
        return None
    current = int(now.timestamp()) // _STEP
    totp = pyotp.TOTP(secret, interval=_STEP)
    for step in range(current - _WINDOW, current + _WINDOW + 1):
        if (after is None or step > after) and hmac.compare_digest(totp.generate_otp(step), typed):
            return step
    return None


def enrolment_uri(secret: str, username: str) -> str:
    """What an authenticator app reads from a QR code (otpauth://)."""
    return pyotp.TOTP(secret, interval=_STEP).provisioning_uri(name=username, issuer_name=ISSUER)
