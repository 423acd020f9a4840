"""A candidate that listens: each answered message once, differences masked."""

from __future__ import annotations

from dataclasses import replace

from bot.helpdesk.conversation import ChatMessage, Conversation, Outcome, Sender
from bot.helpdesk.releases.versions import Serving, VersionState
from bot.services.releases.shadowing import ListenInShadow
from bot.store.unit_of_work import SqlStore
from tests.services.publishing_at_work import World


async def test_what_a_candidate_understands_otherwise_is_kept_once_and_masked(store: SqlStore) -> None:
    world = await World(store).prepare()
    now = world.clock.now()
    asked = ChatMessage("c", 1, Sender.CUSTOMER, "tulis ke budi@contoh.id ya", now)
    answered = ChatMessage(
        "c",
        2,
        Sender.BOT,
        "Baik.",
        now,
        outcome=Outcome.ANSWER,
        clauses=("H13",),
        reply_to=1,
        intent="lain",
        confidence=0.8,
    )
    same = [replace(asked, seq=3, text="halo"), replace(answered, seq=4, reply_to=3, intent="salam")]
    pressed = [replace(asked, seq=5, payload="/lain"), replace(answered, seq=6, reply_to=5)]
    async with store.begin() as work:
        await work.versions.serve(Serving(1, "rasa-a", shadow_version=2, shadow_since=now))
        await work.conversations.add(Conversation(id="c", created_at=now))
        for message in (asked, answered, *same, *pressed):
            await work.messages.add(message)
        await work.commit()
    listening = ListenInShadow(store, world.slots)
    assert await listening.turn() == 2
    assert await listening.turn() == 0
    # A trainer part that was started again hears them again: they are not listed twice.
    await ListenInShadow(store, world.slots).turn()
    heard = await world.versions.heard(before=None, limit=10)
    assert heard.version is not None
    assert heard.version.state is VersionState.CANDIDATE
    (difference,) = heard.differences
    assert difference.text == "tulis ke [surel] ya"
    assert (difference.live.intent, difference.candidate.intent) == ("lain", "salam")
    assert heard.serving is not None
    assert heard.serving.shadow_different == 1
    await world.versions.listen_no_more()
    await world.keeping.turn()
    assert "rasa-shadow" not in world.slots.loaded
