"""One conversation has one agent, and nobody is left behind."""

from __future__ import annotations

import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import Watch
from tests.browser.desk.api import DeskApi
from tests.browser.desk.conftest import MakeConsole, MakeWidget
from tests.browser.desk.story import ASK_FOR_A_PERSON
from tests.browser.widget import Widget

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]

# HELPDESK_AGENT_GRACE is 60 s, and the sweep that sees to it comes every other second.
GRACE_IS_OVER = 120_000


def test_of_two_who_press_at_once_one_gets_it_and_the_other_reads_who(
    lead: DeskApi, widget: Widget, console: MakeConsole, watch: Watch
) -> None:
    watch.may_refuse(409, r"/api/desk/v1/conversations/[^/]+/accept$")
    consoles = {"Rina": console("rina"), "Dewi": console("dewi")}
    widget.ask(ASK_FOR_A_PERSON)
    conversation = widget.conversation_id()
    pressed: list[Route] = []

    def hold(route: Route) -> None:
        pressed.append(route)

    for one in consoles.values():
        one.open("queue", conversation)
        one.page.route("**/accept", hold)
        one.find("accept").click()
    for _ in range(100):
        if len(pressed) == len(consoles):
            break
        widget.page.wait_for_timeout(50)

    # Both presses are on their way before either has arrived.
    for route in pressed:
        route.continue_()

    for one in consoles.values():
        one.expect_state("agent")
    state, winner = lead.state(conversation)
    assert state == "agent"
    assert winner in consoles
    loser = next(name for name in consoles if name != winner)
    expect(consoles[winner].find("state")).to_have_text("Milik Anda")
    expect(consoles[winner].find("toast")).to_have_count(0)
    expect(consoles[loser].find("toast")).to_contain_text(winner)
    expect(consoles[loser].find("barred")).to_contain_text(winner)
    expect(widget.find("owner")).to_contain_text(winner)
    announced = [shown.text for shown in widget.log() if shown.sender == "system" and loser in shown.text]
    assert announced == []


def test_the_chat_of_an_agent_whose_browser_is_gone_returns_to_the_front_of_the_queue(
    lead: DeskApi, widget: Widget, console: MakeConsole, new_widget: MakeWidget
) -> None:
    rina = console("rina")
    widget.ask(ASK_FOR_A_PERSON)
    conversation = widget.conversation_id()
    rina.open("queue", conversation)
    rina.find("accept").click()
    rina.expect_state("agent")
    later = new_widget()
    later.ask(ASK_FOR_A_PERSON)
    expect(later.find("owner")).to_contain_text("antrean ke-1")

    rina.page.context.close()

    expect(widget.find("owner")).to_have_attribute("data-owner", "queue", timeout=GRACE_IS_OVER)
    assert lead.state(conversation) == ("queue", None)
    expect(widget.find("owner")).to_contain_text("antrean ke-1")
    expect(later.find("owner")).to_contain_text("antrean ke-2")
    expect(widget.of("system").last).to_contain_text("paling depan")
    # Another agent finds it there, with all that was written.
    dewi = console("dewi")
    dewi.find("tab-queue").click()
    expect(dewi.find("row").first).to_have_attribute("data-id", conversation)
    dewi.open("queue", conversation)
    dewi.find("accept").click()
    dewi.send("Saya Dewi, melanjutkan ya Kak.")
    expect(widget.of("agent").get_by_test_id("message-text")).to_have_text(["Saya Dewi, melanjutkan ya Kak."])


def test_a_reload_of_the_console_changes_nothing(lead: DeskApi, widget: Widget, console: MakeConsole) -> None:
    rina = console("rina")
    widget.ask(ASK_FOR_A_PERSON)
    conversation = widget.conversation_id()
    rina.open("queue", conversation)
    rina.find("accept").click()
    rina.expect_state("agent")
    rina.send("Saya cek dulu, ya.")
    expect(widget.of("agent")).to_have_count(1)
    rina.find("composer").fill("Belum selesai kut")
    before = lead.log(conversation)

    rina.page.reload()

    rina.expect_state("agent")
    expect(rina.find("conversation")).to_have_attribute("data-id", conversation)
    expect(rina.find("composer")).to_have_value("Belum selesai kut")
    expect(rina.find("presence")).to_have_value("online")
    expect(rina.find("count-mine")).to_have_text("1")
    expect(widget.find("owner")).to_contain_text("Rina")
    assert lead.log(conversation) == before
    assert [(shown.sender, shown.seq) for shown in rina.log()] == [(shown.sender, shown.seq) for shown in before]
    widget.send("baik kak")
    expect(rina.of("customer").last.get_by_test_id("message-text")).to_have_text("baik kak")
