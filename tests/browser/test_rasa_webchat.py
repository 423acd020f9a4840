"""rasa-webchat, a widget of other people, works unchanged with our Socket.IO endpoint."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.sites import Site
from tests.browser.widget import ANSWER_LIMIT, DELAY
from tests.running import Helpdesk

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]


@pytest.fixture
def site(helpdesk: Helpdesk, rasa_webchat: Path) -> Iterator[Site]:
    """A website that uses the package as its README says."""
    options = {
        "socketUrl": helpdesk.url,
        "socketPath": "/socket.io/",
        "customData": {"language": "id"},
        "initPayload": None,
        "title": "Bantuan",
    }
    page = f"""<!doctype html><html lang="id"><head><meta charset="utf-8"><title>Toko Budi</title></head>
        <body><h1>Toko Budi</h1><script src="/rasa-webchat.js"></script>
        <script>WebChat.default({json.dumps(options)}, null)</script></body></html>"""
    site = Site(
        {
            "/": ("text/html; charset=utf-8", page.encode()),
            "/rasa-webchat.js": ("text/javascript", rasa_webchat.read_bytes()),
        }
    )
    yield site
    site.close()


class Webchat:
    """What a customer does with it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.messages = page.locator(".rw-message")
        self.quick_replies = page.locator(".rw-reply")

    def open(self) -> None:
        """Opens the window, unless it is open."""
        self.page.locator(".rw-open-launcher").click()
        expect(self.page.locator(".rw-new-message")).to_be_visible()

    def ask(self, text: str) -> Locator:
        """Sends a message; returns the element of the answer."""
        count = self.answers.count()
        self.page.locator(".rw-new-message").fill(text)
        self.page.locator(".rw-new-message").press("Enter")
        expect(self.answers).to_have_count(count + 1, timeout=ANSWER_LIMIT)
        return self.answers.nth(count)

    @property
    def answers(self) -> Locator:
        """What the bot has said."""
        return self.page.locator(".rw-from-response .rw-response")  # not the typing dots

    def session(self) -> str:
        """The session id that it keeps."""
        kept = json.loads(self.page.evaluate("localStorage.getItem('chat_session')"))
        return str(kept["session_id"])


@pytest.fixture
def webchat(context: BrowserContext, site: Site) -> Webchat:
    """The widget, open."""
    # Its CSS asks for a font from outside.
    context.route("https://fonts.googleapis.com/**", lambda route: route.fulfill(content_type="text/css", body=""))
    page = context.new_page()
    page.goto(site.url)
    webchat = Webchat(page)
    webchat.open()
    return webchat


def test_shows_the_answer_and_its_quick_replies_and_sends_a_pressed_one(webchat: Webchat) -> None:
    answer = webchat.ask(DELAY)

    expect(answer).to_contain_text("Hak 13")
    expect(webchat.quick_replies).to_have_text(["Tempo pembayaran", "Cara bayar", "Bicara dengan staf"])

    webchat.quick_replies.filter(has_text="Cara bayar").click()

    expect(webchat.answers).to_have_count(2, timeout=ANSWER_LIMIT)
    expect(webchat.answers.nth(1)).to_contain_text("Kewajiban 5")


def test_keeps_its_session_and_what_was_said_over_a_reload(webchat: Webchat) -> None:
    webchat.ask(DELAY)
    session = webchat.session()

    webchat.page.reload()

    expect(webchat.answers).to_have_count(1)
    expect(webchat.answers).to_contain_text("Hak 13")
    answer = webchat.ask("gan mau pindahan dari hosting lama, itu gratis kan?")
    expect(answer).to_contain_text("Hak 14")
    assert webchat.session() == session
