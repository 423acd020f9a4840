"""Paid support from the request in the chat to done, over the real store."""

from __future__ import annotations

from bot.helpdesk.conversation import Sender
from bot.helpdesk.paid.billing import PaymentStep
from bot.helpdesk.paid.states import PaidState
from tests.paying import TOTAL, key
from tests.services.paid_life import Life


async def test_from_the_request_to_the_rating(life: Life) -> None:
    await life.to(PaidState.DONE)
    thanks = await life.press("#paid-rating:5")

    assert thanks.text.startswith("Terima kasih")
    assert await life.cards() == ["filed", "quote", "payment", "receipt", "progress", "done"]
    assert (await life.request()).score == 5
    detail = await life.desk.board.detail((await life.request()).id)
    assert [c.event for c in detail.changes] == ["quote", "accept", "bill", "pay", "start", "finish"]
    assert [(p.state, p.amount - (p.unique_code or 0)) for p in detail.payments] == [(PaymentStep.SETTLED, TOTAL)]
    assert detail.listed.request.standing.invoice == "INV/2026/00001"
    assert detail.listed.staff == life.agent.display_name


async def test_cards_say_the_same_as_their_text(life: Life) -> None:
    await life.to(PaidState.AWAITING_PAYMENT)
    quote, payment = await life.newest_card("quote"), await life.newest_card("payment")

    assert quote.card is not None and quote.card["total"] == TOTAL
    assert quote.card["lines"] == [
        {"what": "Pasang plugin", "quantity": "1.5", "unit": "jam", "unit_price": 150_000, "total": 225_000}
    ]
    for part in ("Pasang plugin", "1,5 jam", "Rp225.000", "Pajak 11%", "Rp24.750", "Rp249.750", "9 Maret 2026"):
        assert part in quote.text
    assert payment.card is not None
    assert payment.card["amount"] == TOTAL + payment.card["unique_code"]
    for part in (f"{payment.card['unique_code']:03d}", "BCA 1234567890", "INV/2026/00001"):
        assert part in payment.text


async def test_the_same_confirmation_files_once(life: Life) -> None:
    await life.file()
    life.desk.restart()
    await life.desk.answering.answer_all(life.conversation)

    async with life.desk.store.read() as work:
        assert len(await work.paid_requests.of_conversation(life.conversation)) == 1


async def test_a_confirmation_counts_although_an_agent_has_come_meanwhile(life: Life) -> None:
    await life.desk.say(life.conversation, "pesan")
    turn_of = life.desk.brain.answer

    async def taken_over_meanwhile(**asked: str | None) -> object:
        turn = await turn_of(**asked)  # type: ignore[arg-type]
        await life.desk.handoffs.take_over(life.conversation, life.agent)
        return turn

    life.desk.brain.answer = taken_over_meanwhile  # type: ignore[method-assign, assignment]
    await life.desk.answering.answer_all(life.conversation)

    assert await life.state() is PaidState.REQUESTED
    assert await life.desk.bot_said(life.conversation) == []
    assert (await life.newest_card("filed")).sender is Sender.SYSTEM


async def test_pressing_twice_changes_nothing_twice(life: Life) -> None:
    await life.to(PaidState.QUOTED)
    accept = next(b.payload for b in (await life.newest_card("quote")).buttons if ":accept:" in b.payload)
    for _ in range(2):
        await life.desk.ask(life.conversation, accept)
        await life.desk.payments.sweep()

    assert await life.cards() == ["filed", "quote", "payment"]
    assert "menunggu pembayaran" in (await life.desk.log(life.conversation))[-1].text


async def test_a_title_typed_by_hand_is_a_button_even_later(life: Life) -> None:
    await life.to(PaidState.QUOTED)
    await life.desk.ask(life.conversation, "bentar ya mikir dulu")
    await life.desk.ask(life.conversation, "terima penawaran")

    assert await life.state() is PaidState.AWAITING_PAYMENT


async def test_a_question_before_deciding_asks_for_a_person_and_leaves_the_quote(life: Life) -> None:
    await life.to(PaidState.QUOTED)
    await life.press("#paid:ask")

    assert await life.desk.waiting() == [life.conversation]
    await life.press("#paid:accept")
    assert await life.state() is PaidState.AWAITING_PAYMENT


async def test_the_same_key_again_gives_the_same_and_changes_nothing(life: Life) -> None:
    request = await life.file()
    once = key()
    for _ in range(2):
        await life.quote(key=once)
    assert await life.cards() == ["filed", "quote"]
    await life.press("#paid:accept")
    await life.receive()
    again = key()
    for _ in range(2):
        await life.desk.board.start(request.id, life.agent, key=again)
        await life.desk.board.log_work(request.id, life.agent, text="Plugin dipasang", minutes=40, tell=True, key=again)
    assert await life.cards() == ["filed", "quote", "payment", "receipt", "progress", "progress"]
    assert len((await life.desk.board.detail(request.id)).work) == 1


async def test_customers_ask_how_far_it_is(life: Life) -> None:
    await life.desk.ask(life.conversation, "sampai mana")
    assert (await life.desk.log(life.conversation))[-1].text != ""
    assert await life.cards() == []

    other = Life(life.desk, await life.desk.opened(), life.agent, life.admin)
    await other.to(PaidState.QUOTED)
    await life.desk.ask(other.conversation, "sampai mana")
    said = (await life.desk.log(other.conversation))[-1]
    assert said.card is not None and said.card["kind"] == "status"
    for part in ((await other.request()).reference, "menunggu jawaban", "Rp249.750"):
        assert part in said.text


async def test_nobody_presses_cards_of_another_conversation(life: Life) -> None:
    await life.to(PaidState.QUOTED)
    request = await life.request()
    stranger = await life.desk.opened()
    await life.desk.ask(stranger, f"#paid:accept:{request.id}:1")

    assert await life.state() is PaidState.QUOTED
