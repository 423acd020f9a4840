"""The widget over a network and servers that fail."""

from __future__ import annotations

import json
import time

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.network import Network
from tests.browser.widget import ANSWER_LIMIT, DELAY, MIGRATION, Widget, expect_whole
from tests.running import Helpdesk

# The first test waits for the whole stack, and for a training where there is no model yet.
pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]


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

    def send_unheard(self, widget: Widget, network: Network, helpdesk: Helpdesk) -> None:
        """The server has the message and has answered; the browser has heard of neither."""
        network.hold_replies()
        widget.send(MIGRATION)
        wait_for_stored(helpdesk, widget, 4)
        expect(widget.of("customer").nth(1)).to_have_attribute("data-state", "sending")

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
        self.send_unheard(widget, network, helpdesk)
        expect(widget.of("bot")).to_have_count(1)

        network.restore()

        self.expect_answered_once(widget, [DELAY, MIGRATION])

    def test_an_unacknowledged_message_survives_a_reload_without_a_double(
        self, widget: Widget, network: Network, helpdesk: Helpdesk
    ) -> None:
        self.send_unheard(widget, network, helpdesk)
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
