r"""A request for paid support as a state machine.

```
requested --quote--> quoted --accept--> accepted --bill--> awaiting_payment --pay--> paid --start--> in_progress
    |                | |                                   |                                              | finish
    +- reject -------+-+- decline, reject --> declined     |  expire (also: quoted)                       v
    |                |                           | quote   +----------------------> expired               done
    +- cancel (up to awaiting_payment)           v                                  | quote --> quoted
             --> cancelled                    quoted                                | pay, late --> paid
paid, in_progress, done --refund--> refunded
```

A quote takes the place of an earlier one. Money that arrives for what is cancelled, or twice, changes no state: it is
kept as a surplus and given back.

Rules only: `bot.store` changes the state by compare-and-set on `Standing.version`, and keeps the key of each change,
so that a double click, a resend or a crash changes nothing twice.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from bot.errors import OutOfFieldError, PaidStateError


class PaidState(str, Enum):
    """Where a request is."""

    REQUESTED = "requested"
    QUOTED = "quoted"
    ACCEPTED = "accepted"
    AWAITING_PAYMENT = "awaiting_payment"
    PAID = "paid"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    DECLINED = "declined"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    REFUNDED = "refunded"

    @property
    def is_open(self) -> bool:
        """Whether something is still to happen."""
        return self in _OPEN

    @property
    def can_be_paid(self) -> bool:
        """Whether money for the invoice of the request is booked for it; also late."""
        return self in (PaidState.AWAITING_PAYMENT, PaidState.EXPIRED)

    @property
    def is_at_work(self) -> bool:
        """Whether work is written down: from the payment on, corrections after the end included."""
        return self in (PaidState.PAID, PaidState.IN_PROGRESS, PaidState.DONE)


_OPEN = frozenset(
    {
        PaidState.REQUESTED,
        PaidState.QUOTED,
        PaidState.ACCEPTED,
        PaidState.AWAITING_PAYMENT,
        PaidState.PAID,
        PaidState.IN_PROGRESS,
    }
)


class PaidEvent(str, Enum):
    """What moves a request from one state to another."""

    QUOTE = "quote"
    ACCEPT = "accept"
    BILL = "bill"
    PAY = "pay"
    START = "start"
    FINISH = "finish"
    DECLINE = "decline"
    REJECT = "reject"
    EXPIRE = "expire"
    CANCEL = "cancel"
    REFUND = "refund"


class PaidActor(str, Enum):
    """Who caused an event; the system is the sweep, the bot's own quote, or a payment that was reported to us."""

    CUSTOMER = "customer"
    STAFF = "staff"
    SYSTEM = "system"


_S, _E, _A = PaidState, PaidEvent, PaidActor
# (state, event) -> next state; what is missing here is refused.
TRANSITIONS: dict[tuple[PaidState, PaidEvent], PaidState] = {
    (_S.REQUESTED, _E.QUOTE): _S.QUOTED,
    # Another quote takes the place of the first one, or of one that has run out or was not wanted.
    (_S.QUOTED, _E.QUOTE): _S.QUOTED,
    (_S.EXPIRED, _E.QUOTE): _S.QUOTED,
    (_S.DECLINED, _E.QUOTE): _S.QUOTED,
    (_S.QUOTED, _E.ACCEPT): _S.ACCEPTED,
    (_S.ACCEPTED, _E.BILL): _S.AWAITING_PAYMENT,
    (_S.AWAITING_PAYMENT, _E.PAY): _S.PAID,
    # The money came after all: the work is owed.
    (_S.EXPIRED, _E.PAY): _S.PAID,
    (_S.PAID, _E.START): _S.IN_PROGRESS,
    (_S.IN_PROGRESS, _E.FINISH): _S.DONE,
    (_S.QUOTED, _E.DECLINE): _S.DECLINED,
    (_S.REQUESTED, _E.REJECT): _S.DECLINED,
    (_S.QUOTED, _E.REJECT): _S.DECLINED,
    (_S.QUOTED, _E.EXPIRE): _S.EXPIRED,
    (_S.AWAITING_PAYMENT, _E.EXPIRE): _S.EXPIRED,
    (_S.REQUESTED, _E.CANCEL): _S.CANCELLED,
    (_S.QUOTED, _E.CANCEL): _S.CANCELLED,
    (_S.ACCEPTED, _E.CANCEL): _S.CANCELLED,
    (_S.AWAITING_PAYMENT, _E.CANCEL): _S.CANCELLED,
    (_S.PAID, _E.REFUND): _S.REFUNDED,
    (_S.IN_PROGRESS, _E.REFUND): _S.REFUNDED,
    (_S.DONE, _E.REFUND): _S.REFUNDED,
}
_MAY: dict[PaidEvent, frozenset[PaidActor]] = {
    _E.QUOTE: frozenset({_A.STAFF, _A.SYSTEM}),
    _E.ACCEPT: frozenset({_A.CUSTOMER}),
    _E.BILL: frozenset({_A.SYSTEM}),
    _E.PAY: frozenset({_A.STAFF, _A.SYSTEM}),
    _E.START: frozenset({_A.STAFF}),
    _E.FINISH: frozenset({_A.STAFF}),
    _E.DECLINE: frozenset({_A.CUSTOMER}),
    _E.REJECT: frozenset({_A.STAFF}),
    _E.EXPIRE: frozenset({_A.SYSTEM}),
    _E.CANCEL: frozenset({_A.CUSTOMER, _A.STAFF}),
    _E.REFUND: frozenset({_A.STAFF}),
}


@dataclass(frozen=True)
class Standing:
    """Where a request is, and what that rests on. `version` rises by one with every change.

    `quote` numbers the quotes of a request from 1 (0: none yet); `invoice` is the number of the invoice for the current
    quote, once it is billed; `out_of_field` once staff found that it is none of the company's business (Hak 4).
    """

    state: PaidState = PaidState.REQUESTED
    quote: int = 0
    invoice: str | None = None
    out_of_field: bool = False
    version: int = 0


@dataclass(frozen=True)
class PaidCause:
    """Who did it, as which account, why, and the key under which it is done at most once."""

    actor: PaidActor
    staff_id: str | None = None
    reason: str | None = None
    key: str | None = None


@dataclass(frozen=True)
class PaidChange:
    """One change of a request, as it is kept for good."""

    event: PaidEvent
    old: Standing
    new: Standing
    cause: PaidCause


def change(  # noqa: PLR0913 - the facts that an event may bring
    now: Standing,
    event: PaidEvent,
    cause: PaidCause,
    *,
    quote: int | None = None,
    invoice: str | None = None,
    out_of_field: bool = False,
) -> PaidChange:
    """The change that `event` makes of `now`.

    A QUOTE brings the number of the new `quote`, one above the newest; ACCEPT names the quote that the customer saw;
    BILL brings the `invoice`; PAY names the invoice that was paid; REJECT may find the request to be `out_of_field`.

    Raises PaidStateError where the event does not fit the state, the quote is an older one or the invoice another one,
    and OutOfFieldError for a quote of what is none of the company's business.
    """
    if cause.actor not in _MAY[event]:
        raise PaidStateError(f"{event.value} is not for the {cause.actor.value}", state=now.state.value)
    if event is PaidEvent.QUOTE and now.out_of_field:
        raise OutOfFieldError("out of the company's field")
    new_state = TRANSITIONS.get((now.state, event))
    if new_state is None:
        raise PaidStateError(f"{event.value} in state {now.state.value}", state=now.state.value)
    new = replace(now, state=new_state, version=now.version + 1)
    if event is PaidEvent.QUOTE:
        if quote != now.quote + 1:
            raise PaidStateError("another quote was made meanwhile", state=now.state.value)
        new = replace(new, quote=now.quote + 1, invoice=None)
    elif event is PaidEvent.ACCEPT and quote != now.quote:
        raise PaidStateError("a newer quote has taken its place", state=now.state.value)
    elif event is PaidEvent.BILL:
        if not invoice:
            raise ValueError("bill needs an invoice")
        new = replace(new, invoice=invoice)
    elif event is PaidEvent.PAY and (now.invoice is None or invoice != now.invoice):
        raise PaidStateError("it is not this invoice that is due", state=now.state.value)
    elif event is PaidEvent.REJECT and out_of_field:
        new = replace(new, out_of_field=True)
    return PaidChange(event, now, new, cause)
