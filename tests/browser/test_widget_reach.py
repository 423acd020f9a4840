"""The widget by keyboard alone, and on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.browsers import PHONE
from tests.browser.conftest import NewContext
from tests.browser.widget import DELAY, Widget
from tests.running import Helpdesk

# The first test waits for the whole stack, and for a training where there is no model yet.
pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]


def test_the_keyboard_is_enough(page: Page) -> None:
    widget = Widget(page)
    widget.launcher.focus()
    page.keyboard.press("Enter")
    expect(widget.input).to_be_focused()
    page.keyboard.type(DELAY)
    page.keyboard.press("Enter")
    widget.wait_for_answer(1)
    assert widget.focused() == "input"

    page.keyboard.press("Shift+Tab")
    assert widget.focused() == "quick-reply"
    page.keyboard.press("Enter")
    widget.wait_for_answer(2)
    # The pressed button is gone; the focus is where one goes on.
    assert widget.focused() == "input"

    page.keyboard.press("Escape")
    expect(widget.panel).to_have_count(0)
    expect(widget.launcher).to_be_focused()


def test_tab_reaches_every_control_in_order(widget: Widget) -> None:
    widget.ask(DELAY)
    replies = widget.quick_replies.count()
    widget.find("close").focus()

    order = []
    for _ in range(replies + 3):
        widget.page.keyboard.press("Tab")
        order.append(widget.focused())

    # The log itself can be scrolled with the keyboard, so it is one stop.
    assert order == [None, *["quick-reply"] * replies, "input", "send"]


def test_a_phone_gets_the_whole_screen(new_context: NewContext, helpdesk: Helpdesk) -> None:
    context = new_context(viewport=PHONE, has_touch=True, is_mobile=True, device_scale_factor=2)
    page = context.new_page()
    page.goto(helpdesk.url)
    widget = Widget(page)
    widget.launcher.tap()

    expect(widget.panel).to_be_visible()
    page.wait_for_timeout(400)  # the opening movement
    box = widget.panel.bounding_box()
    assert box == {"x": 0, "y": 0, **PHONE}
    widget.send(DELAY)
    widget.wait_for_answer(1)
    for button in widget.quick_replies.all():
        size = button.bounding_box()
        assert size is not None
        assert size["height"] >= 44
        assert size["x"] >= 0
        assert size["x"] + size["width"] <= 390
    widget.find("close").tap()
    expect(widget.panel).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
