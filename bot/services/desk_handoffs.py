"""What support agents do with conversations: accept, take over, transfer, give back, close."""

from __future__ import annotations

import uuid
from collections.abc import Awaitable, Callable
from datetime import datetime

from bot.errors import AccountError, ChatLimitError, NotFoundError
from bot.helpdesk import handover_texts as texts
from bot.helpdesk.agents import AgentAtWork
from bot.helpdesk.conversation import Button, ChatMessage
from bot.helpdesk.handoff import Handoff
from bot.helpdesk.ownership import Actor, Cause, Event, State
from bot.helpdesk.staff import Permission, Presence, Staff
from bot.services.agents_at_work import agents_at_work
from bot.services.moving import move, possible
from bot.services.notices import tell
from bot.services.ports import Brain, Clock, Notifier, Store, UnitOfWork
from bot.services.queueing import CustomerQueue

Step = Callable[[UnitOfWork, datetime], Awaitable[ChatMessage | None]]
CLOSE_REASONS = ("solved", "no_reply", "spam", "other")


class DeskHandoffs:
    """Changes of who speaks, as support agents and the sweep cause them; `max_chats` is for accounts without own.

    All raise NotFoundError for an unknown conversation, ConversationTakenError where another agent has it, and
    WrongStateError where the state does not allow it.
    """

    def __init__(  # noqa: PLR0913 - every part is a port that tests replace
        self, store: Store, brain: Brain, clock: Clock, notifier: Notifier, queue: CustomerQueue, *, max_chats: int
    ) -> None:
        self._store = store
        self._brain = brain
        self._clock = clock
        self._notifier = notifier
        self._queue = queue
        self._max_chats = max_chats

    async def accept(self, conversation_id: str, staff: Staff) -> None:
        """From the queue; raises ChatLimitError where the agent has enough. Again by the same agent: nothing.

        Whoever accepts is there: an agent who counted as offline is online again.
        """
        await self._give_to(conversation_id, staff.id, Event.ACCEPT, _by(staff))

    async def take_over(self, conversation_id: str, staff: Staff) -> None:
        """From the bot, the queue, or after closing; otherwise as `accept`."""
        await self._give_to(conversation_id, staff.id, Event.TAKE_OVER, _by(staff))

    async def assign(self, conversation_id: str, agent_id: str) -> None:
        """To the agent whose turn it is; otherwise as `accept`."""
        await self._give_to(conversation_id, agent_id, Event.ASSIGN, Cause(Actor.SYSTEM))

    async def transfer(self, conversation_id: str, staff: Staff, *, to: str, note: str | None = None) -> None:
        """To the agent `to`. Raises AccountError (field `to`) for nobody who is there, ChatLimitError."""

        async def step(work: UnitOfWork, now: datetime) -> ChatMessage:
            # First of all: who may not move it is told nothing of other agents.
            await possible(work, conversation_id, Event.TRANSFER, _by(staff), agent_id=to)
            target = await self._with_room(work, to, now)
            if target.presence is Presence.OFFLINE:
                raise AccountError("this agent is offline", field="to")
            await move(work, conversation_id, Event.TRANSFER, _by(staff, note=note), now, agent_id=to)
            return await tell(work, conversation_id, texts.transferred(target.display_name), now)

        await self._run(conversation_id, step)

    async def give_back(self, conversation_id: str, staff: Staff, *, note: str | None = None) -> None:
        """To the front of the queue."""
        await self._give_back(conversation_id, _by(staff, note=note))

    async def give_back_of_absent(self, conversation_id: str, agent_id: str) -> None:
        """The same for an agent who is not there; nothing where somebody else has it by now."""

        async def step(work: UnitOfWork, now: datetime) -> ChatMessage | None:
            current = await work.ownership.get(conversation_id)
            if current is None or current.agent_id != agent_id:
                return None
            return await self._to_the_front(work, conversation_id, Cause(Actor.SYSTEM, reason="offline"), now)

        await self._run(conversation_id, step, entered=True)

    async def hand_back(self, conversation_id: str, staff: Staff, *, note: str | None = None) -> None:
        """To the bot."""

        async def step(work: UnitOfWork, now: datetime) -> ChatMessage:
            await move(work, conversation_id, Event.HAND_BACK, _by(staff, note=note), now)
            await _close_request(work, conversation_id, now, Event.HAND_BACK.value)
            return await tell(work, conversation_id, texts.handed_back(staff.display_name), now)

        await self._run(conversation_id, step)

    async def close(self, conversation_id: str, staff: Staff, *, reason: str, note: str | None = None) -> None:
        """End it for a `reason` of `CLOSE_REASONS`, and ask the customer once how it was."""
        if reason not in CLOSE_REASONS:
            raise ValueError(f"no such reason: {reason!r}")

        async def step(work: UnitOfWork, now: datetime) -> ChatMessage:
            made = await move(work, conversation_id, Event.CLOSE, _by(staff, note=note, reason=reason), now)
            await _close_request(work, conversation_id, now, reason)
            by = made.old.agent_id or staff.id
            ask = reason != "spam" and await work.ratings.ask(conversation_id, now, by)
            buttons: tuple[Button, ...] = texts.RATING_BUTTONS if ask else ()
            return await tell(work, conversation_id, texts.closed(ask=ask), now, buttons)

        await self._run(conversation_id, step)

    async def _give_to(self, conversation_id: str, agent_id: str, event: Event, cause: Cause) -> None:
        came = False

        async def step(work: UnitOfWork, now: datetime) -> ChatMessage | None:
            current = await work.ownership.get(conversation_id)
            if current is not None and current.agent_id == agent_id and event is not Event.ASSIGN:
                return None  # pressed twice, or the answer to the first press was lost
            nonlocal came
            agent = await self._agent(work, agent_id, now)
            await move(work, conversation_id, event, cause, now, agent_id=agent_id)
            came = cause.actor is Actor.AGENT and agent.presence is Presence.OFFLINE
            if came:
                await work.agents.set_presence(agent_id, Presence.ONLINE, now)
            # Last, so that who comes second is told who has it rather than of a limit.
            if agent.chats >= agent.limit(self._max_chats):
                raise ChatLimitError("enough chats", max=agent.limit(self._max_chats))
            if (request := await work.handoffs.open_of(conversation_id)) is not None:
                await work.handoffs.accept(request.id, agent_id, now)
            return await tell(work, conversation_id, texts.joined(agent.display_name), now)

        await self._run(conversation_id, step)
        if came:
            async with self._store.read() as work:
                agents = await agents_at_work(work, self._max_chats)
            await self._notifier.presence_changed(agents)
        await self._brain.pause(conversation_id)

    async def _give_back(self, conversation_id: str, cause: Cause) -> None:
        async def step(work: UnitOfWork, now: datetime) -> ChatMessage:
            return await self._to_the_front(work, conversation_id, cause, now)

        await self._run(conversation_id, step, entered=True)

    async def _to_the_front(self, work: UnitOfWork, conversation_id: str, cause: Cause, now: datetime) -> ChatMessage:
        await move(work, conversation_id, Event.GIVE_UP, cause, now)
        request = await work.handoffs.open_of(conversation_id)
        if request is None:  # taken over from the bot, so nobody had asked for a person
            conversation = await work.conversations.get(conversation_id)
            request = Handoff(
                id=str(uuid.uuid4()),
                conversation_id=conversation_id,
                reason="given_back",
                requested_seq=conversation.customer_seq if conversation else 0,
                created_at=now,
                place=1,
            )
            await work.handoffs.add(request)
        await work.handoffs.give_back(request.id, self._queue.next_notice())
        return await tell(work, conversation_id, texts.given_back(), now)

    async def _agent(self, work: UnitOfWork, agent_id: str, now: datetime) -> AgentAtWork:
        await work.agents.lock(agent_id, assigned_at=now)
        agent = await work.agents.get(agent_id)
        if agent is None:
            raise AccountError("no such agent", field="to")
        return agent

    async def _with_room(self, work: UnitOfWork, agent_id: str, now: datetime) -> AgentAtWork:
        agent = await self._agent(work, agent_id, now)
        if not agent.has_room(self._max_chats):
            raise ChatLimitError("enough chats", max=agent.limit(self._max_chats))
        return agent

    async def _run(self, conversation_id: str, step: Step, *, entered: bool = False) -> None:
        """One step in its transaction; afterwards everybody who is concerned is told."""
        async with self._store.begin() as work:
            notice = await step(work, self._clock.now())
            if notice is None:
                return
            conversation = await work.conversations.get(conversation_id)
            if conversation is None:
                raise NotFoundError("no such conversation")
            standing = await self._queue.standing(work, conversation)
            await work.commit()
        await self._notifier.message_stored(notice)
        await self._notifier.owner_changed(conversation_id, standing)
        await self._notifier.conversation_changed(conversation_id)
        if entered:
            await self._notifier.queue_entered(conversation_id)
        await self._queue.publish()


def _by(staff: Staff, *, note: str | None = None, reason: str | None = None) -> Cause:
    return Cause(Actor.AGENT, staff.id, reason=reason, note=note, lead=staff.may(Permission.LEAD))


async def _close_request(work: UnitOfWork, conversation_id: str, now: datetime, reason: str) -> None:
    if (request := await work.handoffs.open_of(conversation_id)) is not None:
        await work.handoffs.close(request.id, now, reason)


async def leave_queue(work: UnitOfWork, conversation_id: str, now: datetime) -> bool:
    """The customer goes back to the bot; False where they do not wait any more."""
    current = await work.ownership.get(conversation_id)
    if current is None or current.state is not State.QUEUE:
        return False
    await move(work, conversation_id, Event.LEAVE_QUEUE, Cause(Actor.CUSTOMER), now)
    await _close_request(work, conversation_id, now, Event.LEAVE_QUEUE.value)
    return True
