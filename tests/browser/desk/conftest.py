"""Accounts, their browsers, and a queue that is empty again after each test."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import NewContext, Watch
from tests.browser.console import Console, add_account
from tests.browser.desk.api import DeskApi
from tests.browser.widget import Widget
from tests.running import Helpdesk

MakeConsole = Callable[..., Console]
MakeWidget = Callable[[], Widget]


@pytest.fixture(scope="session")
def agents(helpdesk: Helpdesk) -> Helpdesk:
    """The stack with two agents and a team lead."""
    add_account(helpdesk, "rina", "Rina")
    add_account(helpdesk, "dewi", "Dewi")
    add_account(helpdesk, "lead", "Tika", "admin")
    return helpdesk


@pytest.fixture(scope="session")
def lead(agents: Helpdesk) -> DeskApi:
    """The team lead, who sees and may end everything."""
    return DeskApi(agents.url, "lead")


@pytest.fixture(autouse=True)
def nobody_left_behind(lead: DeskApi, watch: Watch) -> Iterator[None]:
    """No customer of another test is in the queue, be it one of those elsewhere that share the stack.

    A console first asks whether it is signed in.
    """
    watch.may_refuse(401, r"/api/desk/v1/session$")
    lead.close_all()
    yield
    lead.close_all()


@pytest.fixture
def page(new_context: NewContext, agents: Helpdesk) -> Page:
    """The demo website, in a customer's browser."""
    page = new_context().new_page()
    page.goto(agents.url)
    return page


@pytest.fixture
def new_widget(new_context: NewContext, agents: Helpdesk) -> MakeWidget:
    """Makes further customers, each with a browser of their own."""

    def make() -> Widget:
        widget = Widget(new_context().new_page())
        widget.page.goto(agents.url)
        widget.open()
        return widget

    return make


@pytest.fixture
def console(agents: Helpdesk, new_context: NewContext) -> MakeConsole:
    """Makes the browser of an agent who is online."""

    def make(username: str, **options: object) -> Console:
        made = Console(new_context(**options).new_page(), agents.url)
        made.arrive(username)
        return made

    return make
