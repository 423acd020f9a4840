"""Pictures of the console: a queue, a chat in the middle, and the report of a week."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect
from sqlalchemy import update

from bot.store.engine import make_engine
from bot.store.tables import handoff
from tests.browser.believable_week import believable_week
from tests.browser.browsers import DESKTOP, PHONE
from tests.browser.console import Console, add_account
from tests.browser.desk.api import DeskApi
from tests.browser.widget import Widget
from tests.running import Helpdesk

_INDONESIA = {"locale": "id-ID", "timezone_id": "Asia/Jakarta"}
_ASK_FOR_A_PERSON = "mau ngomong sama orang aja dong"
# Who waits: what they write, their name if it is known, and for how many minutes they have waited.
_QUEUE = (
    (["udah bayar dari kemaren kok hosting saya masih mati, invoice INV-20391"], "Budi Santoso", 11),
    (["ini gimana sih, dari pagi email kantor gak bisa kirim!! kecewa banget"], None, 5),
    (["mau pindah hosting, migrasi gratis kan?", _ASK_FOR_A_PERSON], "Made Wirawan", 1),
)
_WITH_BOT = ("paket vps apa aja kak?", "revisi website saya masih ada jatah?")
_OTHERS = "pembayaran saya belum masuk juga, invoice INV-20417, tolong dicek"
_OWN = ["domain tokobatik.co.id saya error dari tadi siang, tolong dicek"]
_NOTE = "Domain habis masa berlakunya 25 November, masih dalam masa tenggang. Tagihan perpanjangan sudah dikirim."
_REPLY = (
    "Halo Kak Sari, saya Rina. Domain tokobatik.co.id ternyata belum diperpanjang. "
    "Tagihannya sudah saya kirim ke e-mail Kakak, ya."
)
_QUESTION = "oh gitu, makasih kak. kalau telat bayar, datanya langsung dihapus ga?"

_PHONE: dict[str, Any] = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
_PICTURES: dict[str, dict[str, Any]] = {
    "desk-desktop": {"viewport": DESKTOP},
    "desk-dark": {"viewport": DESKTOP, "color_scheme": "dark"},
    "desk-phone": _PHONE,
    "desk-phone-dark": {**_PHONE, "color_scheme": "dark"},
    "desk-antrean": _PHONE,
}


def take_desk(browser: Browser, helpdesk: Helpdesk, folder: Path) -> list[Path]:
    """Writes the pictures; needs a stack of its own, as it makes accounts and a past."""
    add_account(helpdesk, "rina", "Rina Lestari")
    add_account(helpdesk, "dewi", "Dewi Anggraini")
    add_account(helpdesk, "tika", "Tika Maharani", "admin")
    tika = DeskApi(helpdesk.url, "tika")
    for question in _WITH_BOT:
        with _customer(browser, helpdesk, [question]):
            pass
    # Who is away for a minute loses their chats, so everybody stays until the last picture.
    with (
        _customer(browser, helpdesk, [_OTHERS]) as other,
        _at_work(browser, helpdesk, "dewi") as dewi,
        _customer(browser, helpdesk, _OWN) as customer,
        _at_work(browser, helpdesk, "rina") as rina,
    ):
        _accept(dewi, other)
        dewi.send("Baik, Kak, saya cek dulu.")
        expect(other.of("agent")).to_have_count(1)
        conversation = customer.conversation_id()
        contact = {"name": "Sari Wulandari", "email": "sari@tokobatik.co.id"}
        tika.call("PUT", f"/conversations/{conversation}/contact", contact)
        _serve(rina, customer)
        _fill_queue(browser, helpdesk, tika)
        pictures = []
        for name, options in _PICTURES.items():
            shown = None if name == "desk-antrean" else conversation
            pictures.append(_picture(browser, helpdesk, folder / f"{name}.png", shown, **options))
    staff = {agent["display_name"]: agent["id"] for agent in tika.call("GET", "/agents")["agents"]}
    agents = [staff["Rina Lestari"], staff["Dewi Anggraini"]]
    _run(believable_week(datetime.now(timezone.utc), agents).write(_database(helpdesk)))
    return [*pictures, _report(browser, helpdesk, folder / "desk-laporan.png")]


def _run(work: Coroutine[Any, Any, None]) -> None:
    """In a thread of its own: Playwright's event loop is in the way of another one here."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, work).result()


def _database(helpdesk: Helpdesk) -> str:
    return f"sqlite+aiosqlite:///{helpdesk.home / 'helpdesk.db'}"


@contextmanager
def _customer(browser: Browser, helpdesk: Helpdesk, questions: list[str]) -> Iterator[Widget]:
    context = browser.new_context(**_INDONESIA)  # type: ignore[arg-type]
    widget = Widget(context.new_page())
    widget.page.goto(helpdesk.url)
    widget.open()
    for question in questions:
        widget.ask(question)
    yield widget
    context.close()


@contextmanager
def _at_work(browser: Browser, helpdesk: Helpdesk, username: str, **options: object) -> Iterator[Console]:
    options = {"viewport": DESKTOP, "reduced_motion": "reduce", **_INDONESIA, **options}
    context = browser.new_context(**options)  # type: ignore[arg-type]
    console = Console(context.new_page(), helpdesk.url)
    console.arrive(username)
    yield console
    context.close()


def _accept(console: Console, customer: Widget) -> None:
    console.open("queue", customer.conversation_id())
    console.find("accept").click()
    console.expect_state("agent")


def _serve(rina: Console, customer: Widget) -> None:
    _accept(rina, customer)
    rina.find("note-mode").click()
    rina.find("note-input").fill(_NOTE)
    rina.find("note-save").click()
    expect(rina.find("note")).to_be_visible()
    rina.send(_REPLY)
    expect(rina.of("agent").last).to_have_attribute("data-state", "read")
    customer.send(_QUESTION)
    expect(rina.find("suggestion").first).to_be_visible()


def _fill_queue(browser: Browser, helpdesk: Helpdesk, tika: DeskApi) -> None:
    for questions, name, minutes in _QUEUE:
        with _customer(browser, helpdesk, questions) as customer:
            conversation = customer.conversation_id()
        if name is not None:
            tika.call("PUT", f"/conversations/{conversation}/contact", {"name": name})
        _run(_waits_since(_database(helpdesk), conversation, minutes))


async def _waits_since(database_url: str, conversation_id: str, minutes: int) -> None:
    since = datetime.now(timezone.utc) - timedelta(minutes=minutes, seconds=5)
    engine = make_engine(database_url)
    async with engine.begin() as connection:
        # Told that nobody has come: what customers are told when they wait long is not what the picture shows.
        told = {"created_at": since, "notices": 3}
        await connection.execute(update(handoff).where(handoff.c.conversation_id == conversation_id).values(**told))
    await engine.dispose()


def _picture(browser: Browser, helpdesk: Helpdesk, target: Path, conversation: str | None, **options: object) -> Path:
    with _at_work(browser, helpdesk, "rina", **options) as rina:
        if conversation is not None:
            rina.find("tab-mine").click()
            rina.row(conversation).click()
            expect(rina.find("suggestion").first).to_be_visible()
        if conversation is None or rina.find("back").is_hidden():
            rina.find("tab-queue").click()
            expect(rina.find("row")).to_have_count(len(_QUEUE))
        expect(rina.find("toast")).to_have_count(0)
        return _shoot(rina.page, target)


def _report(browser: Browser, helpdesk: Helpdesk, target: Path) -> Path:
    with _at_work(browser, helpdesk, "tika", viewport={**DESKTOP, "height": 1180}) as tika:
        tika.page.goto(f"{helpdesk.url}/desk/laporan")
        expect(tika.find("report")).to_have_attribute("aria-busy", "false")
        return _shoot(tika.page, target)


def _shoot(page: Page, target: Path) -> Path:
    page.mouse.move(0, 0)
    page.screenshot(path=target, caret="hide")
    return target
