r"""Who speaks with the customer, as a state machine: the bot, the queue, one support agent, or nobody any more.

```
          request            accept / assign
   bot ------------> queue ------------------> agent --+ transfer
    ^ ^                |  \                    |  |  ^-+
    | |   leave_queue  |   <---- give_up ------+  |
    | +----------------+                          |
    | <---------------- hand_back ----------------+
    |
    +-- take_over --> agent         close: from every state; reopen: closed --> bot
```

Rules only: `bot.store` changes the state by compare-and-set on `Ownership.version`, so that of two who act at the
same moment one finds a newer version and is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from bot.errors import ConversationTakenError, WrongStateError
from bot.helpdesk.conversation import Owner


class State(str, Enum):
    """Where a conversation is. While it is closed the bot owns it: it answers whoever writes again."""

    BOT = "bot"
    QUEUE = "queue"
    AGENT = "agent"
    CLOSED = "closed"


class Event(str, Enum):
    """What moves a conversation from one state to another."""

    REQUEST = "request"
    ACCEPT = "accept"
    ASSIGN = "assign"
    TAKE_OVER = "take_over"
    TRANSFER = "transfer"
    GIVE_UP = "give_up"
    LEAVE_QUEUE = "leave_queue"
    HAND_BACK = "hand_back"
    CLOSE = "close"
    REOPEN = "reopen"


# (state, event) -> next state; what is missing here is refused.
TRANSITIONS: dict[tuple[State, Event], State] = {
    (State.BOT, Event.REQUEST): State.QUEUE,
    # Closed while the bot was still thinking about the customer's last message.
    (State.CLOSED, Event.REQUEST): State.QUEUE,
    (State.QUEUE, Event.ACCEPT): State.AGENT,
    (State.QUEUE, Event.ASSIGN): State.AGENT,
    (State.BOT, Event.TAKE_OVER): State.AGENT,
    (State.QUEUE, Event.TAKE_OVER): State.AGENT,
    (State.CLOSED, Event.TAKE_OVER): State.AGENT,
    (State.AGENT, Event.TRANSFER): State.AGENT,
    (State.AGENT, Event.GIVE_UP): State.QUEUE,
    (State.QUEUE, Event.LEAVE_QUEUE): State.BOT,
    (State.AGENT, Event.HAND_BACK): State.BOT,
    (State.BOT, Event.CLOSE): State.CLOSED,
    (State.QUEUE, Event.CLOSE): State.CLOSED,
    (State.AGENT, Event.CLOSE): State.CLOSED,
    (State.CLOSED, Event.REOPEN): State.BOT,
}
# Only the agent who has the conversation may do these while somebody has it.
_OF_THE_AGENT = frozenset({Event.TRANSFER, Event.GIVE_UP, Event.HAND_BACK, Event.CLOSE})
_NAMES_AN_AGENT = frozenset({Event.ACCEPT, Event.ASSIGN, Event.TAKE_OVER, Event.TRANSFER})


class Actor(str, Enum):
    """Who caused an event; the system is a sweep, such as the one for agents who went offline."""

    CUSTOMER = "customer"
    BOT = "bot"
    AGENT = "agent"
    SYSTEM = "system"


@dataclass(frozen=True)
class Ownership:
    """Who speaks now; `agent_id` exactly while an agent does. `version` rises by one with every change."""

    state: State = State.BOT
    agent_id: str | None = None
    version: int = 0

    @property
    def owner(self) -> Owner:
        """The owner as clients see it: a closed conversation is the bot's."""
        return Owner.BOT if self.state is State.CLOSED else Owner(self.state.value)


@dataclass(frozen=True)
class Cause:
    """Who did it, as which account, and why; `lead` may act on conversations of others."""

    actor: Actor
    staff_id: str | None = None
    reason: str | None = None
    note: str | None = None
    lead: bool = False


@dataclass(frozen=True)
class Change:
    """One change of ownership, as it is kept for good."""

    event: Event
    old: Ownership
    new: Ownership
    cause: Cause


def change(now: Ownership, event: Event, cause: Cause, *, agent_id: str | None = None) -> Change:
    """The change that `event` makes of `now`; `agent_id` is who speaks afterwards, where that is an agent.

    Raises ConversationTakenError where another agent has the conversation, and WrongStateError where the event does
    not fit the state (such as accepting what nobody waits for).
    """
    if (event in _NAMES_AN_AGENT) != (agent_id is not None):
        raise ValueError(f"{event.value} {'needs' if agent_id is None else 'takes no'} agent")
    new_state = TRANSITIONS.get((now.state, event))
    if new_state is None:
        if now.state is State.AGENT and event in _NAMES_AN_AGENT and now.agent_id != agent_id:
            raise ConversationTakenError("another agent has it", agent_id=now.agent_id)
        raise WrongStateError(f"{event.value} in state {now.state.value}", state=now.state.value)
    if (
        now.state is State.AGENT
        and event in _OF_THE_AGENT
        and cause.actor is Actor.AGENT
        and not cause.lead
        and cause.staff_id != now.agent_id
    ):
        raise ConversationTakenError("another agent has it", agent_id=now.agent_id)
    if event is Event.TRANSFER and agent_id == now.agent_id:
        raise WrongStateError("transfer to whoever has it already", state=now.state.value)
    return Change(event, now, Ownership(new_state, agent_id, now.version + 1), cause)
