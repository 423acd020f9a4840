"""What is kept of the values that a message names, and which question that leaves open."""

from __future__ import annotations

from dataclasses import replace

from bot.helpdesk.paid.intake import Intake, Part, Problem, Question
from bot.helpdesk.paid.intake_heard import Heard, Step
from bot.helpdesk.paid.intake_reading import Found
from bot.helpdesk.paid.requests import PaidKind
from bot.text.short_answers import asks, corrects


def take_answer(intake: Intake, heard: Heard, found: Found) -> Step:
    """Nothing but values, or nothing that is understood."""
    taken = take(intake, found, heard.text)
    if not taken.noted and taken.problem is None:
        taken = replace(taken, problem=Problem.NOT_UNDERSTOOD)
    if taken.open and not taken.noted:
        return Step(taken.put(taken.open))
    return Step(taken.put_next())


def take(intake: Intake, found: Found, text: str) -> Intake:
    """With all that the message names, where it was asked for, is still missing or corrects what is known."""
    open_part = intake.open.part if intake.open else None
    taken = intake
    if found.target and _may_set_target(intake, found, text):
        if found.target != intake.target or open_part is Part.TARGET:
            taken = replace(taken.with_part(Part.TARGET, target=found.target), choices=())
    elif found.domains and (intake.target is None or open_part is Part.TARGET):
        taken = replace(taken, choices=found.domains[:4])
    if found.email and found.email != intake.email:
        taken = taken.with_part(Part.CONTACT, email=found.email)
    if found.phone and found.phone != intake.phone:
        taken = taken.with_part(Part.CONTACT, phone=found.phone)
    if found.urgency and found.urgency is not intake.urgency and not (intake.urgency and asks(text)):
        taken = taken.with_part(Part.URGENCY, urgency=found.urgency)
    if found.capacity_gb is not None and found.capacity_gb != intake.capacity_gb:
        taken = taken.with_part(Part.CAPACITY, capacity_gb=found.capacity_gb)
    problem = next(
        (problem for part, problem in found.problems if part not in taken.noted and _matters(taken, part)), None
    )
    return replace(taken, problem=problem)


def change(intake: Intake, parts: list[Part]) -> Intake:
    known = [part for part in parts if part is not Part.CAPACITY or intake.kind is PaidKind.MIGRATION]
    if not known:
        return intake.put(Question.WHICH_PART)
    part = known[0]
    return intake.put(Question(f"change_{part.value}" if is_given(intake, part) else part.value))


def is_given(intake: Intake, part: Part) -> bool:
    return {
        Part.NEED: intake.need is not None,
        Part.TARGET: intake.target is not None,
        Part.CAPACITY: intake.capacity_gb is not None,
        Part.URGENCY: intake.urgency is not None,
        Part.CONTACT: intake.email is not None or intake.phone is not None,
    }[part]


def _may_set_target(intake: Intake, found: Found, text: str) -> bool:
    """A service is taken where none is known; a domain name takes its place, unless it is only asked about."""
    is_open = intake.open is not None and intake.open.part is Part.TARGET
    return intake.target is None or is_open or (bool(found.domains) and (corrects(text) or not asks(text)))


def _matters(intake: Intake, part: Part) -> bool:
    return (intake.open is not None and intake.open.part is part) or not is_given(intake, part)
