"""Hostile, long and too long texts in the widget, and the watch that would see what they do."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Watch
from tests.browser.widget import Widget

# The first test waits for the whole stack, and for a training where there is no model yet.
pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]


@pytest.mark.parametrize(
    "text",
    [
        '<img src=x onerror="alert(1)">',
        "<script>alert(1)</script>",
        "<svg/onload=alert(1)><a href='javascript:alert(1)'>klik</a>",
        "{{constructor.constructor('alert(1)')()}} ${alert(1)} javascript:alert(1)",
        "</textarea><iframe srcdoc='<script>parent.alert(1)</script>'></iframe>",
    ],
)
def test_hostile_text_stays_text(widget: Widget, text: str) -> None:
    answer = widget.ask(text)

    shown = widget.of("customer").get_by_test_id("message-text")
    expect(shown).to_have_text(text)
    assert shown.locator("img, script, svg, a, iframe").count() == 0
    expect(answer).to_be_visible()
    widget.page.reload()
    expect(shown).to_have_text(text)
    assert widget.page.evaluate("document.querySelectorAll('iframe, img[src=x]').length") == 0
    # `watch` fails the test if a dialog came up or anything was refused or thrown.


def test_long_texts_and_lines_are_shown_whole_and_do_not_widen_the_panel(widget: Widget) -> None:
    text = "tolong jelaskan\nbaris kedua 🙏🏽 مرحبا\n" + "a" * 900

    widget.ask(text)

    expect(widget.of("customer").get_by_test_id("message-text")).to_have_text(re.compile("baris kedua"))
    assert widget.log()[0].text == text
    assert widget.page.evaluate(
        """() => { const box = document.querySelector('masternet-chat').shadowRoot.querySelector('.scroll');
                   return box.scrollWidth <= box.clientWidth; }"""
    )


def test_a_text_over_the_limit_cannot_be_sent_and_says_so(widget: Widget) -> None:
    widget.input.fill("x" * 1001)

    expect(widget.find("counter")).to_contain_text("1001/1000")
    widget.input.press("Enter")
    expect(widget.messages).to_have_count(0)
    expect(widget.input).to_have_value("x" * 1001)


def test_the_watch_itself_sees_violations_errors_and_dialogs(page: Page, watch: Watch) -> None:
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {textContent: 'alert(1)'}))")
    page.evaluate("setTimeout(() => { throw new Error('thrown') })")
    page.evaluate("setTimeout(() => alert('shown'))")
    page.wait_for_timeout(200)

    seen = " ".join(watch.complaints)
    watch.complaints.clear()

    assert "CSP script-src" in seen
    assert "thrown" in seen
    assert "shown" in seen
