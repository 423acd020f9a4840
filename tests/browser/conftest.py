"""The whole stack, a browser, and a watch over everything the browser complains about."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Error, Page, expect, sync_playwright

from tests.browser.browsers import DESKTOP, find_chromium, launch
from tests.browser.network import Network
from tests.browser.packages import install_rasa_webchat
from tests.browser.widget import ANSWER_LIMIT, Widget
from tests.running import ROOT, Helpdesk, model_for_tests

# The browser itself complains of a network that fails; that is the test's doing, not the page's.
_NETWORK_NOISE = ("Failed to load resource: net::", "WebSocket connection to", "net::ERR_")

# Where many things share few processors, even a dialog takes its time to open.
expect.set_options(timeout=ANSWER_LIMIT)


def missing(what: str) -> None:
    """Skips, or fails where nothing may be skipped."""
    if os.environ.get("HELPDESK_TEST_STRICT") == "1":
        pytest.fail(f"{what}, and HELPDESK_TEST_STRICT=1 lets no browser test be skipped")
    pytest.skip(what)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of Debian's Chromium."""
    path = find_chromium()
    if path is None:
        missing("Chromium was not found (apt-get install chromium)")
    return str(path)


@pytest.fixture(scope="session")
def helpdesk(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Helpdesk]:
    """Everything, up and ready; stopped with Ctrl-C at the end."""
    if not (ROOT / "bot" / "web" / "static" / "widget.js").is_file():
        missing("the front end is not built (make frontend)")
    helpdesk = Helpdesk(tmp_path_factory.mktemp("helpdesk") / "home", model_for_tests())
    try:
        helpdesk.start()
        yield helpdesk
    finally:
        code = helpdesk.stop()
    assert code == 0, helpdesk.output()
    assert not (helpdesk.home / "run.json").exists()


# Not for the whole session: Playwright's event loop would be in the way of tests that have one of their own.
@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """A running Chromium without a window."""
    with sync_playwright() as playwright:
        browser = launch(playwright, chromium)
        yield browser
        browser.close()


class Watch:
    """Collects what should never happen on a page of ours."""

    def __init__(self) -> None:
        self.complaints: list[str] = []
        self.network_may_fail = False
        self._refusals: list[tuple[int, str]] = []

    def follow(self, context: BrowserContext) -> None:
        """Watches every page of `context`."""
        context.on("console", self._console)
        context.on("weberror", lambda error: self._page_error(error.error))
        context.on("dialog", self._dialog)
        # What CSP refuses is an event too, also where the console says nothing.
        context.add_init_script(
            "document.addEventListener('securitypolicyviolation', event =>"
            " console.error('CSP', event.violatedDirective, event.blockedURI, event.sourceFile))"
        )

    def may_refuse(self, status: int, address: str) -> None:
        """The browser names every refusal of the server, also one that the page understands: `status` at `address`."""
        self._refusals.append((status, address))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type not in ("error", "warning"):
            return
        if self.network_may_fail and any(noise in message.text for noise in _NETWORK_NOISE):
            return
        if any(self._is_refusal(message, *expected) for expected in self._refusals):
            return
        self.complaints.append(f"console {message.type}: {message.text} ({message.location.get('url')})")

    def _is_refusal(self, message: ConsoleMessage, status: int, address: str) -> bool:
        refused = f"responded with a status of {status} " in message.text
        return refused and re.search(address, str(message.location.get("url"))) is not None

    def _page_error(self, error: Error) -> None:
        self.complaints.append(f"uncaught: {error.message}")

    def _dialog(self, dialog: Dialog) -> None:
        self.complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Fails the test when the browser complained."""
    watch = Watch()
    yield watch
    assert not watch.complaints


NewContext = Callable[..., BrowserContext]


@pytest.fixture
def new_context(browser: Browser, watch: Watch) -> Iterator[NewContext]:
    """Makes browsers of further customers; each is watched and closed at the end."""
    made: list[BrowserContext] = []

    def make(**options: object) -> BrowserContext:
        context = browser.new_context(**{"viewport": DESKTOP, "locale": "id-ID", **options})  # type: ignore[arg-type]
        context.set_default_timeout(ANSWER_LIMIT)
        watch.follow(context)
        made.append(context)
        return context

    yield make
    for context in made:
        context.close()


@pytest.fixture
def context(new_context: NewContext) -> BrowserContext:
    """One customer's browser."""
    return new_context()


@pytest.fixture
def page(context: BrowserContext, helpdesk: Helpdesk) -> Page:
    """The demo website."""
    page = context.new_page()
    page.goto(helpdesk.url)
    return page


@pytest.fixture
def widget(page: Page) -> Widget:
    """The widget of the demo website, open."""
    widget = Widget(page)
    widget.open()
    return widget


@pytest.fixture
def network(helpdesk: Helpdesk, watch: Watch) -> Iterator[Network]:
    """A way to the helpdesk that can fail."""
    watch.network_may_fail = True
    network = Network(helpdesk.port)
    yield network
    network.close()


@pytest.fixture(scope="session")
def rasa_webchat() -> Path:
    """The built script of the rasa-webchat package; installed on first use."""
    return install_rasa_webchat(missing)
