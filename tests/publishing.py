"""A helpdesk with a project of its own and several versions of its model, as trainers work with it over HTTP."""

from __future__ import annotations

import asyncio
import json
import shutil
import subprocess
import threading
import time
import urllib.error
import uuid
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.helpdesk.releases.versions import VersionState
from bot.store.unit_of_work import SqlStore
from tests.browser.console import add_account
from tests.browser.desk.api import DeskApi
from tests.running import ROOT, Helpdesk, model_for_tests

_JOB_LIMIT = 120.0


def project_copy(target: Path) -> Path:
    """The company's files in a git work tree of their own."""
    target.mkdir()
    for name in ("config.yml", "domain.yml"):
        shutil.copy2(ROOT / name, target)
    shutil.copytree(ROOT / "data", target / "data")
    author = ["-c", "user.name=Uji", "-c", "user.email=uji@example.com", "-c", "gc.auto=0"]
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "start"]):
        subprocess.run(["git", *author, *arguments], cwd=target, check=True, capture_output=True)  # noqa: S607
    return target


class Workshop:
    """The running helpdesk; version 1 is live from the start. The trainer's name is "tia"."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.project = project_copy(folder / "project")
        self.stack = Helpdesk(folder / "home", model_for_tests(), HELPDESK_PROJECT=str(self.project), **environment)

    def start(self) -> None:
        """Until version 1 is there and the trainer is signed in."""
        self.stack.start()
        add_account(self.stack, "tia", "Tia", "trainer")
        self._api = DeskApi(self.stack.url, "tia")
        wait_for(lambda: self.call("GET", "/training")["live"])

    def call(self, method: str, path: str, body: object = None) -> Any:
        """The JSON of an answer of the console's API, errors as well."""
        try:
            return self._api.call(method, path, body, area="trainer")
        except urllib.error.HTTPError as error:
            return json.loads(error.read())

    def begin(self, path: str) -> Any:
        """Asks for a job."""
        return self.call("POST", path, {"key": uuid.uuid4().hex, "note": "uji", "override": ""})

    def job(self) -> Any:
        """The newest job."""
        return self.call("GET", "/training")["job"]

    def ended(self) -> Any:
        """The newest job once it has ended."""
        wait_for(lambda: self.job()["state"] not in ("waiting", "running"))
        return self.job()

    def publish(self, number: int) -> tuple[Any, float]:
        """The ended job, and how long it took in seconds."""
        started = time.monotonic()
        begun = self.begin(f"/versions/{number}/publish")
        assert "job" in begun, begun
        return self.ended(), time.monotonic() - started

    def groups(self) -> dict[str, int]:
        """The revision of each open group of the inbox."""
        return {group["id"]: group["revision"] for group in self.call("GET", "/inbox")["groups"]}

    def live(self) -> int:
        """The version that is served."""
        number: int = self.call("GET", "/training")["live"]["number"]
        return number

    def add_version(self) -> tuple[int, Path]:
        """Another candidate that was compared and holds all gates: its number, and a copy of the first one's file."""
        return asyncio.run(self._add_version())

    async def _add_version(self) -> tuple[int, Path]:
        store = SqlStore.connect(f"sqlite+aiosqlite:///{self.stack.home / 'helpdesk.db'}")
        try:
            async with store.begin() as work:
                first = await work.versions.get(1)
                assert first is not None
                name = f"{uuid.uuid4().hex}.tar.gz"
                models = self.stack.home / "models" / "versions"
                shutil.copy2(models / first.file, models / name)
                changes: dict[str, Any] = {"published_at": None, "published_by": None, "scores": {"outcome": 1.0}}
                added = await work.versions.add(replace(first, state=VersionState.CANDIDATE, file=name, **changes))
                await work.commit()
        finally:
            await store.close()
        return added.number, models / name


class Writing(threading.Thread):
    """A customer who writes one message after the other until the block ends; then each was answered once."""

    TEXTS = ("bisa bayar pakai QRIS?", "halo kak", "revisi dapat berapa kali?", "makasih ya")

    def __init__(self, stack: Helpdesk) -> None:
        super().__init__(daemon=True)
        self._stack = stack
        self._over = threading.Event()
        status, opened = stack.request("POST", "/api/v1/conversations")
        assert status == 201
        self._path = f"/api/v1/conversations/{opened['conversation_id']}/messages"
        self._token = opened["token"]
        self.sent: list[int] = []
        self.waits: list[float] = []

    def __enter__(self) -> Writing:
        self.start()
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        self._over.set()
        self.join(60)
        if kind is not None:
            return
        wait_for(lambda: len(self._answered()) >= len(self.sent), 60.0)
        assert self.sent
        assert self._answered() == self.sent, "each message is answered once, in order"

    def run(self) -> None:
        while not self._over.is_set():
            started = time.monotonic()
            self.say(self.TEXTS[len(self.sent) % len(self.TEXTS)])
            self.waits.append(time.monotonic() - started)
            self._over.wait(1.0)

    def say(self, text: str) -> str:
        """Writes, resends until it is acknowledged, and waits for the answer, which is given."""
        body = {"client_message_id": uuid.uuid4().hex, "text": text}
        while (answer := self._stack.request("POST", self._path, body, self._token))[0] not in (200, 202):
            time.sleep(0.2)
        seq = answer[1]["seq"]
        self.sent.append(seq)
        while True:
            _, page = self._stack.request("GET", f"{self._path}?after={seq}&wait=20", token=self._token)
            for message in (page or {}).get("messages", ()):
                if message.get("reply_to") == seq:
                    return str(message["text"])

    def _answered(self) -> list[int]:
        _, page = self._stack.request("GET", f"{self._path}?after=0&limit=1000", token=self._token)
        return [m["reply_to"] for m in (page or {}).get("messages", ()) if m["sender"] == "bot" and m["reply_to"]]


def wait_for(holds: Any, limit: float = _JOB_LIMIT) -> None:
    """Until it does."""
    end = time.monotonic() + limit
    while not holds():
        assert time.monotonic() < end, f"not after {limit} s"
        time.sleep(0.1)
