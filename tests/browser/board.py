"""What staff see of the board of paid support and do with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import FilePayload, Locator, expect

from tests.browser.console import Console


@dataclass(frozen=True)
class Item:
    """A line of a quote as it is typed; where `listed`, the price list fills in all but the quantity."""

    what: str
    quantity: str
    unit: str
    price: str
    listed: bool = False


class Board:
    """The board in the console of one of staff."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.find = console.find
        self.detail = console.find("paid-detail")
        self.quotes = console.find("quote")
        self.payments = console.find("payment")

    def open(self) -> None:
        """The board with its columns."""
        self.console.find("nav-paid").click()
        expect(self.find("board-search")).to_be_visible()

    def ticket(self, request_id: str) -> Locator:
        """A request on the board."""
        return self.console.page.locator(f'[data-testid="paid-row"][data-id="{request_id}"]')

    def column(self, name: str) -> Locator:
        """A column, by its id."""
        return self.console.page.locator(f'[data-testid="column"][data-column="{name}"]')

    def open_request(self, request_id: str) -> None:
        """From the board to one request."""
        self.open()
        self.ticket(request_id).click()
        expect(self.detail).to_have_attribute("data-id", request_id)

    def expect_state(self, state: str) -> None:
        """Waits until the open request is in `state`."""
        expect(self.detail).to_have_attribute("data-state", state)

    def begin_quote(self, *items: Item) -> None:
        """Opens the form and fills in the lines."""
        self.find("paid-quote").click()
        # It puts the focus into its first line once it knows the prices.
        expect(self.find("line-what").first).to_be_focused()
        self.fill_quote(*items)

    def fill_quote(self, *items: Item) -> None:
        """Fills in the lines of a form that is blank."""
        for index, item in enumerate(items):
            if item.listed:
                self.find("price-item").select_option(label=f"{item.what} (Rp{item.price} / {item.unit})")
            elif index:
                self.find("line-add").click()
            expect(self.find("line")).to_have_count(index + 1)
            self._fill(index, item)

    def _fill(self, index: int, item: Item) -> None:
        if item.listed:
            for name, value in (("what", item.what), ("unit", item.unit), ("price", item.price)):
                expect(self.find(f"line-{name}").nth(index)).to_have_value(value)
            self.find("line-quantity").nth(index).fill(item.quantity)
            return
        for name, value in (
            ("what", item.what),
            ("quantity", item.quantity),
            ("unit", item.unit),
            ("price", item.price),
        ):
            self.find(f"line-{name}").nth(index).fill(value)

    def expect_sums(self, subtotal: str, tax: str, total: str) -> None:
        """What the form reckons while it is filled in."""
        for name, amount in (("subtotal", subtotal), ("tax", tax), ("total", total)):
            expect(self.find(f"sum-{name}")).to_have_text(amount)

    def send_quote(self) -> None:
        """Sends it, or has it wait for an administrator."""
        self.find("quote-send").click()
        expect(self.find("quote-form")).to_have_count(0)

    def confirm(self, kind: str, **fields: str) -> None:
        """Does something that a dialog asks about first."""
        self.find(f"paid-{kind}").click()
        expect(self.find("paid-dialog")).to_have_attribute("data-kind", kind)
        for name, value in fields.items():
            self.find(f"paid-{name}").fill(value)
        self.find("paid-submit").click()
        expect(self.find("paid-dialog")).to_have_count(0)

    def look_into(self, kind: str, look: Callable[[str], None]) -> None:
        """Opens a dialog, has it looked at, and does nothing."""
        self.find(f"paid-{kind}").click()
        expect(self.find("paid-dialog")).to_have_attribute("data-kind", kind)
        look(f"the dialog {kind}")
        self.console.page.keyboard.press("Escape")
        expect(self.find("paid-dialog")).to_have_count(0)

    def log_work(self, text: str, minutes: int, *, tell: bool) -> None:
        """Writes down what was done."""
        self.find("work-text").fill(text)
        self.find("work-minutes").fill(str(minutes))
        self.find("work-tell").set_checked(tell)
        self.find("work-save").click()
        expect(self.find("work").first).to_contain_text(text)

    def import_statement(self, csv: str) -> None:
        """Reads a statement of the bank from a file; its dialog stays open."""
        if self.find("statement").count() == 0:
            self.find("statement-open").click()
        file: FilePayload = {"name": "mutasi.csv", "mimeType": "text/csv", "buffer": csv.encode()}
        self.find("statement-file").set_input_files(file)
        self.find("statement-send").click()
        expect(self.find("statement-result")).to_be_visible()

    def history(self) -> list[str]:
        """What has happened to the open request, oldest first."""
        return list(reversed(self.find("paid-history").locator("li > b").all_inner_texts()))
