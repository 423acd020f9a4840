"""Extra work through two browsers on the real stack: asked for in slang, quoted, paid both ways, done and rated."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Watch
from tests.browser.desk.api import DeskApi
from tests.browser.paid.cards import facts
from tests.browser.paid.conftest import MakeBoard
from tests.browser.paid.setting import ACCOUNTS, TOTAL, rupiah
from tests.browser.paid.story import Story
from tests.browser.widget import Widget
from tests.payments.midtrans_server import MidtransServer

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]

EVIDENCE = "mutasi BCA 27/11 10.05"
Pay = Callable[[Story, MidtransServer], None]


def by_transfer(story: Story, _: MidtransServer) -> None:
    """To the rupiah; an agent sees it on the account and writes it down."""
    story.cards.way_to_pay("transfer").click()
    card = story.cards.wait_for("payment")
    (payment,) = story.detail()["payments"]
    assert payment["amount"] == TOTAL + payment["unique_code"]
    expect(card.get_by_test_id("card-amount")).to_have_text(rupiah(payment["amount"]))
    expect(card).to_contain_text(f"Sudah termasuk kode unik {payment['unique_code']:03d}")
    for bank, number, holder in ACCOUNTS:
        expect(card).to_contain_text(f"Rekening {bank}")
        expect(card).to_contain_text(number)
        expect(card).to_contain_text(f"a.n. {holder}")
    values = card.get_by_test_id("copy").evaluate_all("buttons => buttons.map(button => button.dataset.value)")
    assert values == [str(payment["amount"]), *(number for _, number, _ in ACCOUNTS)]
    expect(story.board.payments).to_contain_text(rupiah(payment["amount"]))
    _refuse_another_amount(story, payment["amount"])
    story.board.confirm("payment", amount=rupiah(payment["amount"]), evidence=EVIDENCE)
    story.expect_receipt(payment["amount"], "Transfer bank")
    expect(story.board.payments).to_contain_text(EVIDENCE)
    assert story.detail()["payments"][0]["evidence"] == EVIDENCE


def _refuse_another_amount(story: Story, awaited: int) -> None:
    """Money that nobody is waiting for is not taken for this."""
    board = story.board
    board.find("paid-payment").click()
    board.find("paid-amount").fill(str(TOTAL - 1))
    board.find("paid-evidence").fill(EVIDENCE)
    board.find("paid-submit").click()
    expect(board.find("paid-error")).to_contain_text(f"Yang ditunggu: {rupiah(TOTAL)} atau {rupiah(awaited)}.")
    board.console.page.keyboard.press("Escape")
    expect(board.find("paid-dialog")).to_have_count(0)
    assert story.detail()["state"] == "awaiting_payment"


def by_midtrans(story: Story, midtrans: MidtransServer) -> None:
    """On the page of the payment service, which tells us of it."""
    story.cards.way_to_pay("midtrans").click()
    card = story.cards.wait_for("payment")
    expect(card.get_by_test_id("card-amount")).to_have_text(rupiah(TOTAL))
    assert facts(card) == {"Nomor tagihan": story.detail()["invoice"]}
    with story.widget.page.context.expect_page() as opened:
        card.get_by_test_id("pay-link").click()
    page = opened.value
    expect(page.locator("#total")).to_have_text(f"Rp{TOTAL}")
    midtrans.time = datetime.now(timezone(timedelta(hours=7))).strftime("%Y-%m-%d %H:%M:%S")
    # A card that is refused, which we are told as well, pays nothing and ends nothing.
    page.get_by_role("button", name="Kartu ditolak").click()
    expect(page.get_by_role("status")).to_have_text("Belum dibayar")
    assert story.detail()["state"] == "awaiting_payment"
    expect(card).to_have_attribute("data-open", "true")
    page.get_by_role("button", name="Bayar", exact=True).click()
    expect(page.get_by_role("status")).to_have_text("Pembayaran berhasil")
    page.close()
    story.expect_receipt(TOTAL, "Bayar online")


@pytest.fixture
def story(tika: DeskApi, widget: Widget, board: MakeBoard, midtrans: MidtransServer, watch: Watch) -> Story:
    """A customer and an agent at the start of it; what is refused on purpose is no complaint."""
    watch.may_refuse(404, f"^{midtrans.url}/favicon.ico$")
    watch.may_refuse(400, r"/payments$")
    return Story(tika, widget, board("rina"))


@pytest.mark.parametrize("pay", [by_transfer, by_midtrans])
def test_from_a_request_in_slang_to_the_stars(story: Story, midtrans: MidtransServer, pay: Pay) -> None:
    story.request_it()
    story.quote()
    story.accept()
    story.reload()
    pay(story, midtrans)
    story.work()
    story.rate()
