"""Quotes and refusals: what is offered, for how long, who must approve it, and what is never quoted."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.errors import OutOfFieldError, PaidSupportError
from bot.helpdesk.paid.requests import PaidKind
from bot.helpdesk.paid.states import PaidState
from bot.services.paid.terms import PaidTerms
from tests.paying import LINES, TOTAL, key, order
from tests.services.paid_life import DAY, Life


async def test_a_newer_quote_takes_the_place_of_the_first(life: Life) -> None:
    await life.to(PaidState.QUOTED)
    old = next(b.payload for b in (await life.newest_card("quote")).buttons if ":accept:" in b.payload)
    await life.quote(lines=[{**LINES[0], "unit_price": 100_000}])
    await life.desk.ask(life.conversation, old)

    assert await life.state() is PaidState.QUOTED
    await life.press("#paid:accept")
    assert (await life.newest_card("payment")).card["amount"] - 166_500 in range(1, 1000)  # type: ignore[index]


async def test_an_issued_quote_keeps_its_price_until_it_runs_out(life: Life) -> None:
    await life.to(PaidState.QUOTED)
    life.desk.terms = PaidTerms(tax_rate=Decimal(12))
    life.desk.restart()
    life.desk.clock.pass_time(6 * DAY)
    await life.press("#paid:accept")

    request = await life.request()
    async with life.desk.store.read() as work:
        invoice = await work.billing.invoice(str(request.standing.invoice))
    assert invoice is not None and invoice.amount == TOTAL


async def test_a_quote_runs_out_by_the_sweep_and_by_the_click(life: Life) -> None:
    await life.to(PaidState.QUOTED)
    life.desk.clock.pass_time(7 * DAY)
    await life.press("#paid:accept")
    assert await life.state() is PaidState.EXPIRED

    await life.quote()
    life.desk.clock.pass_time(7 * DAY)
    life.desk.restart()
    await life.desk.paid_sweep.sweep()
    assert await life.state() is PaidState.EXPIRED
    assert (await life.cards())[-2:] == ["quote", "closed"]


async def test_a_refusal_that_says_nothing_needs_a_note(life: Life) -> None:
    request = await life.file()
    with pytest.raises(PaidSupportError):
        await life.desk.board.reject(request.id, life.agent, reason="other", note=" ", key=key())
    await life.desk.board.reject(request.id, life.agent, reason="other", note="Jadwal penuh.", key=key())
    assert "Jadwal penuh." in (await life.newest_card("closed")).text


async def test_what_is_out_of_the_field_is_never_quoted(life: Life) -> None:
    request = await life.file()
    await life.desk.board.reject(request.id, life.agent, reason="out_of_field", note=None, key=key())
    assert "Hak 4" in (await life.newest_card("closed")).text
    with pytest.raises(OutOfFieldError):
        await life.quote()
    assert await life.state() is PaidState.DECLINED


async def test_above_the_limit_an_administrator_approves(life: Life) -> None:
    life.desk.terms = PaidTerms(approval_limit=200_000)
    life.desk.restart()
    request = await life.file()
    await life.quote()
    assert await life.cards() == ["filed"]
    assert (await life.desk.board.detail(request.id)).listed.waits_for_approval
    with pytest.raises(AssertionError):
        await life.press("#paid:accept")
    await life.desk.board.approve(request.id, 1, life.admin, key=key())
    assert await life.cards() == ["filed", "quote"]
    assert (await life.desk.board.detail(request.id)).quotes[0].approved_by == life.admin.display_name


@pytest.mark.parametrize(
    "lines",
    [
        [],
        "x",
        [{**LINES[0], "unit_price": 1.5}],
        [{**LINES[0], "unit_price": -1}],
        [{**LINES[0], "unit_price": True}],
        [{**LINES[0], "quantity": 1.5}],
        [{**LINES[0], "quantity": "0"}],
        [{**LINES[0], "quantity": "1.234"}],
        [{**LINES[0], "quantity": "NaN"}],
        [{**LINES[0], "what": " "}],
        [{**LINES[0], "unit_price": 0}],
        [{**LINES[0], "unit_price": 10**10, "quantity": "9"}],
        [None],
    ],
)
async def test_a_quote_that_adds_up_to_nothing_usable_is_refused(life: Life, lines: object) -> None:
    await life.file()
    with pytest.raises(PaidSupportError):
        await life.quote(lines=lines)
    assert await life.cards() == ["filed"]


async def test_a_migration_is_free_up_to_the_limit_and_quoted_above_it(life: Life) -> None:
    life.desk.terms = PaidTerms(migration_free_gb=20, migration_price_per_gb=5_000)
    life.desk.restart()
    life.desk.brain.order = order(kind=PaidKind.MIGRATION, capacity_gb=15)
    await life.desk.ask(life.conversation, "pesan")
    assert "tidak ada biaya" in (await life.desk.log(life.conversation))[1].text
    async with life.desk.store.read() as work:
        assert await work.paid_requests.of_conversation(life.conversation) == []

    life.desk.brain.order = order(kind=PaidKind.MIGRATION, capacity_gb=80)
    other = Life(life.desk, await life.desk.opened(), life.agent, life.admin)
    await other.file()
    assert await other.state() is PaidState.QUOTED
    card = (await other.newest_card("quote")).card
    assert card is not None and card["total"] == 300_000
