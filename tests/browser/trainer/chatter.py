"""A customer who writes all the time, over the HTTP API, beside what a test does in its browser."""

from __future__ import annotations

import threading
import time
import uuid
from dataclasses import dataclass, field

from tests.running import Helpdesk

# Any of them has its one answer, with every model.
_QUESTIONS = ("bisa bayar pakai qris?", "data saya dihapus kalau berhenti langganan?", "halo kak", "ada diskon server?")
# Below what one conversation may write in a minute.
_PAUSE = 1.2
_LONGEST_WAIT = 25


@dataclass
class Chatter:
    """Writes until `stop`; `waits` are the seconds to each answer."""

    helpdesk: Helpdesk
    waits: list[float] = field(default_factory=list)
    sent: list[int] = field(default_factory=list)
    _stopping: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None
    _conversation: tuple[str, str] = ("", "")

    def start(self) -> None:
        """Opens a conversation and begins."""
        _, opened = self.helpdesk.request("POST", "/api/v1/conversations", {})
        self._conversation = opened["conversation_id"], opened["token"]
        self._thread = threading.Thread(target=self._write, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Ends after the answer that is waited for."""
        self._stopping.set()
        assert self._thread is not None
        self._thread.join(_LONGEST_WAIT + 10)
        assert not self._thread.is_alive()

    def answered(self) -> list[int]:
        """Which of the messages the bot answered, in the order of its answers."""
        conversation, token = self._conversation
        _, page = self.helpdesk.request("GET", f"/api/v1/conversations/{conversation}/messages?after=0", token=token)
        return [message["reply_to"] for message in page["messages"] if message["sender"] == "bot"]

    def _write(self) -> None:
        conversation, token = self._conversation
        while not self._stopping.is_set():
            body = {"client_message_id": uuid.uuid4().hex, "text": _QUESTIONS[len(self.sent) % len(_QUESTIONS)]}
            started = time.monotonic()
            path = f"/api/v1/conversations/{conversation}/messages"
            status, stored = self.helpdesk.request("POST", path, body, token=token)
            assert status == 202, (status, stored)
            seq = stored["seq"]
            self.sent.append(seq)
            while time.monotonic() - started < _LONGEST_WAIT:
                _, page = self.helpdesk.request("GET", f"{path}?after={seq}&wait=5", token=token)
                if page and any(message["reply_to"] == seq for message in page["messages"]):
                    break
            self.waits.append(time.monotonic() - started)
            self._stopping.wait(_PAUSE)
