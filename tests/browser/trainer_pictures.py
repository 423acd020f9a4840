"""Pictures of the trainer console over its stand-in: `.venv/bin/python -m tests.browser.trainer_pictures [FOLDER]`."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.browsers import PHONE, find_chromium, launch
from tests.browser.fake_server import fake_trainer
from tests.running import ROOT

_FOLDER = ROOT / "docs" / "images"
_WIDE = {"width": 1440, "height": 840}
_SIZE_LIMIT = 250 * 1024
_NEW = (
    "kak kalau bayar hostingnya lewat tanggal jatuh tempo, masih aman gak?",
    "invoice jatuh tempo besok, kalau telat sehari langsung mati ya",
    "tagihan bulan ini paling lambat kapan sih",
)
_WRITTEN = "jatuh temponya pas tanggal merah, bayarnya boleh besoknya?"
_PHONE: dict[str, Any] = {"viewport": PHONE, "has_touch": True, "is_mobile": True}


def take_trainer(browser: Browser, folder: Path) -> list[Path]:
    """Writes the pictures; returns their paths."""
    with fake_trainer(_stop) as url:
        with _signed_in(browser, url, "tono") as page:
            inbox = _inbox(page, url, folder / "trainer-kotak-masuk.png")
            data = _data(page, url, folder / "trainer-data.png")
            compared = _comparison(page, url, folder / "trainer-bandingkan.png")
            publish = _publish(page, folder / "trainer-terbitkan.png")
            answers = _answers(page, url, folder / "trainer-jawaban.png")
            trends = _trends(page, url, folder / "trainer-tren.png")
        with _signed_in(browser, url, "tono", color_scheme="dark") as page:
            dark = _inbox(page, url, folder / "trainer-dark.png")
        with _signed_in(browser, url, "tono", **_PHONE) as page:
            phones = [
                _inbox(page, url, folder / "trainer-phone.png"),
                _group(page, folder / "trainer-phone-kelompok.png"),
            ]
    return [inbox, data, compared, publish, answers, trends, dark, *phones]


def _stop(problem: str) -> NoReturn:
    sys.exit(problem)


@contextmanager
def _signed_in(browser: Browser, url: str, username: str, **options: Any) -> Iterator[Page]:
    options = {"viewport": _WIDE, "reduced_motion": "reduce", "locale": "id-ID", **options}
    context = browser.new_context(timezone_id="Asia/Jakarta", **options)
    page = context.new_page()
    page.goto(url)
    page.get_by_test_id("login-username").fill(username)
    page.get_by_test_id("login-password").fill(_password())
    page.get_by_test_id("login-submit").click()
    expect(page.get_by_test_id("group-row").first).to_be_visible()
    yield page
    context.close()


def _password() -> str:
    """Of all accounts of the stand-in."""
    source = (ROOT / "frontend" / "dev" / "fake-console-data.mjs").read_text(encoding="utf-8")
    found = re.search(r'PASSWORD = "(.+?)"', source)
    assert found is not None
    return found[1]


def _inbox(page: Page, url: str, target: Path) -> Path:
    page.goto(url)
    expect(page.get_by_test_id("group-row").first).to_be_visible()
    return _shoot(page, target)


def _group(page: Page, target: Path) -> Path:
    page.get_by_test_id("group-row").first.click()
    expect(page.get_by_test_id("confirm")).to_be_visible()
    return _shoot(page, target)


def _data(page: Page, url: str, target: Path) -> Path:
    page.goto(f"{url}data/tempo_bayar")
    page.get_by_test_id("add").click()
    for text in _NEW:
        page.get_by_test_id("add-text").fill(text)
        page.get_by_test_id("add-save").click()
        expect(page.get_by_test_id("add-text")).to_have_value("")
    page.get_by_test_id("add-text").fill(_WRITTEN)
    expect(page.get_by_test_id("preview").locator("li").first).to_be_visible()
    return _shoot(page, target)


def _comparison(page: Page, url: str, target: Path) -> Path:
    page.goto(f"{url}latih")
    page.get_by_test_id("train-note").fill("Kalimat baru tentang tempo bayar")
    page.get_by_test_id("train").click()
    expect(page.get_by_test_id("comparison")).to_be_visible()
    return _shoot(page, target)


def _publish(page: Page, target: Path) -> Path:
    page.get_by_test_id("publish").click()
    expect(page.get_by_test_id("publish-dialog")).to_be_visible()
    return _shoot(page, target)


def _answers(page: Page, url: str, target: Path) -> Path:
    page.goto(f"{url}jawaban/utter_tunda_bayar")
    expect(page.get_by_test_id("answer-preview")).to_be_visible()
    return _shoot(page, target)


def _trends(page: Page, url: str, target: Path) -> Path:
    page.goto(f"{url}tren")
    expect(page.get_by_test_id("unseen")).to_be_visible()
    return _shoot(page, target)


def _shoot(page: Page, target: Path) -> Path:
    expect(page.get_by_test_id("toast")).to_have_count(0, timeout=15_000)
    page.mouse.move(0, 0)
    page.wait_for_timeout(400)  # movements end
    page.screenshot(path=target, caret="hide")
    assert target.stat().st_size <= _SIZE_LIMIT, target
    return target


def main() -> int:
    """Takes the pictures."""
    path = find_chromium()
    if path is None:
        sys.exit("Chromium was not found: apt-get install chromium")
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else _FOLDER
    with sync_playwright() as playwright:
        for picture in take_trainer(launch(playwright, path, language="id"), folder):
            sys.stdout.write(f"{picture}  {picture.stat().st_size // 1024} kB\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
