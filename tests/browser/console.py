"""What a support agent sees of the console and does with it."""

from __future__ import annotations

import os
import subprocess
import sys

from playwright.sync_api import Locator, Page, expect

from tests.browser.widget import Shown
from tests.running import ROOT, Helpdesk

PASSWORD = "kuda-nil biru 77"


def add_account(helpdesk: Helpdesk, username: str, name: str, *roles: str) -> None:
    """An account, made as an operator makes it."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("HELPDESK_")}
    arguments = [argument for role in roles or ("agent",) for argument in ("--role", role)]
    subprocess.run(
        [sys.executable, "-m", "bot.cli", "user", "add", username, "--name", name, "--password-stdin", *arguments],
        cwd=ROOT,
        env={**environment, "HELPDESK_HOME": str(helpdesk.home)},
        input=f"{PASSWORD}\n",
        text=True,
        check=True,
        capture_output=True,
        timeout=60,
    )


class Console:
    """The console on `page`."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url

    def find(self, test_id: str) -> Locator:
        """Elements by their data-testid."""
        return self.page.get_by_test_id(test_id)

    def sign_in(self, username: str, password: str = PASSWORD) -> None:
        """Opens the console and signs in."""
        self.page.goto(f"{self.url}/desk/")
        self.find("login-username").fill(username)
        self.find("login-password").fill(password)
        self.find("login-submit").click()

    def arrive(self, username: str) -> None:
        """Signs in and is online."""
        self.sign_in(username)
        expect(self.find("tab-queue")).to_be_visible()
        self.find("presence").select_option("online")

    def row(self, conversation_id: str) -> Locator:
        """The list's row of a conversation."""
        return self.page.locator(f'[data-testid="row"][data-id="{conversation_id}"]')

    def open(self, tab: str, conversation_id: str) -> None:
        """Opens a conversation from a list."""
        self.find(f"tab-{tab}").click()
        self.row(conversation_id).click()
        expect(self.find("conversation")).to_have_attribute("data-id", conversation_id)

    def expect_state(self, state: str) -> None:
        """Waits until the open conversation is in `state`."""
        expect(self.find("conversation")).to_have_attribute("data-state", state)

    def send(self, text: str) -> None:
        """Types a reply and sends it."""
        self.find("composer").fill(text)
        self.find("composer").press("Enter")

    def of(self, sender: str) -> Locator:
        """The messages of one sender."""
        return self.page.locator(f'[data-testid="message"][data-sender="{sender}"]')

    def log(self) -> list[Shown]:
        """All messages, top to bottom."""
        return [
            Shown(sender=row["sender"], text=row["text"], seq=int(row["seq"]) if row["seq"] else None)
            for row in self.find("message").evaluate_all(
                """rows => rows.map(row => ({
                    sender: row.dataset.sender,
                    seq: row.dataset.seq ?? null,
                    text: row.querySelector('[data-testid="message-text"]').innerText.trim(),
                }))"""
            )
        ]

    def transfer(self, name: str, note: str) -> None:
        """Passes the open conversation on."""
        self.find("transfer").click()
        self.page.locator(f'[data-testid="agent-option"][data-name="{name}"]').check()
        self.find("action-note").fill(note)
        self.find("action-submit").click()

    def close(self, reason: str) -> None:
        """Ends the open conversation."""
        self.find("close").click()
        self.find(f"reason-{reason}").check()
        self.find("action-submit").click()
