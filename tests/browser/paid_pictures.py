"""Pictures of paid support: the board, a quote that is made, and cards on phone and desktop."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, expect

from tests.browser.board import Board, Item
from tests.browser.browsers import DESKTOP, PHONE
from tests.browser.console import Console
from tests.browser.desk.api import DeskApi
from tests.browser.paid.cards import Cards, file_request
from tests.browser.paid.setting import ITEMS
from tests.browser.paid.staff import StaffSteps
from tests.browser.widget import Widget
from tests.running import Helpdesk

_INDONESIA = {"locale": "id-ID", "timezone_id": "Asia/Jakarta", "reduced_motion": "reduce"}
_PHONE: dict[str, Any] = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
# What customers ask for, how far each request is, and for how many hours of work at which price.
_REQUESTS = (
    ("tolong pasang google analytics di tokobunga.com, santai, bunga@tokobunga.com", "done", ("1", "150.000")),
    (
        "tolong setting email kantor di 20 laptop, domain sinarabadi.co.id, minggu ini, it@sinarabadi.co.id",
        "work",
        ("6", "125.000"),
    ),
    (
        "tolong optimasi kecepatan wordpress di blogdina.com, santai aja, email dina@blogdina.com",
        "paid",
        ("2,5", "175.000"),
    ),
    ("tolong bikinin halaman promo di kueibu.com, minggu depan aja, ibu@kueibu.com", "quoted", ("4", "150.000")),
    ("tolong konversi script php lama di webtoko.com, urgent, wa saya 081234567890", "approval", ("12", "200.000")),
    ("tolong pasang ssl wildcard di server dedicated saya pabrikroti.co.id, urgent, 081234567890", "new", ("", "")),
)
_PAYS = "tolong pasang chat WA di warungsoto.my.id, minggu ini, pak@warungsoto.my.id"
_OWN = "min tolong pasangin plugin membership di tokobudi.id dong, urgent nih, wa gw 081298765432"


def take_paid(browser: Browser, helpdesk: Helpdesk, folder: Path) -> list[Path]:
    """Writes the pictures; needs the accounts of `take_desk`, and a stack that is paid (`settings_of_money`)."""
    rina = StaffSteps(DeskApi(helpdesk.url, "rina"))
    for need, end, (hours, price) in _REQUESTS:
        with _customer(browser, helpdesk, viewport=DESKTOP) as cards:
            _bring(cards, rina, need, end, Item("Bantuan teknis", hours, "jam", price))
    pictures = []
    with _customer(browser, helpdesk, viewport=DESKTOP) as cards:
        _bring(cards, rina, _PAYS, "transfer", Item("Pemasangan plugin", "1", "jam", "150.000"))
        pictures.append(_shoot(cards, folder / "paid-card-desktop.png"))
    with _customer(browser, helpdesk, **_PHONE) as cards:
        request = _bring(cards, rina, _OWN, "new", *ITEMS)
        pictures += _at_the_board(browser, helpdesk, request, folder)
        pictures += _on_the_phone(cards, rina, request, folder)
    return pictures


def _bring(cards: Cards, staff: StaffSteps, need: str, end: str, *items: Item) -> str:
    """A request as far as `end`; gives its id."""
    file_request(cards, need)
    request = str(staff.requests_of(cards.widget.conversation_id())[0]["id"])
    if end == "new":
        return request
    staff.quote(request, *items)
    if end == "approval":
        return request
    cards.wait_for("quote")
    if end == "quoted":
        return request
    cards.button("accept").click()
    cards.wait_for("choose_payment")
    cards.way_to_pay("transfer").click()
    cards.wait_for("payment")
    if end == "transfer":
        return request
    staff.receive(request)
    for step in {"work": ("start",), "done": ("start", "finish")}.get(end, ()):
        staff.act(request, step)
    return request


def _at_the_board(browser: Browser, helpdesk: Helpdesk, request: str, folder: Path) -> list[Path]:
    context = browser.new_context(**_INDONESIA, viewport={"width": 1440, "height": 720})  # type: ignore[arg-type]
    board = Board(Console(context.new_page(), helpdesk.url))
    board.console.arrive("rina")
    board.open()
    expect(board.ticket(request)).to_be_visible()
    expect(board.find("toast")).to_have_count(0)
    pictures = [folder / "paid-board.png", folder / "paid-quote.png"]
    board.console.page.screenshot(path=pictures[0], caret="hide")
    board.console.page.set_viewport_size({"width": 1440, "height": 940})
    board.open_request(request)
    board.begin_quote(*ITEMS)
    board.find("quote-note").fill("Termasuk satu kali uji coba bersama Kakak.")
    board.console.page.screenshot(path=pictures[1], caret="hide")
    board.send_quote()
    context.close()
    return pictures


def _on_the_phone(cards: Cards, staff: StaffSteps, request: str, folder: Path) -> list[Path]:
    cards.wait_for("quote")
    pictures = [_shoot(cards, folder / "paid-card-quote.png")]
    cards.button("accept").click()
    cards.wait_for("choose_payment")
    cards.way_to_pay("transfer").click()
    cards.wait_for("payment")
    pictures.append(_shoot(cards, folder / "paid-card-payment.png"))
    staff.receive(request)
    staff.act(request, "start")
    staff.act(request, "work", text="Plugin sudah terpasang, tinggal uji coba.", minutes=60, tell=True)
    staff.act(request, "finish", note="Semua halaman anggota sudah bisa dibuka.")
    cards.wait_for("done")
    cards.widget.find("star").nth(4).check()
    pictures.append(_shoot(cards, folder / "paid-card-done.png"))
    return pictures


@contextmanager
def _customer(browser: Browser, helpdesk: Helpdesk, **options: object) -> Iterator[Cards]:
    context = browser.new_context(**{**_INDONESIA, **options})  # type: ignore[arg-type]
    widget = Widget(context.new_page())
    widget.page.goto(helpdesk.url)
    widget.open()
    yield Cards(widget)
    context.close()


def _shoot(cards: Cards, target: Path) -> Path:
    expect(cards.widget.find("typing")).to_have_count(0)
    cards.widget.page.mouse.move(0, 0)
    cards.widget.page.screenshot(path=target, caret="hide")
    return target
