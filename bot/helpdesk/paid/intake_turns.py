"""What one message of the customer makes of an intake: the first of these rules that fits says it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from bot.helpdesk.catalogue import ServiceCatalogue
from bot.helpdesk.paid.intake import LONGEST_NEED, MOST_TURNS, End, Intake, Part, Problem, Question
from bot.helpdesk.paid.intake_heard import AGREE, CANCEL, CHANGE, CHOOSE, FILE_ANYWAY, STARTS, Heard, Step
from bot.helpdesk.paid.intake_need import NO_TOPIC, REVISIONS, in_warranty, more_need, need
from bot.helpdesk.paid.intake_reading import Found, named_parts, read
from bot.helpdesk.paid.intake_taking import change, is_given, take, take_answer
from bot.helpdesk.paid.requests import PaidKind
from bot.text.normalise import normalise
from bot.text.short_answers import agrees, asks, cancels, corrects, disagrees, says_what

_PRICE = re.compile(
    r"\b(?:harga|biaya|tarif|ongkos|bayar berapa|berapa (?:bayar|duit|rupiah|uang|kena)|kena berapa|budget|fee)\b"
)
# More words ask for the price of something else, such as a package.
_MOST_WORDS_ABOUT_PRICE = 7
_Rule = Callable[[Intake, Heard, Found], "Step | None"]


def begin(
    heard: Heard,
    services: ServiceCatalogue,
    *,
    earlier: Heard | None = None,
    before: Intake | None = None,
    is_explained: bool = False,
) -> Intake:
    """An intake with everything that the first message says, and its first question.

    Where it begins with a button, `earlier` is the message that the button was offered for. `before` is what is left
    of the intake before this one: what was found to be included may be filed all the same. `is_explained`: the
    customer has just read that this is paid help.
    """
    if heard.is_about(FILE_ANYWAY) and before and before.end in (End.INCLUDED, End.WARRANTY):
        again = replace(before, end=None, open=None, asked={}, turns=0, insisted=True, noted=(), problem=None)
        return again.put_next()
    source = earlier if heard.pressed else heard
    intake = Intake(kind=STARTS.get(heard.intent, PaidKind.EXTRA), turns=2 if is_explained else 1)
    if source is None:
        return intake.put_next()
    # What was said of a refused revision is a complaint, and a question is no work.
    is_work = not heard.pressed or not (asks(source.text) or source.intent in REVISIONS)
    if is_work and says_what(source.text) and len(source.text) <= LONGEST_NEED:
        intake = replace(intake, need=source.text)
    intake = take(intake, read(source.text, intake, services), source.text)
    # Nothing was asked yet, so what cannot be used was no answer; of several domains one is meant all the same.
    problem = intake.problem if intake.problem is Problem.SEVERAL_DOMAINS else None
    return replace(intake, noted=(), problem=problem).put_next()


def hear(intake: Intake, heard: Heard, services: ServiceCatalogue) -> Step:
    """What `heard` changes, and the next question; a digression leaves the question to `Intake.come_back`."""
    intake = replace(intake, turns=intake.turns + 1, noted=(), problem=None)
    if intake.turns > MOST_TURNS:
        return Step(intake.ended(End.GAVE_UP))
    found = Found() if heard.pressed and heard.intent != CHOOSE else read(heard.text, intake, services)
    for rule in _RULES:
        if step := rule(intake, heard, found):
            return step
    return take_answer(intake, heard, found)


def _pressed(intake: Intake, heard: Heard, _: Found) -> Step | None:
    """A button of the intake, whenever it was offered."""
    if not heard.pressed or heard.intent == CHOOSE:
        return None
    if heard.intent == CANCEL:
        return Step(intake.ended(End.CANCELLED))
    if heard.intent == AGREE:
        agreed = intake.open is Question.CONFIRM and intake.order is not None
        return Step(intake.ended(End.FILED) if agreed else intake.put_next())
    if heard.intent == CHANGE:
        return Step(change(intake, named_parts(heard.text)))
    if heard.intent in STARTS:
        kind = STARTS[heard.intent]
        return Step((replace(intake, kind=kind) if kind is not PaidKind.EXTRA else intake).put_next())
    return None


def _called_off(intake: Intake, heard: Heard, found: Found) -> Step | None:
    if found.anything or heard.pressed:
        return None
    if cancels(heard.text) or heard.is_about("pamit"):
        return Step(intake.ended(End.CANCELLED))
    return None


def _person(intake: Intake, heard: Heard, found: Found) -> Step | None:
    """Someone who gives a number to be called at answers a question, and wants nobody in the chat."""
    if found.anything and not heard.pressed:
        return None
    if heard.is_about("minta_manusia"):
        return Step(intake.ended(End.PERSON))
    return Step(intake.ended(End.UPSET)) if heard.is_about("keluhan_marah") else None


def _confirmed(intake: Intake, heard: Heard, found: Found) -> Step | None:
    """The answer to the summary."""
    if intake.open not in (Question.CONFIRM, Question.WHICH_PART) or found.anything:
        return None
    if agrees(heard.text) and intake.open is Question.CONFIRM and intake.order is not None:
        return Step(intake.ended(End.FILED))
    parts = named_parts(heard.text)
    if parts and (intake.open is Question.WHICH_PART or corrects(heard.text)) and not asks(heard.text):
        return Step(change(intake, parts))
    is_no = disagrees(heard.text) and not asks(heard.text) and not says_what(heard.text, words=4)
    return Step(intake.put(Question.WHICH_PART)) if is_no and intake.open is Question.CONFIRM else None


def _named_without_value(intake: Intake, heard: Heard, found: Found) -> Step | None:
    """A part that was given is to be asked again: "nomornya salah"."""
    if heard.pressed or asks(heard.text) or not corrects(heard.text):
        return None
    if found.domains and found == Found(target=intake.target, domains=found.domains):  # "bukan toko.com"
        return Step(change(intake, [Part.TARGET]))
    if found.anything:
        return None
    given = [part for part in named_parts(heard.text) if is_given(intake, part)]
    return Step(change(intake, given)) if given and len(heard.text.split()) <= 6 else None


def _price(intake: Intake, heard: Heard, found: Found) -> Step | None:
    """What this work will cost; a price of the catalogue would be a wrong answer."""
    line = normalise(heard.text)
    if heard.pressed or not asks(heard.text) or len(line.split()) > _MOST_WORDS_ABOUT_PRICE or not _PRICE.search(line):
        return None
    taken = replace(take(intake, found, heard.text), problem=Problem.PRICE_UNKNOWN)
    return Step(taken.put(taken.open) if taken.open and not taken.noted else taken.put_next())


def _in_between(intake: Intake, heard: Heard, found: Found) -> Step | None:
    """Another topic: what the message names is kept, the topic is answered, then the intake goes on."""
    if heard.intent in NO_TOPIC or heard.intent in STARTS or not heard.is_about(heard.intent):
        return None
    part = intake.open.part if intake.open else None
    # "Ga punya domain" answers the question for a domain, whatever topic it resembles.
    if not asks(heard.text) and (found.anything or part in named_parts(heard.text)):
        return None
    return Step(take(intake, found, heard.text) if found.anything else intake, digress=True)


_RULES: tuple[_Rule, ...] = (
    _pressed,
    _called_off,
    _person,
    _confirmed,
    _named_without_value,
    in_warranty,
    _price,
    need,
    more_need,
    _in_between,
)
