"""Takes the pictures for the documentation: `.venv/bin/python -m tests.browser.screenshots [URL]`.

Without the URL of a running helpdesk one is started for it; only then the console is taken as well.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.browsers import DESKTOP, PHONE, find_chromium, launch
from tests.browser.console import Console, add_account
from tests.browser.widget import Widget
from tests.running import ROOT, Helpdesk, model_for_tests

_TARGET = ROOT / "docs" / "images"
_OFF_TOPIC = "min, laptopku kena virus, bisa bantu bersihin ga?"
_DELAY = "kalo bayar hostingnya bulan depan aja boleh ga? lagi bokek nih"
_MIGRATION = "gan mau pindahan dari hosting lama, gratis kan?"

_DIALOGUES = [
    ["udah bayar dari kemaren kok hosting saya masih mati, invoice INV-20391"],
    ["kalo telat bayar gimana kak?", "domain tokobatik.co.id saya error, tolong dicek"],
    ["mau pindah hosting, migrasi gratis kan?", "mau ngomong sama orang aja dong"],
    ["ini gimana sih, dari pagi email kantor gak bisa kirim!! kecewa banget"],
    ["paket vps apa aja kak?"],
    ["revisi website saya masih ada jatah?"],
]


def take_desk(browser: Browser, helpdesk: Helpdesk) -> list[Path]:
    """The console with a queue, chats and a report; needs a stack of its own, as it makes accounts."""
    add_account(helpdesk, "rina", "Rina Lestari")
    add_account(helpdesk, "tika", "Tika Maharani", "admin")
    for number, dialogue in enumerate(_DIALOGUES):
        context = browser.new_context(locale="id-ID", timezone_id="Asia/Jakarta")
        widget = Widget(context.new_page())
        widget.page.goto(helpdesk.url)
        widget.open()
        for question in dialogue:
            widget.ask(question)
        if number == 0:
            _be_served(browser, helpdesk, widget)
        context.close()
    return [
        *(
            _take_console(browser, helpdesk, name, "rina", "", **options)
            for name, options in (
                ("desk-desktop", {"viewport": DESKTOP}),
                ("desk-dark", {"viewport": DESKTOP, "color_scheme": "dark"}),
                ("desk-phone", {"viewport": PHONE, "has_touch": True, "is_mobile": True}),
            )
        ),
        _take_console(browser, helpdesk, "desk-laporan", "tika", "laporan", viewport=DESKTOP),
    ]


def _be_served(browser: Browser, helpdesk: Helpdesk, widget: Widget) -> None:
    """Tika helps the first customer, who rates it."""
    tika = Console(browser.new_context(viewport=DESKTOP).new_page(), helpdesk.url)
    tika.arrive("tika")
    tika.find("tab-queue").click()
    tika.find("row").first.click()
    tika.find("accept").click()
    tika.send("Halo Kak, pembayarannya sudah kami terima dan hostingnya aktif kembali.")
    expect(widget.of("agent")).to_have_count(1)
    tika.close("solved")
    widget.find("star").nth(4).check()
    widget.find("rate").click()
    expect(widget.find("rated")).to_be_visible()
    tika.page.context.close()


def _take_console(browser: Browser, helpdesk: Helpdesk, name: str, username: str, path: str, **options: object) -> Path:
    context = browser.new_context(locale="id-ID", timezone_id="Asia/Jakarta", **options)  # type: ignore[arg-type]
    page = context.new_page()
    console = Console(page, helpdesk.url)
    console.arrive(username)
    if path:
        page.goto(f"{helpdesk.url}/desk/{path}")
    else:
        console.find("tab-mine").click()
        if console.find("row").count() == 0:
            page.wait_for_timeout(1000)
        if console.find("row").count() == 0:
            console.find("tab-queue").click()
            console.find("row").first.click()
            console.find("accept").click()
            console.send("Halo Kak, saya Rina. Saya cek dulu domainnya, ya.")
            expect(console.of("agent")).to_have_count(1)
        else:
            console.find("row").first.click()
            expect(console.find("conversation")).to_be_visible()
        if console.find("back").is_hidden():
            console.find("tab-queue").click()
    page.wait_for_timeout(2500)  # movements and notices end
    target = _TARGET / f"{name}.png"
    page.screenshot(path=target, caret="hide")
    context.close()
    return target


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
    with tempfile.TemporaryDirectory() as folder:
        helpdesk = Helpdesk(Path(folder) / "home", model_for_tests())
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
    _TARGET.mkdir(parents=True, exist_ok=True)
    with _helpdesk(sys.argv[1:]) as (url, helpdesk), sync_playwright() as playwright:
        browser = launch(playwright, path)
        pictures = take_all(browser, url) + (take_desk(browser, helpdesk) if helpdesk else [])
        for picture in pictures:
            sys.stdout.write(f"{picture.relative_to(ROOT)}  {picture.stat().st_size // 1024} kB\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
