"""HTTP with a host of Midtrans: the key, time limits, and answers that are at least JSON."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from bot.errors import PaymentUnavailableError

_MOST_BYTES = 256 * 1024
_FIELD = re.compile(r"\b(?:transaction|item|customer)_details\.[a-z_]+|\bexpiry\.[a-z_]+", re.ASCII)
_ADVICE = {
    401: ": check HELPDESK_MIDTRANS_SERVER_KEY, and whether the addresses are those of the sandbox or of production",
    404: ": check HELPDESK_MIDTRANS_SNAP_URL and HELPDESK_MIDTRANS_API_URL",
}


@dataclass(frozen=True)
class Answer:
    """An answer of Midtrans; its text may repeat what was sent, so it is shown nowhere."""

    status: int
    data: dict[str, Any] = field(repr=False)

    @property
    def messages(self) -> str:
        """All that it complains of, in small letters."""
        told = self.data.get("error_messages")
        return " ".join(one for one in told if isinstance(one, str)).lower() if isinstance(told, list) else ""

    @property
    def fields(self) -> list[str]:
        """The fields that it complains of, such as `transaction_details.order_id`."""
        return _FIELD.findall(self.messages)

    def unusable(self) -> PaymentUnavailableError:
        """Says what an operator can look at, and nothing of what was sent."""
        named = f" and names {', '.join(self.fields[:5])}" if self.fields else ""
        code = str(self.data.get("status_code", ""))
        status = int(code) if self.status == 200 and re.fullmatch("[45][0-9]{2}", code, re.ASCII) else self.status
        return PaymentUnavailableError(f"Midtrans answers with status {status}{named}{_ADVICE.get(status, '')}")


class MidtransApi:
    """One host at `url`; `timeout` in seconds for one try, `server_key` goes with every request."""

    def __init__(
        self, session: Callable[[], aiohttp.ClientSession], url: str, server_key: str, *, timeout: float = 10.0
    ) -> None:
        self.url = url.rstrip("/")
        self._session = session
        self._headers = {
            "Accept": "application/json",
            "Content-Type": "application/json",
            "Authorization": aiohttp.encode_basic_auth(server_key, ""),
        }
        self._timeout = aiohttp.ClientTimeout(total=timeout, connect=min(timeout, 5.0))

    async def get(self, path: str) -> Answer:
        """A question, asked again where it failed at once. Raises PaymentUnavailableError without an answer in JSON."""
        return await self._asked("GET", path, None, tries=2)

    async def post(self, path: str, body: dict[str, Any]) -> Answer:
        """Sent once, since it may have been done although it failed. Raises PaymentUnavailableError as `get`."""
        return await self._asked("POST", path, body, tries=1)

    async def _asked(self, method: str, path: str, body: dict[str, Any] | None, *, tries: int) -> Answer:
        try:
            status, content = await self._exchange(method, path, body)
        except (aiohttp.ClientError, asyncio.TimeoutError, OSError) as error:
            # After a timeout there is no time left: Midtrans itself waits 15 seconds for our answer to a notification.
            if tries > 1 and not isinstance(error, asyncio.TimeoutError):
                return await self._asked(method, path, body, tries=tries - 1)
            # Without the cause: its text may hold the address with the order id.
            raise PaymentUnavailableError(f"Midtrans cannot be reached: {type(error).__name__}") from None
        if status >= 500 and tries > 1:
            return await self._asked(method, path, body, tries=tries - 1)
        try:
            data = json.loads(content)
        except (ValueError, RecursionError):
            data = None
        if not isinstance(data, dict):
            raise PaymentUnavailableError(f"Midtrans answers with status {status} and no JSON object")
        return Answer(status, data)

    async def _exchange(self, method: str, path: str, body: dict[str, Any] | None) -> tuple[int, bytes]:
        async with self._session().request(
            method,
            f"{self.url}{path}",
            json=body,
            headers=self._headers,
            timeout=self._timeout,
            # It would take the key, or an order, elsewhere.
            allow_redirects=False,
        ) as response:
            return response.status, await _content(response)


async def _content(response: aiohttp.ClientResponse) -> bytes:
    content = bytearray()
    async for chunk in response.content.iter_chunked(64 * 1024):
        content += chunk
        if len(content) > _MOST_BYTES:
            response.close()
            raise PaymentUnavailableError(f"Midtrans answers with more than {_MOST_BYTES} bytes")
    return bytes(content)
