"""The stack with everything about money set up, a payment service on this machine, and accounts of staff."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.browser.board import Board
from tests.browser.conftest import NewContext, Watch
from tests.browser.console import Console, add_account
from tests.browser.desk.api import DeskApi
from tests.browser.paid.setting import settings_of_money
from tests.browser.widget import Widget
from tests.payments.midtrans_server import MidtransServer, serving_in_a_thread
from tests.running import Helpdesk, model_for_tests

MakeBoard = Callable[..., Board]
MakeWidget = Callable[..., Widget]


@pytest.fixture(scope="package")
def midtrans() -> Iterator[MidtransServer]:
    """Midtrans, as far as its documentation tells."""
    with serving_in_a_thread(MidtransServer()) as server:
        yield server


# In place of the one for all browser tests, and no longer up than these need it.
@pytest.fixture(scope="package")
def helpdesk(chromium: str, midtrans: MidtransServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Helpdesk]:
    """Everything, with a tax, a limit, a price list, two bank accounts and a payment page."""
    folder = tmp_path_factory.mktemp("paid")
    helpdesk = Helpdesk(folder / "home", model_for_tests(), **settings_of_money(folder, midtrans.url))
    try:
        helpdesk.start()
        midtrans.notify_url = f"{helpdesk.url}/api/v1/payments/midtrans/notifications"
        add_account(helpdesk, "rina", "Rina")
        add_account(helpdesk, "tika", "Tika", "admin")
        yield helpdesk
    finally:
        code = helpdesk.stop()
    assert code == 0, helpdesk.output()


@pytest.fixture(scope="package")
def tika(helpdesk: Helpdesk) -> DeskApi:
    """The administrator, without a browser."""
    return DeskApi(helpdesk.url, "tika")


@pytest.fixture(autouse=True)
def nobody_left_behind(tika: DeskApi, watch: Watch) -> Iterator[None]:
    """A console first asks whether it is signed in; nobody waits for a person afterwards."""
    watch.may_refuse(401, r"/api/desk/v1/session$")
    yield
    tika.close_all()


@pytest.fixture
def board(helpdesk: Helpdesk, new_context: NewContext) -> MakeBoard:
    """Makes the browser of one of staff who looks at the board."""

    def make(username: str, **options: object) -> Board:
        console = Console(new_context(**options).new_page(), helpdesk.url)
        console.arrive(username)
        board = Board(console)
        board.open()
        return board

    return make


@pytest.fixture
def new_widget(helpdesk: Helpdesk, new_context: NewContext) -> MakeWidget:
    """Makes further customers, each with a browser of their own."""

    def make(**options: object) -> Widget:
        widget = Widget(new_context(**options).new_page())
        widget.page.goto(helpdesk.url)
        widget.open()
        return widget

    return make
