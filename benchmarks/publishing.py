"""Publishes in a row while customers write: no message lost or doubled, how long each waits, and memory.

    python -m benchmarks publishing [--publishes N]

starts a helpdesk of its own, with copies of the project and of the trained model; the former model goes after each
publish, so that every one of them loads anew.

    python -m benchmarks.publishing URL HOME PASSWORD VERSION VERSION

asks one that runs (`HELPDESK_STANDBY=1 make run`) with the two versions at hand; the password is the account admin's.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp

from bot.helpdesk.figures import percentile
from tests.browser.console import PASSWORD
from tests.publishing import Workshop

PUBLISHES = 10
_CUSTOMERS = 3
_QUIET_SECONDS = 30
_TEXTS = ("bisa bayar pakai QRIS?", "revisi dapat berapa kali?", "halo min", "domain saya kapan aktif?", "makasih ya")


class Load:
    """Customers who write one message after the other, each in a chat of their own."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self._session = session
        self._url = url
        self.waits: list[float] = []
        self.sent = 0
        self.lost = 0
        self.doubled = 0
        self.stopped = asyncio.Event()

    async def customer(self) -> None:
        """Writes until told to stop, then checks the whole chat."""
        async with self._session.post(f"{self._url}/api/v1/conversations") as response:
            opened = await response.json()
        chat = f"{self._url}/api/v1/conversations/{opened['conversation_id']}/messages"
        headers = {"Authorization": f"Bearer {opened['token']}"}
        sent: list[int] = []
        while not self.stopped.is_set():
            body = {"client_message_id": uuid.uuid4().hex, "text": _TEXTS[len(sent) % len(_TEXTS)]}
            started = time.monotonic()
            async with self._session.post(chat, json=body, headers=headers) as response:
                if response.status == 429:
                    await asyncio.sleep(1.0)
                    continue
                seq = (await response.json())["seq"]
            sent.append(seq)
            await self._answer(chat, headers, seq)
            self.waits.append(time.monotonic() - started)
            await asyncio.sleep(1.2)
        async with self._session.get(f"{chat}?after=0&limit=1000", headers=headers) as response:
            log = (await response.json())["messages"]
        answers = [m["reply_to"] for m in log if m["sender"] == "bot" and m["reply_to"]]
        self.sent += len(sent)
        self.lost += sum(answers.count(seq) == 0 for seq in sent)
        self.doubled += sum(answers.count(seq) > 1 for seq in sent)

    async def _answer(self, chat: str, headers: dict[str, str], seq: int) -> None:
        while True:
            async with self._session.get(f"{chat}?after={seq}&wait=20", headers=headers) as response:
                messages = (await response.json())["messages"]
            if any(m.get("reply_to") == seq for m in messages):
                return


class Console:
    """The trainer console's API, signed in."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self._session = session
        self._url = url
        self._headers = {"Origin": url}

    async def sign_in(self, username: str, password: str) -> None:
        """As somebody who may train."""
        body = {"username": username, "password": password}
        answer = await self.request("POST", "/api/desk/v1/session", body)
        self._headers["X-CSRF-Token"] = answer["csrf_token"]

    async def request(self, method: str, path: str, body: object = None) -> Any:
        """The JSON of a successful answer."""
        async with self._session.request(method, self._url + path, json=body, headers=self._headers) as response:
            data = await response.json()
            if response.status >= 400:
                raise RuntimeError(f"{method} {path}: {data}")
            return data

    async def publish(self, number: int) -> float:
        """Seconds from the click to the end of the job."""
        started = time.monotonic()
        path = f"/api/trainer/v1/versions/{number}/publish"
        await self.request("POST", path, {"key": uuid.uuid4().hex, "note": "beban", "override": ""})
        while True:
            job = (await self.request("GET", "/api/trainer/v1/training"))["job"]
            if job["state"] not in ("waiting", "running"):
                break
            await asyncio.sleep(0.1)
        if job["state"] != "done":
            raise RuntimeError(f"not published: {job}")
        return time.monotonic() - started


@dataclass(frozen=True)
class Subject:
    """A helpdesk that runs, who may publish there, and two versions, the first of which is live."""

    url: str
    home: Path
    username: str
    password: str
    versions: tuple[int, int]


def parts(home: Path) -> dict[str, int]:
    """Process ids of the supervisor and each part."""
    run = json.loads((home / "run.json").read_text(encoding="utf-8"))
    return {"supervisor": run["pid"], **{name: part["pid"] for name, part in run["parts"].items() if part["pid"]}}


def memory(home: Path) -> dict[str, int]:
    """Resident memory of the supervisor and each part, in MB; the one Rasa server that answers is called rasa."""
    found = {}
    for name, pid in parts(home).items():
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
        found["rasa" if name.startswith("rasa") else name] = int(status.split("VmRSS:")[1].split()[0]) // 1024
    return found


async def one_server(home: Path) -> None:
    """Waits until the former model's server is gone."""
    while sum(name.startswith("rasa") for name in parts(home)) > 1:  # noqa: ASYNC110 - other processes
        await asyncio.sleep(0.2)


async def measure(subject: Subject, publishes: int) -> None:
    """Prints the figures."""
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(cookie_jar=jar) as session, aiohttp.ClientSession() as customers:
        console, load = Console(session, subject.url), Load(customers, subject.url)
        await console.sign_in(subject.username, subject.password)
        writing = [asyncio.create_task(load.customer()) for _ in range(_CUSTOMERS)]
        await asyncio.sleep(_QUIET_SECONDS)
        before, load.waits = load.waits, []
        memory_before = memory(subject.home)
        seconds = []
        for number in range(publishes):
            seconds.append(await console.publish(subject.versions[(number + 1) % 2]))
            print(f"publish {number + 1} of {publishes}: {seconds[-1]:.1f} s", flush=True)
            await one_server(subject.home)
        during = load.waits
        load.stopped.set()
        await asyncio.gather(*writing)
    await asyncio.sleep(5)
    print_waits(before, during)
    print(f"\n{load.sent} messages: {load.lost} lost, {load.doubled} answered twice or more.")
    ordered = sorted(seconds)
    print(f"A publish took {percentile(ordered, 0.5):.1f} s (p50), at most {ordered[-1]:.1f} s.\n")
    print_memory(memory_before, memory(subject.home), publishes)


def print_waits(before: list[float], during: list[float]) -> None:
    """Seconds from sending to the answer."""
    print("\n| waiting for an answer | messages | p50 | p99 | longest |\n|---|---|---|---|---|")
    for name, waits in (("before", before), ("during the publishes", during)):
        ordered = sorted(waits)
        figures = " | ".join(f"{percentile(ordered, share):.2f} s" for share in (0.5, 0.99, 1.0))
        print(f"| {name} | {len(ordered)} | {figures} |")


def print_memory(before: Mapping[str, int], after: Mapping[str, int], publishes: int) -> None:
    """Megabytes of each part."""
    print(f"| memory | before | after {publishes} publishes | change |\n|---|---|---|---|")
    rows = {name: (before[name], after.get(name, 0)) for name in sorted(before)}
    rows["all"] = sum(before.values()), sum(after.values())
    for name, (was, now) in rows.items():
        print(f"| {name} | {was} MB | {now} MB | {100 * (now - was) / was:+.1f} % |")


def run(publishes: int = PUBLISHES) -> None:
    """Starts a helpdesk and measures it."""
    with tempfile.TemporaryDirectory() as folder:
        workshop = Workshop(Path(folder), HELPDESK_STANDBY="1")
        try:
            workshop.start()
            number, _ = workshop.add_version()
            subject = Subject(workshop.stack.url, workshop.stack.home, "tia", PASSWORD, (1, number))
            asyncio.run(measure(subject, publishes))
        finally:
            workshop.stack.stop()


if __name__ == "__main__":
    one = Subject(sys.argv[1], Path(sys.argv[2]), "admin", sys.argv[3], (int(sys.argv[4]), int(sys.argv[5])))
    asyncio.run(measure(one, PUBLISHES))
