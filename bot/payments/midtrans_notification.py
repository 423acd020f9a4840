"""Notifications of Midtrans: signed with the server key, though not all of what they say."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import Any

from bot.errors import NotificationRefusedError
from bot.payments.midtrans_transaction import read_transaction
from bot.services.ports.payments import PaymentStatus

# Midtrans' own samples have less than 1,500 bytes.
MAX_BYTES = 16 * 1024


class MidtransNotifications:
    """`bot.services.ports.payments.NotificationReader`.

    The signature covers order, status code and amount, neither the transaction's status nor a time: an old one may
    be sent again. So what is read here is only a reason to ask Midtrans.
    """

    def __init__(self, server_key: str) -> None:
        if not server_key:
            raise ValueError("no server key: anybody could sign")
        self._server_key = server_key

    def read(self, body: bytes) -> PaymentStatus:
        if len(body) > MAX_BYTES:
            raise _refused("size")
        data = _parsed(body)
        signed = [data.get(name) for name in ("order_id", "status_code", "gross_amount")]
        signature = data.get("signature_key")
        if not isinstance(signature, str) or not all(isinstance(part, str) for part in signed):
            raise _refused("shape")
        text = "".join([*map(str, signed), self._server_key])
        # As bytes: the comparison takes no other text than ASCII, and a body may hold lone surrogates.
        expected = hashlib.sha512(text.encode(errors="surrogatepass")).hexdigest().encode()
        if not hmac.compare_digest(expected, signature.encode(errors="surrogatepass")):
            raise _refused("signature")
        try:
            return read_transaction(data)
        except ValueError:
            raise _refused("shape") from None


def _parsed(body: bytes) -> dict[str, Any]:
    try:
        data = json.loads(body.decode())
    except (ValueError, RecursionError):
        raise _refused("shape") from None
    if not isinstance(data, dict):
        raise _refused("shape")
    return data


def _refused(reason: str) -> NotificationRefusedError:
    return NotificationRefusedError(f"a notification was refused: {reason}", reason=reason)
