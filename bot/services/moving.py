"""Moves a conversation from one speaker to another: the only way to change an owner."""

from __future__ import annotations

from datetime import datetime

from bot.errors import ConversationTakenError, NotFoundError, WrongStateError
from bot.helpdesk.choices import choice_of
from bot.helpdesk.ownership import Cause, Change, Event, State, change
from bot.services.ports import UnitOfWork
from bot.services.saying_afterwards import note_afterwards

# Each try sees a newer state, and nobody is so quick so often.
_TRIES = 20


async def move(  # noqa: PLR0913 - what a change of ownership is made of
    work: UnitOfWork, conversation_id: str, event: Event, cause: Cause, at: datetime, *, agent_id: str | None = None
) -> Change:
    """Change who speaks, by compare-and-set, within the transaction of `work`.

    Raises ConversationTakenError (naming the agent), WrongStateError or NotFoundError, as of the newest state.
    """
    for _ in range(_TRIES):
        made = await possible(work, conversation_id, event, cause, agent_id=agent_id)
        if await work.ownership.apply(conversation_id, made, at):
            if made.old.state is State.AGENT and made.new.state is not State.AGENT:
                await _leave_nothing_of_the_agents(work, conversation_id, at)
            return made
    raise WrongStateError("the conversation changes all the time")


async def possible(
    work: UnitOfWork, conversation_id: str, event: Event, cause: Cause, *, agent_id: str | None = None
) -> Change:
    """The change that `event` would make now; changes nothing. Raises as `move` does."""
    now = await work.ownership.get(conversation_id)
    if now is None:
        raise NotFoundError("no such conversation")
    try:
        return change(now, event, cause, agent_id=agent_id)
    except ConversationTakenError as error:
        name = await work.agents.name_of(str(error.data.get("agent_id")))
        raise ConversationTakenError("another agent has it", **error.data, agent_name=name) from error


async def _leave_nothing_of_the_agents(work: UnitOfWork, conversation_id: str, at: datetime) -> None:
    """What was written to the agent, or left to them, is not answered late by the bot, however far behind it is.

    What customers said of an earlier end meanwhile is kept all the same.
    """
    conversation = await work.conversations.get(conversation_id)
    seq = conversation.answered_seq if conversation else 0
    while (message := await work.messages.next_from_customer(conversation_id, seq)) is not None:
        if (choice := choice_of(message.payload)) is not None and choice.is_afterwards:
            await note_afterwards(work, conversation_id, choice, at)
        seq = message.seq
    await work.conversations.leave_nothing(conversation_id)
