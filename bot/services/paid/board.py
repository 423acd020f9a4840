"""What staff do with requests for paid support."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.errors import NotFoundError, PaidStateError, PaidSupportError
from bot.helpdesk.message_text import checked_client_message_id
from bot.helpdesk.paid import cards
from bot.helpdesk.paid.billing import Work
from bot.helpdesk.paid.cards import CardMessage
from bot.helpdesk.paid.quotes import checked_lines, checked_note, checked_words
from bot.helpdesk.paid.requests import PaidRequest
from bot.helpdesk.paid.states import PaidEvent
from bot.helpdesk.staff import Permission, Staff
from bot.services.paid.board_steps import BoardSteps, PaidDetail, cause_of
from bot.services.paid.moving import again, move_request
from bot.services.paid.quoting import issue_quote, make_quote
from bot.services.paid.terms import PaidTerms
from bot.services.ports import Clock, Notifier, Store, UnitOfWork

_LONGEST_REPORT = 1000
_MOST_MINUTES = 100_000
_MOST_DAYS = 365
REJECTIONS = {
    "out_of_field": (
        "Mohon maaf, Kak, permintaan {reference} ada di luar bidang layanan kami, jadi tidak bisa kami kerjakan "
        "(Hak 4). Bantuan kami terbatas pada layanan yang ada di website kami."
    ),
    "included": (
        "Kabar baik, Kak: permintaan {reference} masih termasuk layanan yang Kakak beli (Kewajiban 4), jadi tidak ada "
        "biaya. Staf kami membantu Kakak di chat ini."
    ),
    "not_possible": "Mohon maaf, Kak, permintaan {reference} belum bisa kami kerjakan.",
    "other": "Mohon maaf, Kak, permintaan {reference} tidak kami lanjutkan.",
}
# These say nothing by themselves.
_NEED_A_NOTE = ("not_possible", "other")


class PaidBoard(BoardSteps):
    """Changes of requests by staff. Each carries a key and is done at most once under it.

    All raise NotFoundError for an unknown request, PaidStateError where the state does not allow it, and
    PaidSupportError (naming the `field`) for what cannot be used; nothing is changed then.
    """

    def __init__(self, store: Store, clock: Clock, notifier: Notifier, terms: PaidTerms) -> None:
        super().__init__(store, clock, notifier)
        self._terms = terms

    async def quote(  # noqa: PLR0913 - what a quote is made of
        self, request_id: str, staff: Staff, *, lines: object, note: object, valid_days: object, key: object
    ) -> PaidDetail:
        """Make a quote; the customer gets it at once, or after approval where that is asked for.

        Raises OutOfFieldError for what was found to be none of the company's business.
        """
        items, cause = checked_lines(lines), cause_of(staff, key)
        text, days = checked_note(note), _days(valid_days, self._terms.quote_days)
        approved = staff.may(Permission.ADMINISTER)

        async def step(work: UnitOfWork, request: PaidRequest, now: datetime) -> Sequence[CardMessage]:
            if cause.key is not None and await work.quotes.made_under(request_id, cause.key):
                return []
            until = now + timedelta(days=days)
            card = await make_quote(
                work, request, self._terms, cause, now, lines=items, valid_until=until, note=text, approved=approved
            )
            return [card] if card else []

        return await self.run(request_id, staff, step)

    async def approve(self, request_id: str, number: int, staff: Staff, *, key: object) -> PaidDetail:
        """Let a quote above the limit go out; whoever calls this may (`administer`)."""
        cause = cause_of(staff, key)

        async def step(work: UnitOfWork, request: PaidRequest, now: datetime) -> Sequence[CardMessage]:
            offer = await work.quotes.get(request_id, number)
            if offer is None:
                raise NotFoundError("no such quote")
            if offer.issued_at is not None:
                return []
            if offer.valid_until <= now:
                raise PaidStateError("the quote has run out", state=request.standing.state.value)
            card = await issue_quote(work, request, offer, self._terms, cause, now)
            return [card] if card else []

        return await self.run(request_id, staff, step)

    async def reject(self, request_id: str, staff: Staff, *, reason: object, note: object, key: object) -> PaidDetail:
        """Say no, with the reason; what is out of the company's field is never quoted afterwards (Hak 4)."""
        if not isinstance(reason, str) or reason not in REJECTIONS:
            raise PaidSupportError("no such reason", field="reason")
        text, out = checked_note(note), reason == "out_of_field"
        if text is None and reason in _NEED_A_NOTE:
            raise PaidSupportError("this reason needs a note", field="note")
        cause = cause_of(staff, key, reason=f"{reason}: {text}" if text else reason)

        async def step(work: UnitOfWork, request: PaidRequest, now: datetime) -> Sequence[CardMessage]:
            moved = await move_request(work, request_id, PaidEvent.REJECT, cause, now, out_of_field=out)
            said = " ".join(filter(None, (REJECTIONS[str(reason)].format(reference=request.reference), text)))
            return [cards.closed(await again(work, request_id), said)] if moved.fresh else []

        return await self.run(request_id, staff, step)

    async def cancel(self, request_id: str, staff: Staff, *, note: object, key: object) -> PaidDetail:
        """Call it off, before it is paid."""
        text = checked_note(note)
        cause = cause_of(staff, key, reason=text)

        async def step(work: UnitOfWork, request: PaidRequest, now: datetime) -> Sequence[CardMessage]:
            moved = await move_request(work, request_id, PaidEvent.CANCEL, cause, now)
            said = f"Permintaan {request.reference} dibatalkan oleh staf kami. {text or ''}".rstrip()
            return [cards.closed(await again(work, request_id), said)] if moved.fresh else []

        return await self.run(request_id, staff, step)

    async def start(self, request_id: str, staff: Staff, *, key: object) -> PaidDetail:
        """Begin to work."""
        cause = cause_of(staff, key)

        async def step(work: UnitOfWork, request: PaidRequest, now: datetime) -> Sequence[CardMessage]:
            moved = await move_request(work, request_id, PaidEvent.START, cause, now)
            text = f"{staff.display_name} mulai mengerjakannya."
            return [cards.progress(request, text)] if moved.fresh else []

        return await self.run(request_id, staff, step)

    async def log_work(  # noqa: PLR0913 - what is written down
        self, request_id: str, staff: Staff, *, text: object, minutes: object, tell: object, key: object
    ) -> PaidDetail:
        """Write down what was done; with `tell` the customer reads it as well."""
        done = checked_words(text, field="text", longest=_LONGEST_REPORT)
        spent, once = _minutes(minutes), checked_client_message_id(key)

        async def step(work: UnitOfWork, request: PaidRequest, now: datetime) -> Sequence[CardMessage]:
            if not request.standing.state.is_at_work:
                raise PaidStateError("there is no work on it", state=request.standing.state.value)
            fresh = await work.paid_requests.add_work(Work(request_id, now, staff.id, done, spent, once))
            return [cards.progress(request, done)] if fresh and tell is True else []

        return await self.run(request_id, staff, step)

    async def finish(self, request_id: str, staff: Staff, *, note: object, key: object) -> PaidDetail:
        """The work is done; the customer is asked how it was."""
        text, cause = checked_note(note), cause_of(staff, key)

        async def step(work: UnitOfWork, request: PaidRequest, now: datetime) -> Sequence[CardMessage]:
            moved = await move_request(work, request_id, PaidEvent.FINISH, cause, now)
            return [cards.done(await again(work, request_id), text)] if moved.fresh else []

        return await self.run(request_id, staff, step)


def _days(value: object, default: int) -> int:
    if value is None:
        return default
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= _MOST_DAYS:
        raise PaidSupportError("valid_days is no number of days", field="valid_days")
    return value


def _minutes(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _MOST_MINUTES:
        raise PaidSupportError("minutes is no number of minutes", field="minutes")
    return value
