"""The console for agents who cannot see it, or not well, or who use no mouse: its pages and what opens over them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.axe import violations
from tests.browser.browsers import DESKTOP, PHONE
from tests.browser.conftest import NewContext
from tests.browser.console import Console
from tests.browser.desk.story import ASK_FOR_A_PERSON, QUESTION
from tests.browser.widget import Widget
from tests.running import Helpdesk

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]

Look = Callable[[str], None]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_nothing_in_the_console_has_a_serious_problem(
    widget: Widget, agents: Helpdesk, new_context: NewContext, viewport: dict[str, int], scheme: str
) -> None:
    widget.ask(QUESTION)
    widget.ask(ASK_FOR_A_PERSON)
    page = new_context(viewport=viewport, color_scheme=scheme, reduced_motion="reduce").new_page()
    lead = Console(page, agents.url)
    found = {}

    def look(state: str) -> None:
        if lines := violations(page):
            found[state] = lines

    page.goto(f"{agents.url}/desk/")
    expect(lead.find("login-submit")).to_be_visible()
    look("signing in")
    lead.arrive("lead")
    _serve(lead, widget, look)
    _dialogs(lead, look)
    lead.close("solved")
    lead.expect_state("closed")
    look("closed")
    _pages(lead, look)
    assert found == {}


def _serve(lead: Console, widget: Widget, look: Look) -> None:
    lead.find("tab-queue").click()
    expect(lead.row(widget.conversation_id())).to_be_visible()
    look("the queue")
    lead.row(widget.conversation_id()).click()
    expect(lead.find("accept")).to_be_visible()
    look("somebody waits")
    lead.find("accept").click()
    lead.expect_state("agent")
    lead.send("Halo Kak, saya Tika.")
    widget.send("domain tokobudi.co.id belum aktif, saya sudah telat bayar hosting")
    expect(lead.of("customer").last).to_contain_text("tokobudi")
    expect(lead.of("agent").last).to_have_attribute("data-state", "read")
    look("a conversation")
    lead.find("note-mode").click()
    look("writing an internal note")
    lead.find("note-input").fill("Sudah dicek, menunggu registrar.")
    lead.find("note-save").click()
    expect(lead.find("note")).to_be_visible()
    look("an internal note")
    lead.find("canned-button").click()
    expect(lead.find("canned-option").first).to_be_visible()
    look("canned replies to choose from")
    lead.find("composer").press("Escape")
    lead.find("composer").fill("")
    if not lead.find("details").is_visible():
        lead.find("details-toggle").click()
    expect(lead.find("details")).to_be_visible()
    look("details")
    lead.find("contact-edit").click()
    expect(lead.find("contact-name-input")).to_be_focused()
    look("details being changed")
    lead.find("contact-name-input").fill("Budi")
    lead.find("contact-save").click()
    expect(lead.find("contact-name")).to_have_text("Salin Nama: Budi")
    if lead.find("back").is_visible():
        lead.find("details-close").click()


def _dialogs(lead: Console, look: Look) -> None:
    for kind in ("transfer", "return", "hand-back", "close"):
        lead.find(kind).click()
        expect(lead.find("dialog")).to_be_visible()
        if kind == "transfer":
            expect(lead.page.locator('[data-testid="agent-option"][data-name="Rina"]')).to_be_visible()
        look(f"the dialog {kind}")
        lead.find("action-cancel").click()
        expect(lead.find("dialog")).to_have_count(0)
    lead.page.keyboard.press("?")
    expect(lead.find("help-sheet")).to_be_visible()
    look("help")
    lead.find("dialog-close").click()
    expect(lead.find("dialog")).to_have_count(0)


def _pages(lead: Console, look: Look) -> None:
    def go(path: str) -> None:
        lead.page.goto(f"{lead.url}/desk/{path}")

    go("cari")
    expect(lead.find("search-input")).to_be_focused()
    look("search")
    lead.find("search-input").fill("tokobudi")
    expect(lead.find("hit").first).to_contain_text("tokobudi")
    look("hits")
    lead.find("search-input").fill("tidak ada kata begini")
    expect(lead.page.get_by_text("Tidak ada hasil")).to_be_visible()
    look("no hits")
    go("laporan")
    expect(lead.find("report")).to_have_attribute("aria-busy", "false")
    expect(lead.page.locator("report-chart canvas")).to_have_count(3)
    look("figures")
    go("balasan")
    expect(lead.find("canned-reply").first).to_be_visible()
    look("canned replies")
    lead.find("canned-new").click()
    expect(lead.find("canned-dialog")).to_be_visible()
    look("a new canned reply")
    go("audit")
    expect(lead.find("audit-entry").first).to_be_visible()
    look("the audit log")
    go("akun")
    expect(lead.find("totp-start")).to_be_visible()
    look("the account")
    lead.find("totp-start").click()
    expect(lead.find("totp-secret")).to_be_visible()
    look("setting up codes")
