"""Moves a conversation from one speaker to another: the only way to change an owner."""

from __future__ import annotations

from datetime import datetime

from bot.errors import ConversationTakenError, NotFoundError, WrongStateError
from bot.helpdesk.ownership import Cause, Change, Event, change
from bot.services.ports import UnitOfWork

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
