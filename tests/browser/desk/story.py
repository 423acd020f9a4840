"""A customer and two agents, from the question for a person to the rating."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Locator, expect

from tests.browser.console import Console
from tests.browser.desk.api import DeskApi, lines
from tests.browser.widget import Shown, Widget, expect_whole

ASK_FOR_A_PERSON = "mau ngomong sama orang dong"
# Clear beyond doubt: a question between two clauses is answered with another one when the training data changes.
QUESTION = "kalo bayar hostingnya ditunda bulan depan boleh ga kak?"
# Does something while the network, or the server, is as the test wants it.
Moment = Callable[[Callable[[], None]], None]


def undisturbed(act: Callable[[], None]) -> None:
    """Nothing goes wrong."""
    act()


class Story:
    """Who takes part, and what they have said until now."""

    def __init__(self, lead: DeskApi, widget: Widget, rina: Console, dewi: Console, moment: Moment) -> None:
        self.lead, self.widget, self.rina, self.dewi, self.moment = lead, widget, rina, dewi, moment
        self.said: dict[str, list[str]] = {"customer": [], "agent": []}
        self.conversation = ""

    def play(self) -> None:
        """All of it."""
        self._ask_for_a_person()
        self._accept()
        self._type_on_both_sides()
        self._read_each_other()
        self._write_at_once(self.rina)
        self._transfer()
        self._write_at_once(self.dewi)
        self._hand_back()
        self._close_and_rate()

    def _ask_for_a_person(self) -> None:
        self._customer_asks(ASK_FOR_A_PERSON)
        expect(self.widget.find("owner")).to_have_attribute("data-owner", "queue")
        expect(self.widget.find("owner")).to_contain_text("antrean ke-1")
        self.conversation = self.widget.conversation_id()
        assert self.lead.state(self.conversation) == ("queue", None)

    def _accept(self) -> None:
        self.rina.open("queue", self.conversation)
        self.rina.find("accept").click()
        self.rina.expect_state("agent")
        expect(self.widget.find("owner")).to_contain_text("Rina")
        assert self.lead.state(self.conversation) == ("agent", "Rina")
        self._same_everywhere()

    def _type_on_both_sides(self) -> None:
        ours, theirs = "Halo Kak, saya Rina. Ada yang bisa dibantu?", "domain tokobudi.co.id belum aktif"
        type_until(self.rina.find("composer"), ours, self.widget.find("typing"))
        expect(self.widget.find("typing")).to_contain_text("Rina sedang mengetik")
        type_until(self.widget.input, theirs, self.rina.find("typing"))
        expect(self.rina.find("typing")).to_have_attribute("data-sender", "customer")
        self.moment(lambda: None)
        # What was written is still there, and was not sent by anybody but its writer.
        expect(self.rina.find("composer")).to_have_value(ours)
        expect(self.widget.input).to_have_value(theirs)
        self.rina.find("composer").press("Enter")
        self._said("agent", ours)
        self.widget.input.press("Enter")
        self._said("customer", theirs)
        self._same_everywhere(self.rina)

    def _read_each_other(self) -> None:
        expect(self.rina.of("agent").last).to_have_attribute("data-state", "read")
        expect(self.widget.of("customer").last).to_have_attribute("data-state", "read")
        self.widget.find("close").click()
        self.rina.send("Saya cek dulu, ya.")
        expect(self.rina.of("agent").last).to_have_attribute("data-state", "delivered")
        self.widget.open()
        expect(self.rina.of("agent").last).to_have_attribute("data-state", "read")
        self._said("agent", "Saya cek dulu, ya.")

    def _write_at_once(self, agent: Console) -> None:
        name = "Rina" if agent is self.rina else "Dewi"
        ours = [f"{name}: sudah saya periksa.", f"{name}: tinggal menunggu propagasi <b>DNS</b>."]
        theirs = [f"oke kak {name}", "berapa lama ya?"]

        def write() -> None:
            for one, other in zip(ours, theirs, strict=True):
                agent.send(one)
                self.widget.send(other)

        self.moment(write)
        for one, other in zip(ours, theirs, strict=True):
            self.said["agent"].append(one)
            self.said["customer"].append(other)
        self._same_everywhere(agent)

    def _transfer(self) -> None:
        self.dewi.open("others", self.conversation)
        self.rina.transfer("Dewi", "soal domain, tolong dilanjutkan")
        self.dewi.expect_state("agent")
        expect(self.dewi.find("composer")).to_be_visible()
        expect(self.dewi.find("history")).to_contain_text("soal domain, tolong dilanjutkan")
        expect(self.rina.find("barred")).to_contain_text("Dewi")
        expect(self.widget.find("owner")).to_contain_text("Dewi")
        assert self.lead.state(self.conversation) == ("agent", "Dewi")
        self._same_everywhere(self.rina, self.dewi)

    def _hand_back(self) -> None:
        self.dewi.find("hand-back").click()
        self.dewi.find("action-submit").click()
        expect(self.widget.find("owner")).to_have_attribute("data-owner", "bot")
        answer = self._customer_asks(QUESTION)
        expect(answer.get_by_test_id("clause")).to_have_text(["Hak 13"])
        assert self.lead.state(self.conversation) == ("bot", None)

    def _close_and_rate(self) -> None:
        self._customer_asks(ASK_FOR_A_PERSON)
        self.dewi.open("queue", self.conversation)
        self.dewi.find("accept").click()
        self.dewi.expect_state("agent")
        self.dewi.send("Sudah aktif kembali ya, Kak.")
        self._said("agent", "Sudah aktif kembali ya, Kak.")
        self.dewi.close("solved")
        self.dewi.expect_state("closed")
        expect(self.widget.find("star")).to_have_count(5)
        self.widget.find("star").nth(4).check()
        self.moment(lambda: self.widget.find("rate").click())
        expect(self.widget.find("rated")).to_have_attribute("data-score", "5")
        self._said("customer", "5 dari 5 - Sangat puas")
        expect(self.dewi.find("rating")).to_contain_text("5 dari 5")
        expect(self.widget.of("bot").last).to_contain_text("Terima kasih atas penilaiannya")
        self._same_everywhere(self.rina, self.dewi)
        assert self.lead.state(self.conversation) == ("closed", None)

    def _customer_asks(self, text: str) -> Locator:
        answer = self.widget.ask(text)
        self.said["customer"].append(text)
        return answer

    def _said(self, sender: str, text: str) -> None:
        self.said[sender].append(text)
        shown = self.widget.of(sender).get_by_test_id("message-text")
        expect(shown).to_have_text(self.said[sender])

    def _same_everywhere(self, *consoles: Console) -> None:
        """Everybody has said what they meant to, once and in order, and the server and all screens agree on it."""
        for sender, texts in self.said.items():
            for screen in (self.widget, *consoles):
                shown = screen.of(sender).get_by_test_id("message-text")
                expect(shown).to_have_text(texts)
        stored = self.lead.log(self.conversation)
        expect_whole(stored)
        for sender, texts in self.said.items():
            assert _of(sender, stored) == texts
        for screen in (self.widget, *consoles):
            expect(screen.find("message")).to_have_count(len(stored))
            expect(screen.page.locator('[data-testid="message"]:not([data-seq])')).to_have_count(0)
            assert lines(screen.log()) == lines(stored)


def type_until(field: Locator, text: str, seen: Locator) -> None:
    """Types `text`, anew if need be, until it is seen on the other side that somebody types."""
    for _ in range(5):
        field.fill("")
        field.press_sequentially(text)
        try:
            expect(seen).to_be_visible(timeout=3_000)
        except AssertionError:
            continue
        return
    raise AssertionError("nobody sees that somebody types")


def _of(sender: str, log: list[Shown]) -> list[str]:
    return [shown.text for shown in log if shown.sender == sender]
