"""Signing out: nobody who has left keeps a customer waiting, and nobody who is still there loses a chat."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.helpdesk.ownership import Actor, State
from bot.helpdesk.sessions import StaffSession
from bot.helpdesk.staff import Presence, Role, Staff
from bot.services.sign_out import SignOut
from bot.services.staff_sessions import StaffSessions
from tests.services.conftest import Desk
from tests.staffing import LIFE, RecordingSessionNotifier, add_staff, open_session


@pytest.fixture(name="ended")
def _ended() -> RecordingSessionNotifier:
    return RecordingSessionNotifier()


@pytest.fixture(name="door")
def _door(desk: Desk, ended: RecordingSessionNotifier) -> SignOut:
    sessions = StaffSessions(desk.store, desk.clock, LIFE)
    return SignOut(desk.store, desk.clock, ended, sessions, desk.presence)


async def signed_in(desk: Desk, staff: Staff) -> StaffSession:
    return (await open_session(desk.store, staff, desk.clock)).session


async def presence_of(desk: Desk, staff: Staff) -> Presence:
    return next(agent.presence for agent in await desk.presence.agents() if agent.id == staff.id)


@pytest.mark.parametrize("everywhere", [False, True])
async def test_whoever_signs_out_is_offline_and_the_chats_go_to_the_front(
    desk: Desk, door: SignOut, ended: RecordingSessionNotifier, everywhere: bool
) -> None:
    rina = await desk.agent("rina")
    session = await signed_in(desk, rina)
    chats = [await desk.queued() for _ in range(2)]
    for chat in chats:
        await desk.handoffs.accept(chat, rina)
    later = await desk.queued()
    before = desk.notifier.presences
    await (door.everywhere(session) if everywhere else door.here(session))
    assert await presence_of(desk, rina) is Presence.OFFLINE
    waiting = await desk.waiting()
    assert (sorted(waiting[:2]), waiting[2:]) == (sorted(chats), [later])
    assert ended.ended == [session.session_id]
    assert desk.notifier.presences == before + 1
    assert sorted(desk.notifier.entered[-2:]) == sorted(chats)
    assert {place.staff_online for _, place in desk.notifier.places[-3:]} == {False}
    async with desk.store.read() as work:
        last = (await work.ownership.history(chats[0]))[-1]
    assert (last.new.state, last.cause.actor, last.cause.reason) == (State.QUEUE, Actor.SYSTEM, "offline")


async def test_whoever_is_signed_in_elsewhere_stays_and_keeps_the_chats(desk: Desk, door: SignOut) -> None:
    rina = await desk.agent("rina")
    here, there = await signed_in(desk, rina), await signed_in(desk, rina)
    chat = await desk.queued()
    await desk.handoffs.accept(chat, rina)
    await door.here(here)
    assert await presence_of(desk, rina) is Presence.ONLINE
    assert (await desk.ownership(chat)).agent_id == rina.id
    await door.here(there)
    assert await presence_of(desk, rina) is Presence.OFFLINE
    assert await desk.waiting() == [chat]


async def test_a_session_that_has_expired_keeps_nobody_online(desk: Desk, door: SignOut) -> None:
    rina = await desk.agent("rina")
    await signed_in(desk, rina)
    desk.clock.pass_time((LIFE.idle - timedelta(seconds=1)).total_seconds())
    newer = await signed_in(desk, rina)
    desk.clock.pass_time(2)
    await door.here(newer)
    assert await presence_of(desk, rina) is Presence.OFFLINE


async def test_of_two_sessions_that_end_at_once_one_is_the_last(desk: Desk, door: SignOut) -> None:
    for number in range(5):
        agent = await desk.agent(f"agen{number}")
        both = [await signed_in(desk, agent) for _ in range(2)]
        await asyncio.gather(*(door.here(session) for session in both))
        assert await presence_of(desk, agent) is Presence.OFFLINE


async def test_who_takes_no_chats_signs_out_without_news(
    desk: Desk, door: SignOut, ended: RecordingSessionNotifier
) -> None:
    trainer = await add_staff(desk.store, "sari", Role.TRAINER)
    session = await signed_in(desk, trainer)
    await door.here(session)
    assert ended.ended == [session.session_id]
    assert desk.notifier.presences == 0
