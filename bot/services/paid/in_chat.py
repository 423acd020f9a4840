"""What customers do with requests in the chat: file, accept, decline, cancel, choose how to pay, rate, ask.

Everything happens in the transaction that stores the bot's reply, so that it is done exactly once.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.errors import PaidStateError, PaidSupportError
from bot.helpdesk.choices import Choice
from bot.helpdesk.conversation import Outcome, Reply
from bot.helpdesk.paid import cards
from bot.helpdesk.paid import chat_texts as say
from bot.helpdesk.paid.cards import CardMessage
from bot.helpdesk.paid.effects import Effect, FileRequest
from bot.helpdesk.paid.requests import PaidRequest, new_reference
from bot.helpdesk.paid.states import PaidActor, PaidCause, PaidEvent, PaidState
from bot.services.paid.billing import Methods, begin_payment, bill, ways_to_pay
from bot.services.paid.moving import again, move_request
from bot.services.paid.quoting import make_quote
from bot.services.paid.terms import PaidTerms
from bot.services.ports import Clock, UnitOfWork

_MOST_OPEN = 10
_PAID = ("paid", "paid-rating")
_CUSTOMER = PaidActor.CUSTOMER


@dataclass
class Done:
    """What the bot says, what is shown beside whoever has the conversation, and which requests have changed."""

    replies: tuple[Reply, ...] = ()
    cards: list[CardMessage] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)


def is_about_paid_support(choice: Choice) -> bool:
    """Whether `PaidSupportInChat.choose` carries it out."""
    return choice.about in _PAID


class PaidSupportInChat:
    """Carries out effects of the bot's replies, and choices on cards. `opened` is called with payments to be opened."""

    def __init__(self, clock: Clock, methods: Methods, terms: PaidTerms, *, opened: Callable[[], None]) -> None:
        self._clock = clock
        self._methods = methods
        self._terms = terms
        self.opened = opened

    async def carry_out(self, work: UnitOfWork, conversation_id: str, seq: int, reply: Reply, effect: Effect) -> Done:
        """What `effect` of `reply` makes happen; the customer message `seq` makes at most one request."""
        if isinstance(effect, FileRequest):
            return await self._file(work, conversation_id, seq, effect)
        return await self._tell(work, conversation_id, reply)

    async def choose(self, work: UnitOfWork, conversation_id: str, choice: Choice) -> Done:
        """Do what a button of a card says; what is no longer possible changes nothing and is answered all the same."""
        action, _, rest = choice.value.partition(":")
        if choice.about == "paid-rating":
            action, rest = "rate", f"{rest}:{action}"
        request_id, _, detail = rest.partition(":")
        request = await work.paid_requests.get(request_id)
        if request is None or request.conversation_id != conversation_id:
            return Done((say.UNKNOWN,))
        steps = {
            "accept": self._accept,
            "decline": self._decline,
            "cancel": self._cancel,
            "pay": self._pay,
            "ask": self._ask,
            "rate": self._rate,
        }
        step = steps.get(action)
        if step is None:
            return Done((say.UNKNOWN,))
        if self._has_run_out(request):
            return await self._expire(work, request)
        try:
            return await step(work, request, detail)
        except PaidStateError:
            return Done((say.not_now(await again(work, request.id)),))

    async def _file(self, work: UnitOfWork, conversation_id: str, seq: int, effect: FileRequest) -> Done:
        earlier = await work.paid_requests.filed_by(conversation_id, seq)
        if earlier is not None:
            return Done((_reply(cards.filed(earlier), earlier),))
        order, now = effect.order, self._clock.now()
        if self._terms.is_free(order) and order.capacity_gb is not None:
            return Done((say.free_migration(order.capacity_gb, self._terms.migration_free_gb),))
        others = await work.paid_requests.of_conversation(conversation_id)
        if sum(other.standing.state.is_open for other in others) >= _MOST_OPEN:
            return Done((say.TOO_MANY,))
        request = PaidRequest(
            id=str(uuid.uuid4()),
            reference=new_reference(),
            conversation_id=conversation_id,
            seq=seq,
            order=order,
            created_at=now,
            updated_at=now,
        )
        await work.paid_requests.add(request)
        done = Done((_reply(cards.filed(request), request),), changed=[request.id])
        if lines := self._terms.computed_lines(order):
            offer = await make_quote(
                work,
                request,
                self._terms,
                PaidCause(PaidActor.SYSTEM, key="computed"),
                now,
                lines=lines,
                valid_until=now + self._terms.quote_life,
                approved=False,
            )
            done.cards += [offer] if offer else []
        return done

    async def _tell(self, work: UnitOfWork, conversation_id: str, reply: Reply) -> Done:
        requests = await work.paid_requests.of_conversation(conversation_id)
        shown = [r for r in requests if r.standing.state.is_open] or requests[-1:]
        if not shown:
            return Done((reply,))
        rows = []
        for request in shown:
            offer = await work.quotes.get(request.id, request.standing.quote)
            rows.append((request, offer.total if offer else None))
        return Done((_reply(cards.status(rows, self._terms.zone), shown[-1]),))

    async def _accept(self, work: UnitOfWork, request: PaidRequest, detail: str) -> Done:
        number, now = _number(detail), self._clock.now()
        if number != request.standing.quote and request.standing.state is PaidState.QUOTED:
            return Done((say.newer_quote(request),))
        cause = PaidCause(_CUSTOMER, key=f"accept:{number}")
        moved = await move_request(work, request.id, PaidEvent.ACCEPT, cause, now, quote=number)
        offer = await work.quotes.get(request.id, moved.change.new.quote)
        if not moved.fresh or offer is None:
            return Done((say.not_now(await again(work, request.id)),))
        invoice = await bill(work, await again(work, request.id), offer.total, self._terms, now)
        billed = await again(work, request.id)
        choice = await ways_to_pay(work, billed, invoice, self._methods, self._terms, now)
        return Done((say.accepted(request),), [choice] if choice else [], [request.id])

    async def _decline(self, work: UnitOfWork, request: PaidRequest, detail: str) -> Done:
        number = _number(detail)
        if number != request.standing.quote and request.standing.state is PaidState.QUOTED:
            return Done((say.newer_quote(request),))
        cause = PaidCause(_CUSTOMER, key=f"decline:{number}")
        moved = await move_request(work, request.id, PaidEvent.DECLINE, cause, self._clock.now())
        return await self._ended(work, request, fresh=moved.fresh, reply=say.declined(request))

    async def _cancel(self, work: UnitOfWork, request: PaidRequest, _: str) -> Done:
        cause = PaidCause(_CUSTOMER, key="cancel")
        moved = await move_request(work, request.id, PaidEvent.CANCEL, cause, self._clock.now())
        return await self._ended(work, request, fresh=moved.fresh, reply=say.cancelled(request))

    async def _ended(self, work: UnitOfWork, request: PaidRequest, *, fresh: bool, reply: Reply) -> Done:
        now = await again(work, request.id)
        if not fresh:
            return Done((say.not_now(now),))
        # The card takes the place of the reply's text: the buttons of the cards before it are gone with it.
        return Done((_reply(cards.closed(now, reply.text), now),), changed=[request.id])

    async def _pay(self, work: UnitOfWork, request: PaidRequest, name: str) -> Done:
        method, number = self._methods.get(name), request.standing.invoice
        if request.standing.state is not PaidState.AWAITING_PAYMENT or number is None:
            return Done((say.not_now(request),))
        invoice = await work.billing.invoice(number)
        if method is None or invoice is None:
            return Done((say.no_such_way(),))
        try:
            payment = await begin_payment(work, request, invoice, method, self._clock.now())
        except PaidSupportError:
            return Done((say.no_such_way(),))
        if payment.instructions is not None:  # chosen again: the same instructions once more
            others = sorted(set(self._methods) - {name})
            return Done((say.paying(request, name),), [cards.payment(request, payment, others, self._terms.zone)])
        return Done((say.paying(request, name),), changed=[request.id])

    async def _ask(self, _: UnitOfWork, request: PaidRequest, __: str) -> Done:
        return Done((say.asking(request),))

    async def _rate(self, work: UnitOfWork, request: PaidRequest, detail: str) -> Done:
        if request.standing.state is PaidState.DONE and detail in {"1", "2", "3", "4", "5"}:
            await work.paid_requests.rate(request.id, int(detail))
        return Done((say.RATED,), changed=[request.id])

    def _has_run_out(self, request: PaidRequest) -> bool:
        """A quote whose time is over, though the sweep has not come by yet."""
        until = request.expires_at
        return request.standing.state is PaidState.QUOTED and until is not None and until <= self._clock.now()

    async def _expire(self, work: UnitOfWork, request: PaidRequest) -> Done:
        now = self._clock.now()
        cause = PaidCause(PaidActor.SYSTEM, key=f"expire:{request.standing.version}")
        await move_request(work, request.id, PaidEvent.EXPIRE, cause, now)
        expired = await again(work, request.id)
        return Done((_reply(cards.closed(expired, expired_text(expired)), expired),), changed=[request.id])


def expired_text(request: PaidRequest) -> str:
    """What the customer reads when a quote or an invoice has run out."""
    what = "tagihan" if request.standing.invoice else "penawaran"
    return (
        f"Masa berlaku {what} {request.reference} sudah habis, jadi permintaannya kami tutup. Kalau masih diperlukan, "
        "minta staf kami mengirim penawaran baru, Kak."
    )


def _reply(card: CardMessage, request: PaidRequest) -> Reply:
    clauses = (request.order.kind.clause,)
    return Reply(card.text, Outcome.PAID_SUPPORT, clauses, card.buttons, card=card.card)


def _number(detail: str) -> int:
    return int(detail) if detail.isascii() and detail.isdigit() and len(detail) < 6 else -1
