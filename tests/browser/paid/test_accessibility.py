"""Cards and board for people who cannot see them, or not well, or who use no mouse: in every state they can be in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.board import Board
from tests.browser.browsers import DESKTOP, PHONE
from tests.browser.desk.api import DeskApi
from tests.browser.paid.cards import Cards, file_request
from tests.browser.paid.conftest import MakeBoard, MakeWidget
from tests.browser.paid.setting import ITEMS, LARGE, statement
from tests.browser.paid.staff import StaffSteps

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]

Look = Callable[[str], None]


def looking(page: Page) -> tuple[Look, dict[str, list[str]]]:
    """Examines `page` as it is now, and what was found of each state."""
    found: dict[str, list[str]] = {}

    def look(state: str) -> None:
        if lines := violations(page):
            found[state] = lines

    return look, found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_no_card_has_a_serious_problem(
    tika: DeskApi, new_widget: MakeWidget, viewport: dict[str, int], scheme: str
) -> None:
    widget = new_widget(viewport=viewport, color_scheme=scheme, reduced_motion="reduce")
    cards, staff = Cards(widget), StaffSteps(tika)
    look, found = looking(widget.page)

    request = _cards_until_paid(cards, staff, look)
    staff.receive(request)
    cards.wait_for("receipt")
    look("a receipt")
    staff.act(request, "start")
    cards.wait_for("progress")
    look("progress")
    widget.send("permintaan saya sampai mana?")
    cards.wait_for("status")
    look("how far the requests are")
    staff.act(request, "finish", note="Semua halaman anggota sudah bisa dibuka.")
    cards.wait_for("done")
    expect(widget.find("star")).to_have_count(5)
    look("done")
    widget.find("star").nth(4).check()
    widget.find("rate").click()
    expect(widget.find("rated")).to_have_attribute("data-score", "5")
    look("rated")
    file_request(cards, count=2)
    cards.button("cancel").click()
    cards.wait_for("closed")
    look("called off")
    assert found == {}


def _cards_until_paid(cards: Cards, staff: StaffSteps, look: Look) -> str:
    file_request(cards)
    look("a request that is kept")
    (row,) = staff.requests_of(cards.widget.conversation_id())
    staff.quote(row["id"])
    cards.wait_for("quote")
    look("a quote")
    cards.button("accept").click()
    cards.wait_for("choose_payment")
    look("ways to pay")
    cards.way_to_pay("midtrans").click()
    expect(cards.widget.find("pay-link")).to_be_visible()
    look("a page to pay at")
    cards.way_to_pay("transfer").click()
    cards.wait_for("payment", 2)
    look("a transfer")
    cards.widget.find("copy").first.click()
    return str(row["id"])


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_nothing_of_the_board_has_a_serious_problem(
    tika: DeskApi, new_widget: MakeWidget, board: MakeBoard, viewport: dict[str, int], scheme: str
) -> None:
    cards, staff = Cards(new_widget()), StaffSteps(tika)
    file_request(cards)
    (row,) = staff.requests_of(cards.widget.conversation_id())
    lead = board("tika", viewport=viewport, color_scheme=scheme, reduced_motion="reduce")
    look, found = looking(lead.console.page)

    expect(lead.ticket(row["id"])).to_be_visible()
    look("the board")
    # Administrators have the most pages; also on a phone the last link is not cut off.
    expect(lead.find("nav-account")).to_be_in_viewport(ratio=1)
    lead.find("export").locator("summary").click()
    look("what can be downloaded")
    lead.find("export").locator("summary").click()
    _statement(lead, look)
    lead.open_request(row["id"])
    look("a new request")
    _quoting(lead, look)
    _work(lead, cards, row["id"], staff, look)
    assert found == {}


def _statement(lead: Board, look: Look) -> None:
    lead.find("statement-open").click()
    look("a statement to choose")
    lead.import_statement(statement(1_234, "PB-TIDAKADA"))
    look("what a statement held")
    lead.find("statement-close").click()


def _quoting(lead: Board, look: Look) -> None:
    lead.begin_quote()
    look("a blank quote")
    lead.find("quote-send").click()
    expect(lead.find("quote-error")).to_be_visible()
    look("a quote with mistakes")
    lead.fill_quote(*ITEMS, LARGE)
    lead.find("quote-form").locator("summary").click()
    expect(lead.find("quote-preview")).to_be_visible()
    look("a quote with its preview")
    lead.send_quote()
    lead.expect_state("quoted")
    look("a quote that waits for an answer")


def _work(lead: Board, cards: Cards, request: str, staff: StaffSteps, look: Look) -> None:
    for kind in ("reject", "cancel"):
        lead.look_into(kind, look)
    cards.button("accept").click()
    lead.expect_state("awaiting_payment")
    cards.way_to_pay("transfer").click()
    expect(lead.payments).to_have_count(1)
    lead.look_into("payment", look)
    staff.receive(request)
    lead.expect_state("paid")
    lead.look_into("refund", look)
    lead.find("paid-start").click()
    lead.expect_state("in_progress")
    lead.log_work("Plugin terpasang.", 45, tell=True)
    look("work that is under way")
    lead.look_into("finish", look)
    lead.confirm("finish")
    lead.expect_state("done")
    look("a request that is done")
