"""What an agent does in the console besides talking."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewContext, Watch
from tests.browser.console import Console
from tests.browser.desk.api import DeskApi
from tests.browser.desk.conftest import MakeConsole
from tests.browser.desk.story import ASK_FOR_A_PERSON, QUESTION
from tests.browser.widget import Widget
from tests.running import Helpdesk

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]


def test_text_of_customers_is_text_in_the_console(widget: Widget, console: MakeConsole) -> None:
    rina = console("rina")
    hostile = "<img src=x onerror=alert(1)> \u202edomain saya"
    widget.ask(ASK_FOR_A_PERSON)
    conversation = widget.conversation_id()
    rina.open("queue", conversation)
    rina.find("accept").click()
    rina.expect_state("agent")
    rina.find("tab-mine").click()
    widget.send(hostile)
    expect(rina.of("customer").last.get_by_test_id("message-text")).to_contain_text("<img src=x onerror=alert(1)>")
    expect(rina.row(conversation)).to_contain_text("<img src=x onerror=alert(1)>")
    rina.find("nav-search").click()
    rina.find("search-input").fill("onerror")
    expect(rina.find("hit").first).to_contain_text("<img src=x onerror=alert(1)>")
    assert rina.page.locator("img[src=x]").count() == 0


def test_a_wrong_password_is_told_in_words(agents: Helpdesk, new_context: NewContext, watch: Watch) -> None:
    page = Console(new_context().new_page(), agents.url)
    page.sign_in("rina", "bukan kata sandinya")
    expect(page.find("login-error")).to_contain_text("tidak cocok")


def test_the_administrator_reads_who_did_what_and_an_agent_does_not(
    agents: Helpdesk, console: MakeConsole, new_context: NewContext
) -> None:
    wrong = Console(new_context().new_page(), agents.url)
    wrong.sign_in("rina", "bukan kata sandinya")
    expect(wrong.find("login-error")).to_be_visible()
    admin, dewi = console("lead"), console("dewi")
    admin.find("nav-audit").click()
    newest = admin.find("audit-entry")
    failed = newest.and_(admin.page.locator('[data-action="sign_in_failed"]')).first
    expect(failed).to_contain_text("Gagal masuk")
    expect(failed).to_contain_text("rina")
    expect(newest.first).to_contain_text("dewi")
    expect(dewi.find("nav-audit")).to_have_count(0)
    dewi.page.goto(f"{agents.url}/desk/audit")
    expect(dewi.page.get_by_text("hanya untuk admin")).to_be_visible()


def test_alt_and_a_digit_put_a_suggested_clause_into_the_field(widget: Widget, console: MakeConsole) -> None:
    rina = console("rina")
    widget.ask(ASK_FOR_A_PERSON)
    rina.open("queue", widget.conversation_id())
    rina.find("accept").click()
    rina.expect_state("agent")
    widget.send(QUESTION)
    suggestion = rina.find("suggestion").first
    expect(suggestion).to_have_attribute("data-clause", "H13")
    text = suggestion.get_attribute("title") or ""
    assert "Hak 13" in text

    rina.find("composer").press("Alt+1")

    # To be read first: nothing is sent yet.
    expect(rina.find("composer")).to_have_value(text)
    expect(rina.find("composer")).to_be_focused()
    expect(rina.of("agent")).to_have_count(0)
    rina.page.keyboard.press("Enter")
    expect(widget.of("agent")).to_have_count(1)
    assert widget.of("agent").get_by_test_id("message-text").inner_text().split() == text.split()


def test_a_customer_is_served_with_the_keyboard_alone(lead: DeskApi, widget: Widget, console: MakeConsole) -> None:
    rina = console("rina")
    widget.ask(ASK_FOR_A_PERSON)
    conversation = widget.conversation_id()
    press = rina.page.keyboard.press
    # What arriving left the focus on is a field, in which letters are no shortcuts.
    rina.find("presence").blur()

    for key in ("g", "q"):
        press(key)
    expect(rina.find("tab-queue")).to_have_attribute("aria-selected", "true")
    expect(rina.row(conversation)).to_be_visible()
    press("j")
    press("Enter")
    expect(rina.find("conversation")).to_have_attribute("data-id", conversation)
    expect(rina.find("accept")).to_be_enabled()
    press("a")
    rina.expect_state("agent")
    expect(rina.find("composer")).to_be_focused()
    rina.page.keyboard.type("Halo Kak, saya Rina.")
    press("Enter")
    expect(widget.of("agent")).to_have_count(1)
    rina.page.keyboard.type("/masih-ada")
    expect(rina.find("canned-option")).to_have_count(1)
    press("Enter")
    expect(rina.find("composer")).to_have_value("Apakah masih ada yang bisa saya bantu, Kak?")
    press("Enter")
    expect(widget.of("agent").get_by_test_id("message-text")).to_have_text(
        ["Halo Kak, saya Rina.", "Apakah masih ada yang bisa saya bantu, Kak?"]
    )
    press("Escape")
    press("c")
    expect(rina.find("dialog")).to_be_visible()
    expect(rina.find("reason-solved")).to_be_focused()
    press("ArrowDown")
    expect(rina.find("reason-no_reply")).to_be_checked()
    press("Tab")
    expect(rina.find("action-note")).to_be_focused()
    rina.page.keyboard.type("sudah dijawab")
    press("Tab")
    press("Tab")
    expect(rina.find("action-submit")).to_be_focused()
    press("Enter")
    rina.expect_state("closed")
    expect(rina.find("history")).to_contain_text("sudah dijawab")
    assert lead.state(conversation) == ("closed", None)
