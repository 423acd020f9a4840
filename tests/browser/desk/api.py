"""The API of the desk, as somebody of staff uses it without a browser."""

from __future__ import annotations

import json
import re
import urllib.request
from collections.abc import Sequence
from http.cookiejar import CookieJar
from typing import Any

from tests.browser.console import PASSWORD
from tests.browser.widget import Shown


class DeskApi:
    """Signed in as `username`."""

    def __init__(self, url: str, username: str) -> None:
        self._url = url
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        self._csrf_token = ""
        opened = self.call("POST", "/session", {"username": username, "password": PASSWORD})
        self._csrf_token = opened["csrf_token"]

    def call(self, method: str, path: str, body: object = None, area: str = "desk") -> Any:
        """The JSON that answers a request to the API of `area`. Raises HTTPError."""
        request = urllib.request.Request(  # noqa: S310
            f"{self._url}/api/{area}/v1{path}",
            data=json.dumps(body).encode() if body is not None else None,
            method=method,
            headers={"Content-Type": "application/json", "Origin": self._url, "X-CSRF-Token": self._csrf_token},
        )
        with self._opener.open(request, timeout=30) as response:
            return json.loads(response.read() or "null")

    def log(self, conversation_id: str) -> list[Shown]:
        """What is stored of a conversation."""
        page = self.call("GET", f"/conversations/{conversation_id}/messages?after=0&limit=1000")
        return [Shown(message["sender"], message["text"], message["seq"]) for message in page["messages"]]

    def state(self, conversation_id: str) -> tuple[str, str | None]:
        """The state of a conversation, and which agent has it."""
        detail = self.call("GET", f"/conversations/{conversation_id}")
        return detail["state"], detail["agent"] and detail["agent"]["display_name"]

    def close_all(self) -> None:
        """Nobody waits and nobody is served any more."""
        for state in ("queue", "mine", "others"):
            for row in self.call("GET", f"/conversations?filter={state}&limit=100")["conversations"]:
                self.call("POST", f"/conversations/{row['id']}/close", {"reason": "other"})


def lines(log: Sequence[Shown]) -> list[tuple[str, int | None, list[str]]]:
    """The messages without what a screen does to a text: marks of lists and empty lines."""
    return [
        (shown.sender, shown.seq, [re.sub(r"^\s*[-\u2022]\s+", "", line).strip() for line in _filled(shown.text)])
        for shown in log
    ]


def _filled(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]
