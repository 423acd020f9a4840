"""A customer in the widget and an agent at the board, from a request in slang to the stars."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, expect

from tests.browser.board import Board
from tests.browser.desk.api import DeskApi
from tests.browser.paid.cards import Cards, facts, quote_lines, quote_sums
from tests.browser.paid.setting import ITEMS, TOTAL, rupiah
from tests.browser.paid.staff import StaffSteps
from tests.browser.widget import Widget

NEED = "min tolong pasangin plugin membership di tokobudi.co.id dong, urgent nih"
QUESTION = "btw bisa bayar pake qris ga?"
NOTE = "Termasuk satu kali uji coba bersama Kakak."
WORK = "Plugin terpasang, tinggal uji coba halaman anggota."
CLOSING = "Semua halaman anggota sudah bisa dibuka."


class Story:
    """Who takes part, and which request it is about."""

    def __init__(self, tika: DeskApi, widget: Widget, board: Board) -> None:
        self.staff, self.widget, self.board = StaffSteps(tika), widget, board
        self.cards = Cards(widget)
        self.request = ""
        self.reference = ""

    def detail(self) -> dict[str, Any]:
        """The request as the server has it."""
        return self.staff.detail(self.request)

    def say(self, text: str, answer: str) -> Locator:
        """Sends a message; waits for a message of the bot with `answer` in it, and that it has stopped typing."""
        before = self.widget.of("bot").count()
        self.widget.send(text)
        expect(self.widget.of("bot").nth(before)).to_be_attached()
        expect(self.widget.find("typing")).to_have_count(0)
        expect(self.widget.of("bot").last).to_contain_text(answer)
        return self.widget.of("bot").last

    def request_it(self) -> None:
        """Slang with the domain in the first sentence, a question in between, one correction, confirmation."""
        self.say(NEED, "Ke mana staf kami bisa menghubungi Kakak?")
        first = self.widget.of("bot").last
        # Hak 5: why this costs money. What was said already is not asked again.
        expect(first).to_contain_text("melebihi lingkup layanan yang dibeli")
        before = self.widget.of("bot").count()
        self.say(QUESTION, "Ke mana staf kami bisa menghubungi Kakak?")
        expect(self.widget.of("bot")).to_have_count(before + 2)
        expect(self.widget.of("bot").nth(before)).not_to_contain_text("Ke mana staf kami")
        self.say("wa gw 0812-3456-7890", "Saya rangkum dulu")
        expect(self.widget.of("bot").last).to_contain_text("tokobudi.co.id")
        self.say("eh salah, domainnya tokobudi.id", "Saya rangkum dulu")
        self._expect_summary(self.widget.of("bot").last)
        assert self._filed() == []
        self.widget.send("iya gas")
        card = self.cards.wait_for("filed")
        (row,) = self._filed()
        self.request, self.reference = row["id"], row["reference"]
        expect(card.get_by_test_id("card-need")).to_have_text(NEED)
        expect(card).to_contain_text(f"{self.reference} · ")
        assert facts(card) == {"Jenis": "Pekerjaan tambahan", "Layanan": "tokobudi.id", "Waktu": "Hari ini"}
        shown = ("state", "kind", "need", "target", "urgency", "email", "phone", "total", "invoice")
        assert [self.detail()[name] for name in shown] == [
            *("requested", "extra", NEED, "tokobudi.id", "today", None, "+6281234567890", None, None)
        ]

    def _expect_summary(self, summary: Locator) -> None:
        lines = summary.get_by_test_id("message-text").locator("li").all_inner_texts()
        assert lines == [
            f"Kebutuhan: {NEED}",
            "Domain atau layanan: tokobudi.id",
            "Waktu: hari ini",
            "Kontak: +62 812-3456-7890",
        ]

    def _filed(self) -> list[dict[str, Any]]:
        return self.staff.requests_of(self.widget.conversation_id())

    def quote(self) -> None:
        """Two lines, one of the price list; the customer sees what the agent sees and what is stored."""
        expect(self.board.column("new").locator(f'[data-id="{self.request}"]')).to_contain_text(NEED)
        self.board.open_request(self.request)
        self.board.expect_state("requested")
        expect(self.board.find("paid-order")).to_contain_text("tokobudi.id")
        expect(self.board.find("paid-contact")).to_contain_text("+6281234567890")
        self.board.begin_quote(*ITEMS)
        self.board.expect_sums("Rp575.000", "Rp63.250", rupiah(TOTAL))
        self.board.find("quote-note").fill(NOTE)
        self.board.send_quote()
        self.board.expect_state("quoted")
        self.expect_quote()

    def expect_quote(self) -> None:
        """The same figures in the chat, in the console and from the server."""
        card = self.cards.wait_for("quote")
        lines = [
            ["Pemasangan plugin", "1,5 jam × Rp150.000", "Rp225.000"],
            ["Lisensi plugin membership, 1 tahun", "1 lisensi × Rp350.000", "Rp350.000"],
        ]
        sums = ["Subtotal Rp575.000", "Pajak 11% Rp63.250", f"Total {rupiah(TOTAL)}"]
        expect(self.board.quotes).to_have_count(1)
        for place in (card, self.board.quotes):
            assert quote_lines(place) == lines
            assert quote_sums(place) == sums
            expect(place).to_contain_text(NOTE)
        (stored,) = self.detail()["quotes"]
        assert [line["total"] for line in stored["lines"]] == [225_000, 350_000]
        assert (stored["subtotal"], stored["tax_rate"], stored["tax"], stored["total"]) == (
            575_000,
            "11",
            63_250,
            TOTAL,
        )

    def accept(self) -> None:
        """Pressed twice, as people do, and once more when it is late; there is one invoice."""
        pressed = str(self.cards.button("accept").get_attribute("data-payload"))
        self.cards.button("accept").dblclick()
        card = self.cards.wait_for("choose_payment")
        self.say(pressed, f"Permintaan {self.reference} sekarang: menunggu pembayaran.")
        expect(self.widget.of("customer").last.get_by_test_id("message-text")).to_have_text("Terima penawaran")
        expect(card.get_by_test_id("card-amount")).to_have_text(rupiah(TOTAL))
        expect(self.cards.of("quote").get_by_test_id("outcome")).to_have_text("Disetujui")
        expect(self.cards.button("accept")).to_have_count(0)
        self.board.expect_state("awaiting_payment")
        detail = self.detail()
        assert [change["event"] for change in detail["changes"]] == ["quote", "accept", "bill"]
        assert facts(card) == {"Nomor tagihan": detail["invoice"]}
        expect(self.board.find("paid-payments")).to_contain_text(detail["invoice"])

    def reload(self) -> None:
        """The customer's page anew: the same cards, and those that live can be pressed."""
        before = self.cards.kinds()
        assert before == ["filed", "quote", "choose_payment"]
        self.widget.page.reload()
        expect(self.cards.of("choose_payment")).to_have_count(1)
        assert self.cards.kinds() == before
        self.expect_quote()
        expect(self.cards.way_to_pay("transfer")).to_be_enabled()
        expect(self.cards.way_to_pay("midtrans")).to_be_enabled()
        expect(self.cards.button("accept")).to_have_count(0)

    def expect_receipt(self, amount: int, method: str) -> None:
        """The money is there, everywhere and once."""
        card = self.cards.wait_for("receipt")
        expect(card.get_by_test_id("card-amount")).to_have_text(rupiah(amount))
        assert facts(card)["Cara bayar"] == method
        expect(self.cards.of("payment").last.get_by_test_id("outcome")).to_have_text("Lunas")
        self.board.expect_state("paid")
        expect(self.board.payments).to_have_attribute("data-state", "settled")
        expect(self.board.payments).to_contain_text(rupiah(amount))
        (payment,) = self.detail()["payments"]
        assert (payment["state"], payment["amount"]) == ("settled", amount)

    def work(self) -> None:
        """Begun, told of, done."""
        self.board.find("paid-start").click()
        self.board.expect_state("in_progress")
        expect(self.cards.wait_for("progress")).to_contain_text("Rina mulai mengerjakannya.")
        self.board.log_work("Cadangan dibuat dulu.", 15, tell=False)
        self.board.log_work(WORK, 75, tell=True)
        expect(self.cards.wait_for("progress", 2)).to_contain_text(WORK)
        expect(self.board.find("paid-work-log").locator("h2")).to_contain_text("1 j 30 mnt")
        self.say("permintaan saya sampai mana?", "sedang dikerjakan")
        status = self.cards.wait_for("status").get_by_test_id("status-row")
        expect(status).to_have_attribute("data-state", "in_progress")
        expect(status).to_contain_text(rupiah(TOTAL))
        self.board.confirm("finish", note=CLOSING)
        self.board.expect_state("done")
        expect(self.cards.wait_for("done")).to_contain_text(CLOSING)
        expect(self.cards.of("progress")).to_have_count(2)
        assert [(work["text"], work["minutes"]) for work in self.detail()["work"]] == [
            ("Cadangan dibuat dulu.", 15),
            (WORK, 75),
        ]

    def rate(self) -> None:
        """Five stars, which the agent sees."""
        self.widget.find("star").nth(4).check()
        self.widget.find("rate").click()
        expect(self.cards.of("done").get_by_test_id("rated")).to_have_attribute("data-score", "5")
        expect(self.widget.of("bot").last).to_contain_text("Terima kasih atas penilaiannya, Kak.")
        expect(self.board.find("paid-score")).to_contain_text("5 dari 5")
        assert self.detail()["score"] == 5
        assert self.board.history() == [
            *("Penawaran dibuat", "Penawaran diterima", "Tagihan dibuat"),
            *("Dibayar", "Pekerjaan dimulai", "Pekerjaan selesai"),
        ]
