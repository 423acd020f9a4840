"""One reply to a message with two requests: one outcome, the clauses of both, a text in two numbered parts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.helpdesk.clarifying import HUMAN
from bot.helpdesk.conversation import Button, Outcome, Reply, Request

MAX_BUTTONS = 4
_LEAD = "Ada dua hal yang Kakak sampaikan, saya jawab satu per satu, ya."
# The outcome of the turn is the first of these that one of the requests has.
_WEIGHT = (Outcome.HANDOFF, Outcome.PAID_SUPPORT, Outcome.ANSWER, Outcome.REFUSE, Outcome.CLARIFY, Outcome.SMALLTALK)


@dataclass(frozen=True)
class Answered:
    """A request's intent, its title for the customer, and the reply it would get alone."""

    intent: str
    title: str
    reply: Reply


def combine(first: Answered, second: Answered) -> Reply:
    """The reply to both, given in the order of the message.

    Two of the same outcome of which one rests on no clause (refusals, requests for a person) are one matter: the reply
    with the clause stands for both.
    """
    both = (first, second)
    if first.reply.outcome is second.reply.outcome and not all(one.reply.clauses for one in both):
        stands = next((one for one in both if one.reply.clauses), first)
        return _with_requests(stands.reply, [stands])
    outcome = min((one.reply.outcome for one in both), key=_WEIGHT.index)
    text = "\n\n".join([_LEAD, *(f"{n}. {one.title}\n{one.reply.text}" for n, one in enumerate(both, start=1))])
    reply = Reply(text, outcome, _clauses(both, outcome), _buttons(both, outcome))
    return _with_requests(reply, both)


def _with_requests(reply: Reply, settled: Sequence[Answered]) -> Reply:
    requests = tuple(Request(one.intent, one.reply.outcome) for one in settled)
    return Reply(reply.text, reply.outcome, reply.clauses, reply.buttons, requests)


def _clauses(both: Sequence[Answered], outcome: Outcome) -> tuple[str, ...]:
    """Those of both, each once. The clause behind a refusal settles nothing of what was answered beside it."""
    counted = [one.reply for one in both if one.reply.outcome is not Outcome.REFUSE or outcome is Outcome.REFUSE]
    return tuple(dict.fromkeys(clause for reply in counted for clause in reply.clauses))


def _buttons(both: Sequence[Answered], outcome: Outcome) -> tuple[Button, ...]:
    """Those of both by turns, each once, without the topics that are answered here; staff last, unless called."""
    answered = {f"/{one.intent}" for one in both}
    longest = max(len(one.reply.buttons) for one in both)
    by_turns = [one.reply.buttons[n] for n in range(longest) for one in both if n < len(one.reply.buttons)]
    offered = _once(button for button in by_turns if button.payload not in answered)
    topics = [button for button in offered if button.payload != HUMAN.payload]
    staff = [button for button in offered if button.payload == HUMAN.payload and outcome is not Outcome.HANDOFF]
    return (*topics[: MAX_BUTTONS - len(staff)], *staff)


def _once(buttons: Iterable[Button]) -> list[Button]:
    return list({button.payload: button for button in reversed(list(buttons))}.values())[::-1]
