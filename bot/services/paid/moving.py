"""Moves a request for paid support from one state to another: the only way to change it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.errors import NotFoundError, PaidStateError
from bot.helpdesk.paid.requests import PaidRequest
from bot.helpdesk.paid.states import PaidCause, PaidChange, PaidEvent, change
from bot.services.ports import UnitOfWork

# Each try sees a newer state, and nobody is so quick so often.
_TRIES = 20


@dataclass(frozen=True)
class Moved:
    """The change, and whether it is a new one: under a key that was used before it is the earlier change."""

    change: PaidChange
    fresh: bool


async def move_request(  # noqa: PLR0913 - what a change of a request is made of
    work: UnitOfWork,
    request_id: str,
    event: PaidEvent,
    cause: PaidCause,
    at: datetime,
    *,
    expires_at: datetime | None = None,
    quote: int | None = None,
    invoice: str | None = None,
    out_of_field: bool = False,
) -> Moved:
    """Change the request by compare-and-set, within the transaction of `work`; under its key at most once.

    Raises NotFoundError, PaidStateError or OutOfFieldError, as of the newest state.
    """
    for _ in range(_TRIES):
        if cause.key is not None:
            earlier = await work.paid_requests.done_under(request_id, cause.key)
            if earlier is not None:
                return Moved(earlier, fresh=False)
        now = await work.paid_requests.standing(request_id)
        if now is None:
            raise NotFoundError("no such request")
        made = change(now, event, cause, quote=quote, invoice=invoice, out_of_field=out_of_field)
        if await work.paid_requests.apply(request_id, made, at, expires_at=expires_at):
            return Moved(made, fresh=True)
    raise PaidStateError("the request changes all the time")


async def the_request(work: UnitOfWork, request_id: str) -> PaidRequest:
    """The request as it is now, nobody else changing it until the transaction ends. Raises NotFoundError."""
    found = await work.paid_requests.get(request_id)
    if found is None:
        raise NotFoundError("no such request")
    await work.paid_requests.lock(found.conversation_id)
    return await again(work, request_id)


async def again(work: UnitOfWork, request_id: str) -> PaidRequest:
    """The request after a change. Raises NotFoundError."""
    found = await work.paid_requests.get(request_id)
    if found is None:
        raise NotFoundError("no such request")
    return found
