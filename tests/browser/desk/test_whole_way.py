"""A customer and two agents, each with a browser of their own, on the real stack: undisturbed, and with kill -9."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Watch
from tests.browser.desk.api import DeskApi
from tests.browser.desk.conftest import MakeConsole
from tests.browser.desk.story import Story, undisturbed
from tests.browser.widget import Widget
from tests.running import Helpdesk

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]


def test_from_the_question_for_a_person_to_the_rating(
    lead: DeskApi, widget: Widget, console: MakeConsole, watch: Watch
) -> None:
    _may_read_too_late(watch)
    Story(lead, widget, console("rina"), console("dewi"), undisturbed).play()


def test_the_same_while_the_web_process_is_killed_again_and_again(
    lead: DeskApi, widget: Widget, console: MakeConsole, agents: Helpdesk, watch: Watch
) -> None:
    watch.network_may_fail = True
    _may_read_too_late(watch)
    rina, dewi = console("rina"), console("dewi")
    killed = []

    def without_server(act: Callable[[], None]) -> None:
        with agents.without("web"):
            act()
            killed.append(True)
        agents.wait_until_ready()
        for one in (rina, dewi):
            expect(one.find("offline")).to_have_count(0)
            # Still signed in, and where they were.
            expect(one.find("login-submit")).to_have_count(0)
            expect(one.find("conversation")).to_be_visible()
        expect(widget.banner).to_have_text("")

    Story(lead, widget, rina, dewi, without_server).play()
    assert len(killed) == 4


def _may_read_too_late(watch: Watch) -> None:
    """A console marks as read what comes in while the chat is just going elsewhere, and takes the refusal calmly."""
    watch.may_refuse(409, r"/conversations/[^/]+/read$")
