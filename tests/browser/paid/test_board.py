"""The board on the real stack: quotes that an administrator has to agree to, and transfers found in a statement."""

from __future__ import annotations

from urllib.error import HTTPError

import pytest
from playwright.sync_api import expect

from tests.browser.desk.api import DeskApi
from tests.browser.paid.cards import Cards, file_request, quote_sums
from tests.browser.paid.conftest import MakeBoard, MakeWidget
from tests.browser.paid.setting import LARGE, LARGE_TOTAL, TOTAL, rupiah, statement, today
from tests.browser.paid.staff import StaffSteps
from tests.browser.widget import Widget

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]


def test_a_quote_above_the_limit_reaches_the_customer_only_when_an_administrator_agrees(
    tika: DeskApi, widget: Widget, board: MakeBoard
) -> None:
    cards, staff = Cards(widget), StaffSteps(tika)
    file_request(cards)
    (row,) = staff.requests_of(widget.conversation_id())
    rina = board("rina")
    rina.open_request(row["id"])
    rina.begin_quote(LARGE)
    rina.expect_sums("Rp2.400.000", "Rp264.000", rupiah(LARGE_TOTAL))
    expect(rina.find("needs-approval")).to_contain_text("Total di atas Rp2.000.000")
    rina.send_quote()
    expect(rina.quotes).to_contain_text("Perlu persetujuan admin")
    rina.expect_state("requested")
    expect(rina.find("paid-approve")).to_have_count(0)

    # The customer asks, and learns nothing of it: no card, no price.
    widget.send("permintaan saya sampai mana?")
    status = cards.wait_for("status").get_by_test_id("status-row")
    expect(status).to_have_attribute("data-state", "requested")
    expect(status).not_to_contain_text("Rp")
    assert cards.kinds() == ["filed", "status"]

    lead = board("tika")
    expect(lead.ticket(row["id"]).get_by_test_id("waits")).to_have_text("Perlu persetujuan")
    lead.open_request(row["id"])
    lead.confirm("approve")
    lead.expect_state("quoted")
    card = cards.wait_for("quote")
    assert quote_sums(card) == ["Subtotal Rp2.400.000", "Pajak 11% Rp264.000", f"Total {rupiah(LARGE_TOTAL)}"]
    rina.expect_state("quoted")
    expect(rina.quotes).to_contain_text("Rina, disetujui Tika")
    (quote,) = staff.detail(row["id"])["quotes"]
    assert (quote["created_by"], quote["approved_by"], quote["total"]) == ("Rina", "Tika", LARGE_TOTAL)
    expect(cards.button("accept")).to_be_enabled()


def test_a_customer_asks_first_and_accepts_while_an_agent_has_the_chat(
    tika: DeskApi, widget: Widget, board: MakeBoard
) -> None:
    cards, staff = Cards(widget), StaffSteps(tika)
    file_request(cards)
    (row,) = staff.requests_of(widget.conversation_id())
    staff.quote(row["id"])
    cards.wait_for("quote")
    cards.button("ask").click()
    expect(widget.of("bot").last).to_contain_text("Silakan tulis pertanyaan Kakak soal penawaran")
    expect(widget.find("owner")).to_have_attribute("data-owner", "queue")

    # The agent answers beside the request.
    rina = board("rina")
    rina.open_request(row["id"])
    rina.find("accept").click()
    rina.console.expect_state("agent")
    widget.send("kalo lisensinya punya saya sendiri bisa kak?")
    expect(rina.console.of("customer").last).to_contain_text("lisensinya")
    rina.console.send("Bisa, Kak. Lisensinya tinggal dimasukkan.")
    expect(widget.of("agent")).to_contain_text("tinggal dimasukkan")
    cards.button("accept").click()
    card = cards.wait_for("choose_payment")
    expect(card.get_by_test_id("card-amount")).to_have_text(rupiah(TOTAL))
    rina.expect_state("awaiting_payment")
    expect(cards.way_to_pay("transfer")).to_be_enabled()
    # The agent still has the chat.
    assert tika.state(widget.conversation_id()) == ("agent", "Rina")


def test_what_is_outside_the_field_is_refused_with_the_reason_and_quoted_no_more(
    tika: DeskApi, widget: Widget, board: MakeBoard
) -> None:
    cards, staff = Cards(widget), StaffSteps(tika)
    file_request(cards)
    (row,) = staff.requests_of(widget.conversation_id())
    rina = board("rina")
    rina.open_request(row["id"])
    rina.confirm("reject", note="Plugin itu milik vendor lain.")
    rina.expect_state("declined")
    closed = cards.wait_for("closed")
    expect(closed).to_contain_text("(Hak 4)")
    expect(closed).to_contain_text("Plugin itu milik vendor lain.")
    expect(cards.button("cancel")).to_have_count(0)
    expect(rina.find("paid-history")).to_contain_text("Di luar bidang kami: Plugin itu milik vendor lain.")

    expect(rina.find("paid-quote")).to_have_count(0)
    with pytest.raises(HTTPError, match="409"):
        staff.quote(row["id"])
    assert staff.detail(row["id"])["quotes"] == []
    assert cards.kinds() == ["filed", "closed"]


def test_a_transfer_is_found_in_the_statement_of_the_bank_and_no_other_is(
    tika: DeskApi, new_widget: MakeWidget, board: MakeBoard
) -> None:
    staff, everybody = StaffSteps(tika), [Cards(new_widget()), Cards(new_widget())]
    requests = [awaiting_transfer(staff, cards) for cards in everybody]
    amounts = [staff.detail(request)["payments"][0]["amount"] for request in requests]
    assert amounts[0] != amounts[1]
    _, paid = everybody
    rina = board("rina")

    csv = statement(amounts[1], staff.detail(requests[1])["reference"])
    rina.import_statement(csv)
    matched = rina.find("statement-matched")
    expect(matched).to_have_count(1)
    expect(matched).to_contain_text(staff.detail(requests[1])["reference"])
    expect(matched).to_contain_text(rupiah(amounts[1]))
    expect(rina.find("statement-unmatched")).to_have_count(1)
    expect(rina.find("statement-unmatched")).to_contain_text("SETORAN TUNAI")
    expect(rina.find("statement-unmatched")).to_contain_text(today())
    expect(rina.find("statement-odd")).to_contain_text(f"31,07 {today()}, baris 4")

    expect(paid.wait_for("receipt").get_by_test_id("card-amount")).to_have_text(rupiah(amounts[1]))
    assert [staff.detail(request)["state"] for request in requests] == ["awaiting_payment", "paid"]
    rina.import_statement(csv)
    expect(rina.find("statement-result")).to_contain_text("1 sudah dikenal")
    expect(matched).to_have_count(0)
    rina.find("statement-close").click()
    expect(rina.column("paid").locator(f'[data-id="{requests[1]}"]')).to_contain_text(rupiah(TOTAL))
    expect(rina.column("payment").locator(f'[data-id="{requests[0]}"]')).to_contain_text(rupiah(TOTAL))
    expect(paid.of("receipt")).to_have_count(1)
    (payment,) = staff.detail(requests[1])["payments"]
    assert (payment["state"], payment["amount"]) == ("settled", amounts[1])


def awaiting_transfer(staff: StaffSteps, cards: Cards) -> str:
    """A request of which only the money is missing; gives its id."""
    file_request(cards)
    (row,) = staff.requests_of(cards.widget.conversation_id())
    staff.quote(row["id"])
    cards.wait_for("quote")
    cards.button("accept").click()
    cards.wait_for("choose_payment")
    cards.way_to_pay("transfer").click()
    cards.wait_for("payment")
    return str(row["id"])
