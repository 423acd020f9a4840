"""Takes the pictures for the documentation: `.venv/bin/python -m tests.browser.screenshots [URL]`.

Without the URL of a running helpdesk one is started for it; only then the console is taken as well.
Date fields read as in Indonesia where Chromium knows the language (apt-get install chromium-l10n).
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.browsers import DESKTOP, PHONE, find_chromium, launch
from tests.browser.desk_pictures import take_desk
from tests.browser.paid.setting import settings_of_money
from tests.browser.paid_pictures import take_paid
from tests.browser.trainer_pictures import take_trainer
from tests.browser.widget import ANSWER_LIMIT, Widget
from tests.payments.midtrans_server import MidtransServer, serving_in_a_thread
from tests.running import ROOT, Helpdesk, model_for_tests

_TARGET = ROOT / "docs" / "images"
_OFF_TOPIC = "min, laptopku kena virus, bisa bantu bersihin ga?"
_DELAY = "kalo bayar hostingnya bulan depan aja boleh ga? lagi bokek nih"
_MIGRATION = "gan mau pindahan dari hosting lama, gratis kan?"


def take_all(browser: Browser, url: str) -> list[Path]:
    """Writes the pictures; returns their paths."""
    return [
        _take(browser, url, "chat-desktop", [_DELAY, _OFF_TOPIC], viewport=DESKTOP),
        _take(browser, url, "chat-dark", [_DELAY, _MIGRATION], viewport=DESKTOP, color_scheme="dark"),
        _take(browser, url, "chat-phone", [_OFF_TOPIC, _DELAY], viewport=PHONE, has_touch=True, is_mobile=True),
    ]


def _take(browser: Browser, url: str, name: str, questions: list[str], **options: object) -> Path:
    context = browser.new_context(locale="id-ID", timezone_id="Asia/Jakarta", **options)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(url)
    widget = Widget(page)
    widget.open()
    for question in questions:
        widget.ask(question)
    page.wait_for_timeout(500)  # movements end
    path = _TARGET / f"{name}.png"
    page.screenshot(path=path, caret="hide")
    context.close()
    return path


@contextmanager
def _helpdesk(arguments: list[str]) -> Iterator[tuple[str, Helpdesk | None]]:
    if arguments:
        yield arguments[0], None
        return
    with tempfile.TemporaryDirectory() as folder, serving_in_a_thread(MidtransServer()) as midtrans:
        settings = settings_of_money(Path(folder), midtrans.url)
        helpdesk = Helpdesk(Path(folder) / "home", model_for_tests(), **settings)
        try:
            helpdesk.start()
            yield helpdesk.url, helpdesk
        finally:
            helpdesk.stop()


def main() -> int:
    """Starts what is needed and takes the pictures."""
    path = find_chromium()
    if path is None:
        sys.exit("Chromium was not found: apt-get install chromium")
    expect.set_options(timeout=ANSWER_LIMIT)
    _TARGET.mkdir(parents=True, exist_ok=True)
    with _helpdesk(sys.argv[1:]) as (url, helpdesk), sync_playwright() as playwright:
        browser = launch(playwright, path, language="id")
        pictures = take_all(browser, url) + take_trainer(browser, _TARGET)
        if helpdesk:
            pictures += take_desk(browser, helpdesk, _TARGET) + take_paid(browser, helpdesk, _TARGET)
        for picture in pictures:
            sys.stdout.write(f"{picture.relative_to(ROOT)}  {picture.stat().st_size // 1024} kB\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
