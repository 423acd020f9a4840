"""The cards of paid support in the customer's widget."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from tests.browser.widget import Widget

EVERYTHING = "tolong pasangin plugin membership di tokobudi.id dong, minggu ini, budi@tokobudi.id"


class Cards:
    """The cards in `widget`."""

    def __init__(self, widget: Widget) -> None:
        self.widget = widget

    def of(self, kind: str) -> Locator:
        """All cards of a kind, oldest first."""
        return self.widget.page.locator(f'[data-testid="message"][data-card="{kind}"]')

    def kinds(self) -> list[str]:
        """The kinds of all cards, top to bottom."""
        found: list[str] = self.widget.page.locator("[data-card]").evaluate_all(
            "cards => cards.map(card => card.dataset.card)"
        )
        return found

    def wait_for(self, kind: str, count: int = 1) -> Locator:
        """The newest card of a kind, once there are `count`."""
        expect(self.of(kind)).to_have_count(count)
        return self.of(kind).last

    def button(self, action: str) -> Locator:
        """The button that may be pressed now and does `action`, such as `accept` or `pay`."""
        return self.widget.page.locator(f'[data-testid="card-button"][data-payload^="#paid:{action}:"]')

    def way_to_pay(self, method: str) -> Locator:
        """The button that chooses how to pay."""
        return self.widget.page.locator(
            f'[data-testid="card-button"][data-payload^="#paid:pay:"][data-payload$=":{method}"]'
        )


def facts(card: Locator) -> dict[str, str]:
    """Names and values as a card lists them."""
    found: dict[str, str] = card.locator("dl.facts > div").evaluate_all(
        "rows => Object.fromEntries(rows.map(row => [...row.children].map(one => one.textContent.trim())))"
    )
    return found


def quote_lines(place: Locator) -> list[list[str]]:
    """What, how much and the sum of each line of a quote, in a card or in the console."""
    found: list[list[str]] = place.locator("ul.lines > li").evaluate_all(
        "rows => rows.map(row => [...row.children].map(one => one.textContent.trim()))"
    )
    return found


def quote_sums(place: Locator) -> list[str]:
    """Subtotal, tax and total with their names."""
    return [row.replace("\n", " ") for row in place.locator("dl.sums > div").all_inner_texts()]


def file_request(cards: Cards, need: str = EVERYTHING, count: int = 1) -> Locator:
    """A request in one message, and the customer's word that it is right; gives the card that says it is kept."""
    cards.widget.send(need)
    expect(cards.widget.of("bot").last).to_contain_text("Apakah sudah benar")
    cards.widget.send("iya gas")
    return cards.wait_for("filed", count)
