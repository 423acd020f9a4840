"""What support agents write to customers."""

from __future__ import annotations

from dataclasses import dataclass

from bot.errors import ConversationTakenError, InvalidMessageError, NotFoundError, WrongStateError
from bot.helpdesk.conversation import ChatMessage, Sender
from bot.helpdesk.message_text import checked_client_message_id, checked_text
from bot.helpdesk.ownership import State
from bot.helpdesk.staff import Staff
from bot.services.ports import Clock, Notifier, Store, UnitOfWork

AGENT_MAX_LENGTH = 4000


@dataclass(frozen=True)
class AgentSent:
    """A stored message of an agent; `duplicate` when its client message id was stored before."""

    message: ChatMessage
    duplicate: bool


class DeskMessages:
    """Sending as a support agent."""

    def __init__(self, store: Store, clock: Clock, notifier: Notifier) -> None:
        self._store = store
        self._clock = clock
        self._notifier = notifier

    async def send(self, conversation_id: str, staff: Staff, *, client_message_id: object, text: object) -> AgentSent:
        """Store and show what the agent who has the conversation says; a repeated id changes nothing.

        Raises InvalidMessageError, MessageTooLongError, NotFoundError, ConversationTakenError (another agent has it)
        or WrongStateError (no agent has it); nothing is stored then.
        """
        client_id = checked_client_message_id(client_message_id)
        body = checked_text(text, max_length=AGENT_MAX_LENGTH)
        async with self._store.begin() as work:
            # Taking the number first makes a change of owner wait until this is stored, and the other way round.
            seq = await work.conversations.next_seq(conversation_id)
            earlier = await work.messages.by_client_id(conversation_id, client_id)
            if earlier is not None and earlier.staff_id == staff.id:
                return AgentSent(earlier, duplicate=True)
            if earlier is not None:  # somebody else's message is no answer to this one
                raise InvalidMessageError("client_message_id is taken", field="client_message_id")
            await _must_have(work, conversation_id, staff)
            message = ChatMessage(
                conversation_id=conversation_id,
                seq=seq,
                sender=Sender.AGENT,
                text=body,
                created_at=self._clock.now(),
                client_message_id=client_id,
                staff_id=staff.id,
                sender_name=staff.display_name,
            )
            await work.messages.add(message)
            await work.commit()
        await self._notifier.message_stored(message)
        await self._notifier.conversation_changed(conversation_id)
        return AgentSent(message, duplicate=False)


async def _must_have(work: UnitOfWork, conversation_id: str, staff: Staff) -> None:
    now = await work.ownership.get(conversation_id)
    if now is None:
        raise NotFoundError("no such conversation")
    if now.state is not State.AGENT:
        raise WrongStateError("no agent has it", state=now.state.value)
    if now.agent_id != staff.id:
        name = await work.agents.name_of(str(now.agent_id))
        raise ConversationTakenError("another agent has it", agent_id=now.agent_id, agent_name=name)
