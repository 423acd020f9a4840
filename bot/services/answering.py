"""The bot's answers, driven from the message log: each customer message once, in order, whatever crashes."""

from __future__ import annotations

import asyncio
import logging
import uuid
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta

from bot.errors import BrainUnavailableError
from bot.helpdesk.choices import choice_of
from bot.helpdesk.conversation import Button, ChatMessage, Conversation, Outcome, Owner, Reply, Sender
from bot.helpdesk.handoff import handoff_reason
from bot.helpdesk.ownership import Actor, Cause, Event
from bot.helpdesk.queue import Standing
from bot.helpdesk.retrying import next_attempt, patience_is_over
from bot.services.choices import CustomerChoices
from bot.services.moving import move
from bot.services.paid.in_chat import PaidSupportInChat
from bot.services.paid.telling import news_of, publish, tell_card
from bot.services.ports import Brain, BrainTurn, Clock, Notifier, Store, UnitOfWork
from bot.services.queueing import CustomerQueue
from bot.services.speaking import Speaking

logger = logging.getLogger(__name__)

BOT_FAILED = "bot_failed"
APOLOGY = Reply(
    text=(
        "Maaf, Kak, sistem jawaban otomatis kami sedang terganggu, jadi pesan ini belum bisa saya jawab. "
        "Pesan Kakak tetap tersimpan. Silakan coba lagi sebentar lagi, atau minta dibantu staf kami."
    ),
    outcome=Outcome.CLARIFY,
    buttons=(Button("Bicara dengan staf", "/minta_manusia"),),
)


class AnswerCustomers:
    """Takes the oldest unanswered message of a conversation to the brain and stores what it says."""

    def __init__(  # noqa: PLR0913 - every part is a port that tests replace
        self,
        store: Store,
        brain: Brain,
        clock: Clock,
        notifier: Notifier,
        queue: CustomerQueue,
        *,
        paid: PaidSupportInChat,
        patience: float,
        lease: float,
    ) -> None:
        self._store = store
        self._queue = queue
        self._paid = paid
        self._speaking = Speaking(CustomerChoices(clock, queue), paid)
        self._brain = brain
        self._clock = clock
        self._notifier = notifier
        self._patience = patience
        self._lease = timedelta(seconds=lease)

    async def answer_all(self, conversation_id: str) -> None:
        """Answer message after message until nothing is due, or another worker has the conversation."""
        while await self.answer_one(conversation_id):
            pass

    async def answer_one(self, conversation_id: str) -> bool:
        """Deal with the oldest unanswered message; False when there was none to take or it must wait."""
        holder = uuid.uuid4().hex
        async with self._store.begin() as work:
            now = self._clock.now()
            if not await work.conversations.claim(conversation_id, holder, now, now + self._lease):
                return False
            conversation = await work.conversations.get(conversation_id)
            if conversation is None:
                return False
            message = await work.messages.next_from_customer(conversation_id, conversation.answered_seq)
            await work.commit()
        if message is None:  # the log and its counters are written together, so this cannot happen
            raise RuntimeError(f"conversation {conversation_id} claims work that the log does not hold")
        async with self._kept_lease(conversation_id, holder):
            turn = await self._turn(conversation, message, holder)
            if turn is None:
                return False
            return await self._store_answer(conversation, message, holder, turn)

    async def _turn(self, conversation: Conversation, message: ChatMessage, holder: str) -> BrainTurn | None:
        """The brain's turn, an apology when patience is over, or None when the message was put off."""
        if not conversation.owner.bot_may_speak or choice_of(message.payload) is not None:
            return BrainTurn(replies=(), intent=None, confidence=None)
        await self._notifier.bot_typing(conversation.id, active=True)
        try:
            return await self._brain.answer(
                conversation_id=conversation.id,
                message_id=f"{conversation.id}:{message.seq}",
                text=message.text,
                payload=message.payload,
            )
        except BrainUnavailableError as error:
            now = self._clock.now()
            if patience_is_over(now, message.created_at, self._patience):
                logger.error("No answer for %s:%s in %s s: %s", conversation.id, message.seq, self._patience, error)
                return BrainTurn(replies=(APOLOGY,), intent=BOT_FAILED, confidence=None)
            logger.warning(
                "Try %s for %s:%s failed: %s", conversation.attempts + 1, conversation.id, message.seq, error
            )
            async with self._store.begin() as work:
                until = next_attempt(now, conversation.attempts + 1)
                await work.conversations.postpone(conversation.id, holder, until)
                await work.commit()
            return None

    async def _store_answer(
        self, conversation: Conversation, message: ChatMessage, holder: str, turn: BrainTurn
    ) -> bool:
        async with self._store.begin() as work:
            was = conversation.answered_seq
            if not await work.conversations.finish(conversation.id, holder, answered=message.seq, was=was):
                logger.warning("Lost the lease of %s: another worker answers", conversation.id)
                return False
            # A support agent may have taken over while the brain was thinking: then nothing is said.
            current = await work.conversations.get(conversation.id)
            owner = current.owner if current else Owner.AGENT
            said = await self._speaking.decide(work, message, turn, owner)
            stored = await self._store_replies(work, message, turn, said.replies)
            stored += [await tell_card(work, conversation.id, card, self._clock.now()) for card in said.cards]
            notice = await self._enter_queue(work, message, turn, said.replies, owner)
            standing = await self._standing(work, conversation.id) if said.moved or notice else None
            news = await news_of(work, said.changed)
            await work.commit()
        await self._publish(message, stored, notice, standing)
        if news:
            await publish(self._notifier, (), news)
            self._paid.opened()
        return True

    async def _standing(self, work: UnitOfWork, conversation_id: str) -> Standing | None:
        current = await work.conversations.get(conversation_id)
        return await self._queue.standing(work, current) if current else None

    async def _publish(
        self,
        message: ChatMessage,
        stored: Sequence[ChatMessage],
        notice: ChatMessage | None,
        standing: Standing | None,
    ) -> None:
        for said in [*stored, *([notice] if notice else [])]:
            await self._notifier.message_stored(said)
        if stored:
            await self._notifier.answered((stored[0].created_at - message.created_at).total_seconds())
        await self._notifier.bot_typing(message.conversation_id, active=False)
        if standing is not None:
            await self._notifier.owner_changed(message.conversation_id, standing)
            await self._queue.publish()
        if notice is not None:
            await self._notifier.queue_entered(message.conversation_id)
        await self._notifier.conversation_changed(message.conversation_id)

    async def _store_replies(
        self, work: UnitOfWork, message: ChatMessage, turn: BrainTurn, replies: Sequence[Reply]
    ) -> list[ChatMessage]:
        stored = []
        for reply in replies:
            answer = ChatMessage(
                conversation_id=message.conversation_id,
                seq=await work.conversations.next_seq(message.conversation_id),
                sender=Sender.BOT,
                text=reply.text,
                created_at=self._clock.now(),
                buttons=reply.buttons,
                outcome=reply.outcome,
                clauses=reply.clauses,
                reply_to=message.seq,
                intent=turn.intent,
                confidence=turn.confidence,
                card=reply.card,
            )
            await work.messages.add(answer)
            stored.append(answer)
        return stored

    async def _enter_queue(
        self, work: UnitOfWork, message: ChatMessage, turn: BrainTurn, replies: Sequence[Reply], owner: Owner
    ) -> ChatMessage | None:
        """Record the request for a person together with the reply that promises one; gives the notice of its place."""
        if owner is not Owner.BOT or not any(reply.outcome is Outcome.HANDOFF for reply in replies):
            return None
        reason = handoff_reason(replies, turn.intent) or BOT_FAILED
        cause = Cause(Actor.BOT, reason=reason)
        await move(work, message.conversation_id, Event.REQUEST, cause, self._clock.now())
        return await self._queue.enter(work, message.conversation_id, reason=reason, seq=message.seq)

    @asynccontextmanager
    async def _kept_lease(self, conversation_id: str, holder: str) -> AsyncIterator[None]:
        """Keeps the lease while the brain thinks; it is short, so that a dead process is replaced soon."""
        keeper = asyncio.create_task(self._extend_lease(conversation_id, holder))
        try:
            yield
        finally:
            keeper.cancel()

    async def _extend_lease(self, conversation_id: str, holder: str) -> None:
        while True:
            await asyncio.sleep(self._lease.total_seconds() / 3)
            async with self._store.begin() as work:
                await work.conversations.extend(conversation_id, holder, self._clock.now() + self._lease)
                await work.commit()
