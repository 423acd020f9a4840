"""The state machine of who speaks: every transition, and nothing else."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import ConversationTakenError, WrongStateError
from bot.helpdesk.conversation import Owner
from bot.helpdesk.ownership import TRANSITIONS, Actor, Cause, Change, Event, Ownership, State, change

RINA, DEWI = "rina", "dewi"
NAMES_AN_AGENT = {Event.ACCEPT, Event.ASSIGN, Event.TAKE_OVER, Event.TRANSFER}


def at(state: State, agent: str | None = None) -> Ownership:
    return Ownership(state, (agent or RINA) if state is State.AGENT else None, version=7)


def by(staff: str, *, lead: bool = False) -> Cause:
    return Cause(Actor.AGENT, staff_id=staff, lead=lead)


def happen(now: Ownership, event: Event, cause: Cause, other: str = DEWI) -> Change:
    return change(now, event, cause, agent_id=other if event in NAMES_AN_AGENT else None)


@pytest.mark.parametrize(("state", "event"), TRANSITIONS, ids=lambda item: item.value)
def test_every_transition_reaches_its_state_and_the_next_version(state: State, event: Event) -> None:
    made = happen(at(state), event, by(RINA))
    assert made.new.state is TRANSITIONS[state, event]
    assert made.new.version == 8
    assert (made.new.agent_id is not None) == (made.new.state is State.AGENT)


@pytest.mark.parametrize(
    ("state", "event"),
    sorted(set(itertools.product(State, Event)) - set(TRANSITIONS)),
    ids=lambda item: item.value,
)
def test_everything_else_is_refused(state: State, event: Event) -> None:
    with pytest.raises((WrongStateError, ConversationTakenError)):
        happen(at(state), event, by(RINA))


@pytest.mark.parametrize("event", [Event.TRANSFER, Event.GIVE_UP, Event.HAND_BACK, Event.CLOSE])
def test_only_its_agent_or_a_lead_may_move_a_conversation_on(event: Event) -> None:
    with pytest.raises(ConversationTakenError) as refused:
        happen(at(State.AGENT), event, by(DEWI))
    assert refused.value.data == {"agent_id": RINA}
    assert happen(at(State.AGENT), event, by("tika", lead=True)).old.agent_id == RINA
    assert happen(at(State.AGENT), event, Cause(Actor.SYSTEM)).old.agent_id == RINA


def test_who_comes_second_is_told_who_has_it() -> None:
    for event in (Event.ACCEPT, Event.TAKE_OVER):
        with pytest.raises(ConversationTakenError) as refused:
            happen(at(State.AGENT), event, by(DEWI))
        assert refused.value.data == {"agent_id": RINA}


def test_a_transfer_goes_to_somebody_else() -> None:
    with pytest.raises(WrongStateError):
        change(at(State.AGENT), Event.TRANSFER, by(RINA), agent_id=RINA)


def test_an_event_names_an_agent_exactly_where_one_speaks_afterwards() -> None:
    with pytest.raises(ValueError, match="needs agent"):
        change(at(State.QUEUE), Event.ACCEPT, by(RINA))
    with pytest.raises(ValueError, match="takes no agent"):
        change(at(State.AGENT), Event.CLOSE, by(RINA), agent_id=RINA)


EVENTS = st.tuples(st.sampled_from(Event), st.sampled_from([RINA, DEWI]), st.sampled_from([RINA, DEWI]))


@given(st.lists(EVENTS, max_size=40))
def test_whatever_happens_exactly_one_side_speaks(events: list[tuple[Event, str, str]]) -> None:
    now = Ownership()
    for event, actor, other in events:
        before = now
        try:
            now = happen(now, event, by(actor), other).new
        except (WrongStateError, ConversationTakenError):
            assert now == before
            continue
        assert now.version == before.version + 1
        assert (now.agent_id is None) == (now.state is not State.AGENT)
        assert now.owner is (Owner.BOT if now.state is State.CLOSED else Owner(now.state.value))
