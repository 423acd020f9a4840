"""A log with answers of the bot, and stand-ins for the model and the training data, for tests of the inbox."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from bot.errors import BrainUnavailableError, HelpdeskError
from bot.helpdesk.clarifying import Candidate
from bot.helpdesk.conversation import ChatMessage, Conversation, Outcome, Sender
from bot.helpdesk.inbox.items import NearSentence, Reviewed
from bot.helpdesk.staff import Staff
from bot.services.ports import Clock
from bot.services.ports.trainer_inbox import Review
from bot.store.unit_of_work import SqlStore

_DIMENSION = 64


def vector_of(text: str) -> bytes:
    """A unit vector by the first word: texts that begin with the same word ask the same, others something else."""
    words = text.split()
    seed = int.from_bytes(hashlib.sha256(words[0].encode()).digest()[:4], "big")
    vector = np.random.default_rng(seed).normal(size=_DIMENSION)
    nudge = np.random.default_rng(len(text)).normal(size=_DIMENSION) * 0.02
    vector = vector / np.linalg.norm(vector) + nudge
    return (vector / np.linalg.norm(vector)).astype("<f4").tobytes()


@dataclass
class FakeReviewer:
    """Knows no topic for sure, unless a text says "jelas"; `healthy` off: there is no model.

    `same`: first words that mean another to it; `sure`: of everything; `meanwhile` is done before an answer.
    """

    healthy: bool = True
    knows_nearest: bool = True
    encoder: str = "uji"
    asked: list[str] = field(default_factory=list)
    same: dict[str, str] = field(default_factory=dict)
    sure: bool = False
    meanwhile: Callable[[], Awaitable[object]] | None = None

    async def review(self, texts: Sequence[str]) -> Review:
        if not self.healthy:
            raise BrainUnavailableError("no model")
        self.asked += texts
        if self.meanwhile is not None:
            meanwhile, self.meanwhile = self.meanwhile, None
            await meanwhile()
        return Review(self.encoder, [self._one(text) for text in texts])

    def _one(self, text: str) -> Reviewed:
        sure = 0.97 if self.sure or "jelas" in text else 0.4
        ranking = (Candidate("cara_bayar", sure), Candidate("tempo_bayar", (1 - sure) / 2))
        nearest = (NearSentence("bayarnya gimana kak", "cara_bayar", 0.86),) if self.knows_nearest else ()
        word, *others = text.split()
        return Reviewed(ranking, vector_of(" ".join([self.same.get(word, word), *others])), nearest)


@dataclass
class FakeAdder:
    """Training data in memory, with the promises of `SentenceAdder`; `fails` is raised once instead of adding."""

    added: dict[str, list[str]] = field(default_factory=dict)
    keys: dict[str, list[int]] = field(default_factory=dict)
    fails: BaseException | None = None
    dies_after: bool = False

    async def __call__(self, author: Staff, intent: str, texts: Sequence[str], reason: str, key: str) -> list[int]:
        if self.fails is not None:
            fails, self.fails = self.fails, None
            raise fails
        if key not in self.keys:
            held = self.added.setdefault(intent, [])
            new = [text for text in texts if text not in held]
            first = sum(map(len, self.added.values())) + 1
            held += new
            self.keys[key] = list(range(first, first + len(new)))
        if self.dies_after:
            self.dies_after = False
            raise ConnectionError("the process died")
        return self.keys[key]


class RefusedError(HelpdeskError):
    """The training data takes nothing."""

    code = "refused"
    status = 409


def write_training_data(root: Path, sentences: dict[str, list[str]]) -> None:
    """A project below `root` with these sentences."""
    folder = root / "data/nlu"
    folder.mkdir(parents=True)
    for intent, texts in sentences.items():
        lines = "".join(f"      - {text}\n" for text in texts)
        (folder / f"{intent}.yml").write_text(
            f'version: "3.1"\nnlu:\n  - intent: {intent}\n    examples: |\n{lines}', encoding="utf-8"
        )


@dataclass
class Chat:
    """One conversation in the log."""

    store: SqlStore
    clock: Clock
    id: str

    @classmethod
    async def begin(cls, store: SqlStore, clock: Clock, name: str) -> Chat:
        """A conversation called `name`, with the bot."""
        async with store.begin() as work:
            await work.conversations.add(Conversation(id=name, created_at=clock.now(), last_at=clock.now()))
            await work.commit()
        return cls(store, clock, name)

    async def say(
        self,
        text: str,
        outcome: Outcome = Outcome.CLARIFY,
        *,
        intent: str = "cara_bayar",
        confidence: float = 0.9,
        payload: str | None = None,
        clauses: tuple[str, ...] = (),
    ) -> int:
        """The customer writes `text`, and the bot answers; gives the number of the customer's message."""
        seq = await self._add(Sender.CUSTOMER, text, payload=payload)
        answer = ChatMessage(
            conversation_id=self.id,
            seq=0,
            sender=Sender.BOT,
            text="jawaban",
            created_at=self.clock.now(),
            outcome=outcome,
            clauses=clauses,
            reply_to=seq,
            intent=intent,
            confidence=confidence,
        )
        await self._store(answer)
        return seq

    async def agent_says(self, text: str, staff: Staff) -> int:
        """A support agent writes."""
        return await self._add(Sender.AGENT, text, staff_id=staff.id)

    async def _add(self, sender: Sender, text: str, *, payload: str | None = None, staff_id: str | None = None) -> int:
        message = ChatMessage(
            conversation_id=self.id,
            seq=0,
            sender=sender,
            text=text,
            created_at=self.clock.now(),
            payload=payload,
            staff_id=staff_id,
        )
        return await self._store(message)

    async def _store(self, message: ChatMessage) -> int:
        async with self.store.begin() as work:
            seq = await work.conversations.next_seq(self.id)
            await work.messages.add(replace(message, seq=seq))
            await work.commit()
        return seq
