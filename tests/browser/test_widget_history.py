"""What was said is back, whole and in order: after a reload, in another tab, and for nobody else."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.conftest import NewContext
from tests.browser.widget import DELAY, MIGRATION, Shown, Widget, expect_whole
from tests.running import Helpdesk

# The first test waits for the whole stack, and for a training where there is no model yet.
pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]


def test_the_whole_history_is_back_after_a_reload_once_and_in_order(widget: Widget) -> None:
    widget.ask(DELAY)
    widget.press("Tempo pembayaran")
    widget.ask(MIGRATION)
    before = widget.log()
    expect_whole(before)
    assert len(before) == 6

    widget.page.reload()

    # The panel was open, so it is again.
    expect(widget.messages).to_have_count(6)
    assert widget.log() == before


def test_the_history_is_back_in_a_new_tab_after_the_first_was_closed(
    widget: Widget, context: BrowserContext, helpdesk: Helpdesk
) -> None:
    widget.ask(DELAY)
    before = widget.log()
    widget.page.close()

    later = Widget(context.new_page())
    later.page.goto(helpdesk.url)
    later.open()

    expect(later.messages).to_have_count(2)
    assert later.log() == before


def test_two_tabs_of_one_customer_show_the_same(widget: Widget, context: BrowserContext, helpdesk: Helpdesk) -> None:
    other = Widget(context.new_page())
    other.page.goto(helpdesk.url)
    other.open()

    widget.ask(DELAY)
    other.wait_for_answer(1)
    other.ask(MIGRATION)
    widget.wait_for_answer(2)

    assert widget.log() == other.log()
    expect_whole(widget.log())


def test_another_customer_sees_nothing_of_it(widget: Widget, new_context: NewContext, helpdesk: Helpdesk) -> None:
    widget.ask(DELAY)

    stranger = Widget(new_context().new_page())
    stranger.page.goto(helpdesk.url)
    stranger.open()

    expect(stranger.find("privacy")).to_be_visible()
    expect(stranger.messages).to_have_count(0)


def test_log_rows_are_read_as_expected() -> None:
    with pytest.raises(AssertionError):
        expect_whole([Shown("customer", "a", 1), Shown("bot", "b", 3)])
