"""The widget on the demo website, as a customer meets it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewContext
from tests.browser.widget import ANSWER_LIMIT, DELAY, Widget
from tests.running import Helpdesk

# The first test waits for the whole stack, and for a training where there is no model yet.
pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]


def test_shows_whom_one_writes_to_and_what_is_kept_before_anything_is_written(widget: Widget) -> None:
    expect(widget.find("greeting")).to_contain_text("asisten virtual")
    expect(widget.find("privacy")).to_contain_text("Percakapan disimpan")
    expect(widget.find("starter")).not_to_have_count(0)
    expect(widget.find("owner")).to_have_attribute("data-owner", "bot")


def test_answers_an_everyday_question_with_its_clause(widget: Widget) -> None:
    answer = widget.ask(DELAY)

    expect(answer.get_by_test_id("clause")).to_have_text(["Hak 13"])
    expect(answer.get_by_test_id("message-text")).to_contain_text("Hak 13")
    expect(widget.of("customer").get_by_test_id("message-text")).to_have_text(DELAY)
    expect(widget.of("customer")).to_have_attribute("data-state", "sent")
    expect(widget.quick_replies).not_to_have_count(0)
    expect(widget.find("privacy")).to_have_count(0)


def test_a_pressed_quick_reply_is_sent_as_its_title_and_answered(widget: Widget) -> None:
    widget.ask(DELAY)

    answer = widget.press("Cara bayar")

    expect(answer.get_by_test_id("clause")).to_have_text(["Kewajiban 5"])
    assert [(shown.sender, shown.text) for shown in widget.log()][2] == ("customer", "Cara bayar")


def test_every_starter_is_understood(new_context: NewContext, helpdesk: Helpdesk) -> None:
    def fresh() -> Widget:
        page = new_context().new_page()
        page.goto(helpdesk.url)
        widget = Widget(page)
        widget.open()
        return widget

    titles = fresh().find("starter").all_inner_texts()
    reached = {}
    for title in titles:
        widget = fresh()
        widget.find("starter").filter(has_text=title).click()
        clauses = widget.wait_for_answer(1).get_by_test_id("clause").all_inner_texts()
        reached[title] = clauses or [widget.find("owner").get_attribute("data-owner")]

    assert list(reached.values()) == [["Kewajiban 1"], ["Kewajiban 5"], ["Hak 14"], ["queue"]]


def test_an_answer_that_is_longer_than_the_window_is_shown_from_its_first_line(widget: Widget) -> None:
    widget.ask("halo")

    answer = widget.ask("kalo domain .com berapa per taun?")

    scroll = widget.page.locator("masternet-chat .scroll")
    expect(answer.get_by_test_id("clause")).to_have_text(["Kewajiban 1"])
    window, row = scroll.bounding_box(), answer.bounding_box()
    assert window is not None
    assert row is not None
    assert row["height"] > window["height"]
    assert 0 <= row["y"] - window["y"] <= 40
    # And the customer's next message is followed again.
    thanks = widget.ask("oke makasih kak")
    expect(thanks).to_be_in_viewport()


def test_unread_answers_are_counted_while_the_panel_is_closed(widget: Widget) -> None:
    widget.input.fill(DELAY)
    # Both in one task of the page: the answer may come sooner than a second action of the test.
    widget.find("close").evaluate(
        """close => {
            close.getRootNode().querySelector('[data-testid="send"]').click();
            close.click();
        }"""
    )

    expect(widget.find("badge")).to_have_text("1", timeout=ANSWER_LIMIT)
    widget.launcher.click()
    expect(widget.find("badge")).to_have_count(0)
    expect(widget.messages).to_have_count(2)


def test_asking_for_a_person_says_so_in_the_header(widget: Widget) -> None:
    widget.ask("aku mau ngomong sama cs manusia dong")

    expect(widget.find("owner")).to_have_attribute("data-owner", "queue")
    widget.page.reload()
    expect(widget.find("owner")).to_have_attribute("data-owner", "queue")


def test_the_demo_website_keeps_its_strict_content_security_policy(page: Page, helpdesk: Helpdesk) -> None:
    response = page.request.get(helpdesk.url)
    policy = response.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy

    # Opened, used and closed under that policy; `watch` fails the test at the first violation.
    widget = Widget(page)
    page.locator("[data-masternet-chat=open]").first.click()
    expect(widget.input).to_be_focused()
    widget.ask(DELAY)
    page.keyboard.press("Escape")
    page.get_by_text("Siapa yang menjawab di chat?").click()
