"""The state machine of requests for paid support, without any store."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import HelpdeskError, OutOfFieldError, PaidStateError
from bot.helpdesk.paid.states import (
    TRANSITIONS,
    PaidActor,
    PaidCause,
    PaidChange,
    PaidEvent,
    PaidState,
    Standing,
    change,
)

S, E, A = PaidState, PaidEvent, PaidActor
BY = {
    E.QUOTE: A.STAFF,
    E.ACCEPT: A.CUSTOMER,
    E.BILL: A.SYSTEM,
    E.PAY: A.SYSTEM,
    E.START: A.STAFF,
    E.FINISH: A.STAFF,
    E.DECLINE: A.CUSTOMER,
    E.REJECT: A.STAFF,
    E.EXPIRE: A.SYSTEM,
    E.CANCEL: A.CUSTOMER,
    E.REFUND: A.STAFF,
}
steps = st.lists(st.tuples(st.sampled_from(E), st.sampled_from(A), st.integers(0, 3), st.booleans()), max_size=40)


def do(now: Standing, event: PaidEvent, actor: PaidActor | None = None, **facts: object) -> Standing:
    """The standing after an event, by whoever may cause it, with the facts that fit."""
    fitting: dict[PaidEvent, dict[str, object]] = {
        E.QUOTE: {"quote": now.quote + 1},
        E.ACCEPT: {"quote": now.quote},
        E.BILL: {"invoice": f"INV/{now.quote}"},
        E.PAY: {"invoice": now.invoice},
    }
    given_facts = {**fitting.get(event, {}), **facts}
    return change(now, event, PaidCause(actor or BY[event]), **given_facts).new  # type: ignore[arg-type]


def test_the_way_from_request_to_done() -> None:
    now = Standing()
    for event in (E.QUOTE, E.ACCEPT, E.BILL, E.PAY, E.START, E.FINISH):
        now = do(now, event)
    assert now == Standing(S.DONE, quote=1, invoice="INV/1", version=6)


@pytest.mark.parametrize("state", S)
@pytest.mark.parametrize("event", E)
def test_what_the_table_does_not_hold_is_refused(state: PaidState, event: PaidEvent) -> None:
    now = Standing(state, quote=1, invoice="INV/1")
    if (state, event) in TRANSITIONS:
        assert do(now, event).state is TRANSITIONS[state, event]
    else:
        with pytest.raises(PaidStateError):
            do(now, event)


@pytest.mark.parametrize("event", E)
@pytest.mark.parametrize("actor", A)
def test_customers_accept_and_staff_work(event: PaidEvent, actor: PaidActor) -> None:
    state = next(state for state, possible in TRANSITIONS if possible is event)
    allowed = {
        A.CUSTOMER: {E.ACCEPT, E.DECLINE, E.CANCEL},
        A.STAFF: {E.QUOTE, E.PAY, E.START, E.FINISH, E.REJECT, E.CANCEL, E.REFUND},
        A.SYSTEM: {E.QUOTE, E.BILL, E.PAY, E.EXPIRE},
    }
    now = Standing(state, quote=1, invoice="INV/1")
    if event in allowed[actor]:
        do(now, event, actor)
    else:
        with pytest.raises(PaidStateError):
            do(now, event, actor)


def test_an_older_quote_is_not_accepted_and_another_invoice_not_paid() -> None:
    quoted = do(do(Standing(), E.QUOTE), E.QUOTE)
    with pytest.raises(PaidStateError):
        do(quoted, E.ACCEPT, quote=1)
    due = do(do(quoted, E.ACCEPT), E.BILL)
    with pytest.raises(PaidStateError):
        do(due, E.PAY, invoice="INV/1")


def test_a_new_quote_forgets_the_invoice_of_the_old_one() -> None:
    now = Standing()
    for event in (E.QUOTE, E.ACCEPT, E.BILL, E.EXPIRE, E.QUOTE):
        now = do(now, event)
    assert now.invoice is None
    with pytest.raises(PaidStateError):
        do(do(now, E.EXPIRE), E.PAY, invoice="INV/1")


def test_what_is_out_of_the_field_stays_unquoted() -> None:
    rejected = do(Standing(), E.REJECT, out_of_field=True)
    with pytest.raises(OutOfFieldError):
        do(rejected, E.QUOTE)


@given(steps)
def test_no_path_pays_twice_or_skips_payment(path: list[tuple[PaidEvent, PaidActor, int, bool]]) -> None:
    now, made = Standing(), list[PaidChange]()
    for event, actor, number, out in path:
        facts = {"quote": number, "invoice": f"INV/{number}", "out_of_field": out}
        with suppress(HelpdeskError):
            made.append(change(now, event, PaidCause(actor), **facts))  # type: ignore[arg-type]
            now = made[-1].new
    assert [one.new.version for one in made] == list(range(1, len(made) + 1))
    events = [one.event for one in made]
    assert events.count(E.PAY) <= 1
    for late, early in (
        (E.ACCEPT, E.QUOTE),
        (E.BILL, E.ACCEPT),
        (E.PAY, E.BILL),
        (E.START, E.PAY),
        (E.FINISH, E.START),
    ):
        if late in events:
            assert early in events[: events.index(late)]
    out_at = next((n for n, one in enumerate(made) if one.new.out_of_field), len(made))
    assert not {E.QUOTE, E.ACCEPT, E.PAY} & set(events[out_at:])
