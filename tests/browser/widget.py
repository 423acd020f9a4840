"""What a customer sees of the widget and does with it."""

from __future__ import annotations

import json
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

# Answers come in well under a second; a machine that is busy with other things gets more.
ANSWER_LIMIT = 30_000

# Everyday writing, with the clause that settles it.
DELAY = "min boleh ga bayar hostingnya bulan depan aja? lagi bokek nih"
MIGRATION = "gan mau pindahan dari hosting lama, itu gratis kan?"


@dataclass(frozen=True)
class Shown:
    """A message as the log shows it."""

    sender: str
    text: str
    seq: int | None


class Widget:
    """The widget on `page`."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.launcher = self.find("launcher")
        self.panel = self.find("panel")
        self.input = self.find("input")
        self.banner = self.find("banner")
        self.messages = self.find("message")
        self.quick_replies = self.find("quick-reply")

    def find(self, test_id: str) -> Locator:
        """Elements by their data-testid."""
        return self.page.get_by_test_id(test_id)

    def open(self) -> None:
        """Opens the panel."""
        self.launcher.click()
        expect(self.input).to_be_focused()

    def send(self, text: str) -> None:
        """Types a message and sends it."""
        self.input.fill(text)
        self.input.press("Enter")

    def ask(self, text: str) -> Locator:
        """Sends a message and waits for its answer; returns the answer's element."""
        count = self.of("bot").count()
        self.send(text)
        return self.wait_for_answer(count + 1)

    def press(self, title: str) -> Locator:
        """Presses a quick reply and waits for its answer."""
        count = self.of("bot").count()
        self.quick_replies.filter(has_text=title).click()
        return self.wait_for_answer(count + 1)

    def wait_for_answer(self, count: int) -> Locator:
        """Waits for the bot's message number `count` and until it has stopped typing."""
        expect(self.of("bot")).to_have_count(count, timeout=ANSWER_LIMIT)
        expect(self.find("typing")).to_have_count(0)
        return self.of("bot").nth(count - 1)

    def of(self, sender: str) -> Locator:
        """The messages of one sender."""
        return self.page.locator(f'[data-testid="message"][data-sender="{sender}"]')

    def log(self) -> list[Shown]:
        """All messages, top to bottom."""
        return [
            Shown(sender=row["sender"], text=row["text"], seq=int(row["seq"]) if row["seq"] else None)
            for row in self.messages.evaluate_all(
                """rows => rows.map(row => ({
                    sender: row.dataset.sender,
                    seq: row.dataset.seq ?? null,
                    text: row.querySelector('[data-testid="message-text"]').innerText.trim(),
                }))"""
            )
        ]

    def conversation_id(self) -> str:
        """The customer's conversation, as the browser remembers it."""
        kept = self.page.evaluate(
            "() => Object.values({...localStorage}).find(value => value.includes('conversationId'))"
        )
        return str(json.loads(kept)["conversationId"])

    def focused(self) -> str | None:
        """The data-testid of what has the focus, inside the widget."""
        focused: str | None = self.page.evaluate(
            """() => {
                let active = document.activeElement;
                while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
                return active?.dataset.testid ?? null;
            }"""
        )
        return focused


def expect_whole(log: list[Shown]) -> None:
    """The log is complete: every seq from 1 on, once, in order."""
    assert [shown.seq for shown in log] == list(range(1, len(log) + 1))
