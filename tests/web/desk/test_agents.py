"""Support agents over HTTP: who is there, who hears of it, and to whom a chat can be passed on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from bot.helpdesk.staff import Presence, Role
from bot.store.unit_of_work import SqlStore
from tests.staffing import Browser, Client, open_session, signed_in
from tests.web.conftest import Customer, FakeRasa, open_conversation
from tests.web.desk.consoles import Connect
from tests.web.desk.test_conversations import HANDOFF, path

LONG_AGO = datetime.now(timezone.utc) - timedelta(hours=1)


@dataclass
class Team:
    """Rina, who is online, and colleagues."""

    client: Client
    store: SqlStore
    rasa: FakeRasa
    rina: Browser

    async def colleague(self, name: str, *roles: Role, presence: str = "online") -> Browser:
        browser = await signed_in(self.client, self.store, name, *roles)
        if presence != "offline":
            assert (await browser.call("PUT", "/me/presence", {"presence": presence})).status == 200
        return browser

    async def waiting(self) -> Customer:
        """A customer who asked for a person."""
        self.rasa.body = {"intent": "minta_manusia", "confidence": 0.9, "entities": [], "replies": [HANDOFF]}
        customer = await open_conversation(self.client)
        await customer.send("mau bicara dengan staf")
        await customer.answers(1)
        return customer

    async def served(self) -> Customer:
        """A customer whom Rina has accepted."""
        customer = await self.waiting()
        assert (await self.rina.call("POST", path(customer, "/accept"), {})).status == 200
        return customer

    async def limit(self, browser: Browser, chats: int | None) -> None:
        async with self.store.begin() as work:
            await work.staff.set_max_chats(id_of(browser), chats)
            await work.commit()

    async def agents(self) -> dict[str, dict[str, Any]]:
        answer = await self.rina.call("GET", "/agents")
        assert answer.status == 200
        return {agent["display_name"]: agent for agent in answer.body["agents"]}


@pytest.fixture(name="team")
async def _team(desk_client: Client, store: SqlStore, agent: Browser, rasa: tuple[FakeRasa, str]) -> Team:
    assert (await agent.call("PUT", "/me/presence", {"presence": "online"})).body == {"presence": "online"}
    return Team(desk_client, store, rasa[0], agent)


def id_of(browser: Browser) -> str:
    assert browser.staff is not None
    return browser.staff.id


async def test_the_list_names_who_may_serve_by_name_with_chats_and_limits(team: Team) -> None:
    await team.colleague("zainal", presence="away")
    await team.colleague("dewi", Role.ADMIN, presence="offline")
    await team.colleague("sari", Role.TRAINER, presence="offline")
    gone = await team.colleague("budi", presence="offline")
    async with team.store.begin() as work:
        await work.staff.set_disabled(id_of(gone), datetime.now(timezone.utc))
        await work.commit()
    await team.limit(team.rina, 2)
    await team.served()
    shown = [(a["display_name"], a["presence"], a["chats"], a["max_chats"]) for a in (await team.agents()).values()]
    assert shown == [("Dewi", "offline", 0, 5), ("Rina", "online", 1, 2), ("Zainal", "away", 0, 5)]


async def test_a_limit_of_ones_own_holds_and_the_one_of_all_again_without_it(team: Team) -> None:
    await team.limit(team.rina, 1)
    assert (await team.rina.call("GET", "/session")).body["me"]["max_chats"] == 1
    await team.served()
    second = await team.waiting()
    refused = await team.rina.call("POST", path(second, "/accept"), {})
    assert (refused.code, refused.body["error"]["data"]) == ("chat_limit", {"max": 1})
    await team.limit(team.rina, None)
    assert (await team.rina.call("POST", path(second, "/accept"), {})).status == 200
    assert (await team.agents())["Rina"]["chats"] == 2


@pytest.mark.parametrize("presence", ["", "Online", "busy", None, True, 1, ["online"], {"a": 1}])
async def test_only_what_is_a_presence_can_be_set(team: Team, presence: object) -> None:
    answer = await team.rina.call("PUT", "/me/presence", {"presence": presence})
    assert (answer.status, answer.code, answer.body["error"]["data"]) == (400, "invalid_message", {"field": "presence"})
    assert (await team.agents())["Rina"]["presence"] == "online"


async def test_whoever_goes_away_keeps_chats_and_whoever_goes_offline_returns_them(team: Team) -> None:
    served, later = await team.served(), await team.waiting()
    await team.rina.call("PUT", "/me/presence", {"presence": "away"})
    assert (await team.rina.call("GET", path(served))).body["state"] == "agent"
    await team.rina.call("PUT", "/me/presence", {"presence": "offline"})
    rows = (await team.rina.call("GET", "/conversations?filter=queue&sort=waiting")).body["conversations"]
    assert {row["id"]: row["place"] for row in rows} == {served.conversation_id: 1, later.conversation_id: 2}
    assert (await team.agents())["Rina"] | {"id": None} == {
        "id": None,
        "display_name": "Rina",
        "presence": "offline",
        "chats": 0,
        "max_chats": 5,
    }


async def test_a_heartbeat_says_that_somebody_is_there_and_changes_no_presence(team: Team, connect: Connect) -> None:
    socket = await connect(team.rina)
    for presence in ("away", "offline", "online"):
        async with team.store.begin() as work:  # last heard of an hour ago
            await work.agents.set_presence(id_of(team.rina), Presence(presence), LONG_AGO)
            await work.commit()
        assert await socket.call("heartbeat", {}) == {"ok": True, "presence": presence}
        async with team.store.read() as work:
            staff = await work.staff.get(id_of(team.rina))
            assert staff is not None
            assert staff.seen_at is not None
            assert staff.seen_at > LONG_AGO
            assert await work.agents.lapsed(LONG_AGO + timedelta(minutes=59)) == []
        assert (await team.agents())["Rina"]["presence"] == presence


async def test_consoles_hear_who_comes_and_goes(team: Team, connect: Connect) -> None:
    socket = await connect(team.rina)
    dewi = await team.colleague("dewi")
    await socket.until(lambda: bool(socket.of("presence_changed")))
    assert [(a["display_name"], a["presence"]) for a in socket.of("presence_changed")[-1]["agents"]] == [
        ("Dewi", "online"),
        ("Rina", "online"),
    ]
    await dewi.call("DELETE", "/session")
    await socket.until(lambda: socket.of("presence_changed")[-1]["agents"][0]["presence"] == "offline")


async def test_signing_out_returns_the_chats_at_once_unless_signed_in_elsewhere(team: Team, connect: Connect) -> None:
    served = await team.served()
    dewi = await team.colleague("dewi")
    watching = await connect(dewi)
    assert team.rina.staff is not None
    opened = await open_session(team.store, team.rina.staff)
    second = Browser(team.client, opened.token, opened.session.csrf_token, team.rina.staff)
    assert (await second.call("DELETE", "/session")).status == 204
    assert (await dewi.call("GET", path(served))).body["agent"]["display_name"] == "Rina"
    assert (await team.rina.call("DELETE", "/session")).status == 204
    detail = (await dewi.call("GET", path(served))).body
    assert (detail["state"], detail["agent"], detail["place"]) == ("queue", None, 1)
    assert (detail["changes"][-1]["event"], detail["changes"][-1]["reason"]) == ("give_up", "offline")
    await watching.until(lambda: bool(watching.of("queue_new")))
    assert watching.of("queue_new")[-1]["conversation"]["id"] == served.conversation_id
    told = [m["text"] for m in (await served.read())["messages"] if m["sender"] == "system"]
    assert "antrean" in told[-1]


@pytest.mark.parametrize("presence", ["online", "away"])
async def test_a_chat_can_be_passed_on_to_whoever_is_there(team: Team, presence: str) -> None:
    served, dewi = await team.served(), await team.colleague("dewi", presence=presence)
    moved = await team.rina.call("POST", path(served, "/transfer"), {"to": id_of(dewi)})
    assert (moved.status, moved.body["agent"]["display_name"]) == (200, "Dewi")
    again = await team.rina.call("POST", path(served, "/transfer"), {"to": id_of(dewi)})
    assert (again.status, again.code) == (409, "conversation_taken")


async def test_a_chat_can_be_passed_on_to_nobody_else(team: Team) -> None:
    served = await team.served()
    offline = await team.colleague("dewi", presence="offline")
    trainer = await team.colleague("sari", Role.TRAINER, presence="offline")
    full = await team.colleague("tono")
    await team.limit(full, 1)
    assert (await full.call("POST", path(await team.waiting(), "/accept"), {})).status == 200
    disabled = await team.colleague("budi")
    async with team.store.begin() as work:
        await work.staff.set_disabled(id_of(disabled), datetime.now(timezone.utc))
        await work.commit()
    answers = {
        name: await team.rina.call("POST", path(served, "/transfer"), {"to": to})
        for name, to in {
            "offline": id_of(offline),
            "trainer": id_of(trainer),
            "disabled": id_of(disabled),
            "nobody": "tidak-ada",
            "full": id_of(full),
            "oneself": id_of(team.rina),
        }.items()
    }
    assert {name: (answer.status, answer.code) for name, answer in answers.items()} == {
        **dict.fromkeys(["offline", "trainer", "disabled", "nobody"], (400, "account_invalid")),
        "full": (409, "chat_limit"),
        "oneself": (409, "wrong_state"),
    }
    assert answers["offline"].body["error"]["data"]["field"] == "to"
    assert answers["full"].body["error"]["data"] == {"max": 1}
    assert (await team.rina.call("GET", path(served))).body["agent"]["display_name"] == "Rina"


async def test_nobody_passes_on_what_another_agent_has(team: Team) -> None:
    served, dewi = await team.served(), await team.colleague("dewi")
    for to in (id_of(dewi), "tidak-ada"):
        refused = await dewi.call("POST", path(served, "/transfer"), {"to": to})
        assert (refused.status, refused.code) == (409, "conversation_taken")
        assert refused.body["error"]["data"]["agent_name"] == "Rina"
