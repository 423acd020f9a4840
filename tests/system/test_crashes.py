"""kill -9 of each process in the middle of twenty conversations: every acknowledged message is answered once."""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.databases import fresh_database
from tests.running import Helpdesk, model_for_tests

pytestmark = [pytest.mark.rasa, pytest.mark.timeout(900)]

CONVERSATIONS = 20
QUESTIONS = (
    "halo kak",
    "perpanjangan bisa dicicil nggak?",
    "tolong betulin printer kantor saya",
    "kenapa domain saya tidak bisa ditransfer, masih ada tunggakan ya",
    "makasih infonya",
)


@pytest.fixture(params=["sqlite", "postgresql"])
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    async with fresh_database(request.param, tmp_path) as url:
        yield url


@pytest.fixture
def stack(tmp_path: Path, database: str) -> Iterator[Helpdesk]:
    stack = Helpdesk(tmp_path / "home", model_for_tests(), HELPDESK_DATABASE_URL=database)
    stack.start()
    yield stack
    assert stack.stop() == 0


class Talk(threading.Thread):
    """A customer who sends question after question and resends until each is acknowledged."""

    def __init__(self, stack: Helpdesk) -> None:
        super().__init__()
        self._stack = stack
        status, opened = stack.request("POST", "/api/v1/conversations")
        assert status == 201
        self.path = f"/api/v1/conversations/{opened['conversation_id']}/messages"
        self.token = opened["token"]
        self.acknowledged: list[int] = []

    def run(self) -> None:
        for question in QUESTIONS:
            body = {"client_message_id": uuid.uuid4().hex, "text": question}
            for _ in range(300):
                status, answer = self._stack.request("POST", self.path, body, self.token)
                if status in (200, 202):
                    self.acknowledged.append(answer["seq"])
                    break
                time.sleep(0.2)
            time.sleep(0.4)

    def log(self) -> list[dict[str, object]]:
        status, page = self._stack.request("GET", f"{self.path}?after=0", token=self.token)
        return page["messages"] if status == 200 else []

    def answered(self) -> list[object]:
        return [m["reply_to"] for m in self.log() if m["sender"] == "bot"]


def test_every_acknowledged_message_is_answered_exactly_once_in_order(stack: Helpdesk) -> None:
    talks = [Talk(stack) for _ in range(CONVERSATIONS)]
    for talk in talks:
        talk.start()
    for part in ("rasa", "web", "actions", "web"):
        time.sleep(1.5)
        stack.kill(part)
    for talk in talks:
        talk.join(120)
    end = time.monotonic() + 120
    waiting = list(talks)
    while waiting and time.monotonic() < end:
        waiting = [talk for talk in waiting if len(talk.answered()) < len(QUESTIONS)]
        time.sleep(0.5)
    for talk in talks:
        assert len(talk.acknowledged) == len(QUESTIONS), "every message found its way in"
        log = talk.log()
        assert [m["seq"] for m in log] == list(range(1, len(log) + 1)), "no gaps"
        customers = [m["text"] for m in log if m["sender"] == "customer"]
        assert customers == list(QUESTIONS), "nothing lost, doubled or out of order"
        assert talk.answered() == talk.acknowledged, "each answered exactly once, in order"
        outcomes = [m["outcome"] for m in log if m["sender"] == "bot"]
        assert outcomes == ["smalltalk", "answer", "refuse", "answer", "smalltalk"], "real answers, no apologies"
