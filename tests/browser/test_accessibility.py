"""The widget for people who cannot see it, or not well, or who use no mouse: in every state it can be in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.browsers import DESKTOP, PHONE
from tests.browser.conftest import NewContext, Watch, missing
from tests.browser.fake_server import fake_server
from tests.browser.widget import Widget

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def address(chromium: str) -> Iterator[str]:
    """A helpdesk that plays the hand-over on demand."""
    with fake_server(missing) as url:
        yield url


def play(widget: Widget, step: str) -> None:
    """Has the stand-in do what staff would (frontend/dev/fake-desk.mjs)."""
    widget.send(f"demo {step}")


class Findings:
    """What axe-core says of each state."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.found: dict[str, list[str]] = {}

    def look(self, state: str) -> None:
        """Examines the page as it is now."""
        if lines := violations(self._page):
            self.found[state] = lines


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_no_state_of_the_widget_has_a_serious_problem(
    new_context: NewContext, watch: Watch, address: str, viewport: dict[str, int], scheme: str
) -> None:
    context = new_context(viewport=viewport, color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    page.goto(address)
    widget = Widget(page)
    findings = Findings(page)

    findings.look("only the launcher")
    widget.open()
    findings.look("nothing written yet")
    widget.ask("bayar tagihan")
    expect(widget.quick_replies).not_to_have_count(0)
    findings.look("the bot has answered")
    widget.send("/tolak")
    expect(widget.find("failure")).to_be_visible()
    findings.look("a message was refused")
    widget.find("discard").click()
    widget.input.fill("x" * 1001)
    findings.look("too long a message")
    play(widget, "antrean")
    expect(widget.find("owner")).to_contain_text("antrean ke-2, perkiraan")
    findings.look("in the queue")
    play(widget, "tawaran")
    expect(widget.quick_replies).to_have_count(3)
    findings.look("a card with choices")
    play(widget, "staf")
    play(widget, "halo")
    expect(widget.of("agent")).to_have_count(1)
    widget.send("baik, kak")
    expect(widget.find("state").last).to_have_text("Dibaca staf")
    play(widget, "mengetik")
    expect(widget.find("typing")).to_contain_text("Rina sedang mengetik")
    findings.look("an agent answers")
    play(widget, "selesai")
    expect(widget.find("closed-hint")).to_be_visible()
    findings.look("closed")
    widget.quick_replies.first.click()
    expect(widget.find("star")).to_have_count(5)
    findings.look("asked for a rating")
    widget.find("star").nth(3).check()
    findings.look("a star was chosen")
    widget.find("rate").click()
    expect(widget.find("rated")).to_have_attribute("data-score", "4")
    findings.look("rated")
    watch.network_may_fail = True
    context.set_offline(True)
    page.evaluate("dispatchEvent(new Event('offline'))")
    expect(widget.banner).to_contain_text("Sambungan terputus")
    findings.look("no connection")

    assert findings.found == {}


def test_a_rating_needs_no_mouse_and_is_given_once(new_context: NewContext, address: str) -> None:
    page = new_context().new_page()
    page.goto(address)
    widget = Widget(page)
    widget.open()
    play(widget, "nilai")
    expect(widget.find("star")).to_have_count(5)

    page.keyboard.press("Shift+Tab")
    assert widget.focused() == "rate"
    page.keyboard.press("Enter")
    page.keyboard.press("Shift+Tab")
    assert widget.focused() == "star"
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowRight")
    expect(widget.page.get_by_role("radio", name="5 dari 5 - Sangat puas")).to_be_checked()
    # Moving through the stars sends nothing.
    expect(widget.of("customer")).to_have_count(1)
    page.keyboard.press("Enter")

    expect(widget.find("rated")).to_have_attribute("data-score", "5")
    expect(widget.of("customer").last.get_by_test_id("message-text")).to_have_text("5 dari 5 - Sangat puas")
    expect(widget.of("system").last).to_contain_text("Terima kasih")
    assert widget.focused() == "input"
    page.reload()
    expect(widget.find("rated")).to_have_attribute("data-score", "5")
    expect(widget.find("star")).to_have_count(0)


def test_axe_itself_sees_a_problem_in_the_widget(new_context: NewContext, address: str) -> None:
    page = new_context(reduced_motion="reduce").new_page()
    page.goto(address)
    widget = Widget(page)
    widget.open()
    widget.find("close").evaluate("button => button.removeAttribute('aria-label')")

    (found,) = violations(page)

    assert found.startswith("critical button-name")
    assert "masternet-chat" in found
