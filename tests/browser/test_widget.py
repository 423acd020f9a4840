"""The widget on the demo website, as a customer meets it."""

from __future__ import annotations

import json
import re
import time

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.browsers import PHONE
from tests.browser.conftest import NewContext, Watch
from tests.browser.network import Network
from tests.browser.widget import ANSWER_LIMIT, Shown, Widget, expect_whole
from tests.running import Helpdesk

# The first test waits for the whole stack, and for a training where there is no model yet.
pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]

# Everyday writing, with the clause that settles it.
DELAY = "min boleh ga bayar hostingnya bulan depan aja? lagi bokek nih"
MIGRATION = "gan mau pindahan dari hosting lama, itu gratis kan?"


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


def wait_for_stored(helpdesk: Helpdesk, widget: Widget, count: int) -> None:
    """Waits until the server's log of this customer holds `count` messages, asked past the failing network."""
    kept = widget.page.evaluate("localStorage.getItem(`masternet-chat:${location.origin}:conversation`)")
    key = json.loads(kept)
    url = f"{helpdesk.url}/api/v1/conversations/{key['conversationId']}/messages"
    headers = {"Authorization": f"Bearer {key['token']}"}
    end = time.monotonic() + ANSWER_LIMIT / 1000
    while len(widget.page.request.get(url, headers=headers).json()["messages"]) < count:
        assert time.monotonic() < end
        widget.page.wait_for_timeout(100)


class TestWithoutNetwork:
    """Whatever fails in between, a message is stored once, answered once and shown in its place."""

    @pytest.fixture
    def widget(self, context: BrowserContext, network: Network) -> Widget:
        """The widget, reached through a network that can fail."""
        page = context.new_page()
        page.goto(network.url)
        widget = Widget(page)
        widget.open()
        widget.ask(DELAY)
        return widget

    def expect_answered_once(self, widget: Widget, questions: list[str]) -> None:
        """The log holds `questions`, in order, each once and each answered once, also after a reload."""
        widget.wait_for_answer(len(questions))
        log = widget.log()
        expect_whole(log)
        assert [shown.text for shown in log if shown.sender == "customer"] == questions
        assert len(log) == 2 * len(questions)
        widget.page.reload()
        expect(widget.messages).to_have_count(len(log))
        assert widget.log() == log

    def test_what_was_written_offline_is_delivered_when_the_browser_is_online_again(
        self, widget: Widget, context: BrowserContext, network: Network
    ) -> None:
        context.set_offline(True)
        network.cut()
        expect(widget.banner).to_contain_text("Sambungan terputus")
        widget.send(MIGRATION)
        widget.send("makasih ya")
        expect(widget.of("customer").nth(1)).to_have_attribute("data-state", "sending")

        network.restore()
        context.set_offline(False)

        self.expect_answered_once(widget, [DELAY, MIGRATION, "makasih ya"])
        expect(widget.banner).to_be_empty()

    def test_a_lost_acknowledgement_makes_no_second_message(
        self, widget: Widget, network: Network, helpdesk: Helpdesk
    ) -> None:
        network.hold_replies()
        widget.send(MIGRATION)
        # The server has it and has answered; the browser has heard of neither.
        wait_for_stored(helpdesk, widget, 4)
        expect(widget.of("customer").nth(1)).to_have_attribute("data-state", "sending")
        expect(widget.of("bot")).to_have_count(1)

        network.restore()

        self.expect_answered_once(widget, [DELAY, MIGRATION])

    def test_an_unacknowledged_message_survives_a_reload_without_a_double(
        self, widget: Widget, network: Network, helpdesk: Helpdesk
    ) -> None:
        network.hold_replies()
        widget.send(MIGRATION)
        wait_for_stored(helpdesk, widget, 4)
        expect(widget.of("customer").nth(1)).to_have_attribute("data-state", "sending")
        network.restore()
        widget.page.reload()

        self.expect_answered_once(widget, [DELAY, MIGRATION])

    def test_a_killed_web_server_loses_and_doubles_nothing(self, widget: Widget, helpdesk: Helpdesk) -> None:
        widget.send(MIGRATION)
        helpdesk.kill("web")
        widget.send("makasih ya")

        widget.wait_for_answer(3)
        self.expect_answered_once(widget, [DELAY, MIGRATION, "makasih ya"])

    def test_a_killed_rasa_server_is_waited_for(self, widget: Widget, helpdesk: Helpdesk) -> None:
        helpdesk.kill("rasa")
        widget.send(MIGRATION)
        expect(widget.of("customer").nth(1)).to_have_attribute("data-state", "sent")

        # Rasa may take longer to come back than the bot waits before it says sorry; then that is the one answer.
        expect(widget.of("bot")).to_have_count(2, timeout=120_000)
        self.expect_answered_once(widget, [DELAY, MIGRATION])
        helpdesk.wait_until_ready(120.0)


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


def test_log_rows_are_read_as_expected() -> None:
    with pytest.raises(AssertionError):
        expect_whole([Shown("customer", "a", 1), Shown("bot", "b", 3)])
