"""What one message of the customer makes of an intake."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.helpdesk.catalogue import ServiceCatalogue
from bot.helpdesk.paid.intake import LONGEST_NEED, MOST_TURNS, End, Intake, Part, Problem, Question
from bot.helpdesk.paid.intake_reading import Found, named_parts, read
from bot.helpdesk.paid.requests import PaidKind
from bot.text.normalise import normalise
from bot.text.short_answers import adds, agrees, asks, cancels, corrects, disagrees, says_what, takes_back

# Buttons of the intake; they are intents without sentences (domain.yml).
FILE_ANYWAY = "ajukan_berbayar"
FILE_MIGRATION = "ajukan_migrasi"
FILE_REVISION = "ajukan_revisi"
AGREE = "setuju"
CHANGE = "ubah_permintaan"
CANCEL = "batal_permintaan"
CHOOSE = "pilih_jawaban"
STILL_IN_WARRANTY = "Masih bergaransi"
STARTS = {
    "dukungan_berbayar": PaidKind.EXTRA,
    FILE_ANYWAY: PaidKind.EXTRA,
    FILE_REVISION: PaidKind.REVISION,
    FILE_MIGRATION: PaidKind.MIGRATION,
}

# Below this the intent is a guess, and the open question says more about what was meant.
_SURE = 0.5
_NO_TOPIC = frozenset({"nlu_fallback", "tidak_jelas", "beri_rincian", *STARTS, AGREE, CHANGE, CANCEL, CHOOSE})
_INCLUDED = frozenset({"bantuan_layanan", "kasus_layanan"})
_REVISIONS = frozenset({"revisi_layanan", "revisi_ditolak"})
# What a need may be understood as; other topics are questions in between.
_WORK = frozenset({"dukungan_berbayar", "migrasi", *_REVISIONS, *_INCLUDED})
_OUTSIDE = {
    "di_luar_teknis": End.OUT_OF_FIELD,
    "batas_bantuan_teknis": End.OUT_OF_FIELD,
    "di_luar_topik": End.OFF_TOPIC,
}
_PRICE = re.compile(
    r"\b(?:harga|biaya|tarif|ongkos|bayar berapa|berapa (?:bayar|duit|rupiah|uang|kena)|kena berapa|budget|fee)\b"
)
# More words ask for the price of something else, such as a package.
_MOST_WORDS_ABOUT_PRICE = 7
_IN_WARRANTY = r"\b(?:masih|kan) (?:\w+ )?(?:dalam )?(?:masa )?(?:garansi|bergaransi)\b"


@dataclass(frozen=True)
class Heard:
    """A customer message: `pressed` where it is a button, whose `intent` is certain."""

    text: str
    intent: str
    confidence: float = 1.0
    pressed: bool = False

    def is_about(self, *intents: str) -> bool:
        """Whether it is understood as one of `intents`, and not as a guess."""
        return self.intent in intents and (self.pressed or self.confidence >= _SURE)


@dataclass(frozen=True)
class Step:
    """The intake after a message; `digress` where the message is about another topic, which is answered first."""

    intake: Intake
    digress: bool = False


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
    is_work = not heard.pressed or not (asks(source.text) or source.intent in _REVISIONS)
    if is_work and says_what(source.text):
        intake = replace(intake, need=source.text[:LONGEST_NEED])
    intake = _take(intake, read(source.text, intake, services), source.text)
    # Nothing was asked yet, so what cannot be used was no answer; of several domains one is meant all the same.
    problem = intake.problem if intake.problem is Problem.SEVERAL_DOMAINS else None
    return replace(intake, noted=(), problem=problem).put_next()


def hear(intake: Intake, heard: Heard, services: ServiceCatalogue) -> Step:
    """What `heard` changes, and the next question; a digression leaves the question to `Intake.come_back`."""
    intake = replace(intake, turns=intake.turns + 1, noted=(), problem=None, choices=intake.choices)
    if intake.turns > MOST_TURNS:
        return Step(intake.ended(End.GAVE_UP))
    found = Found() if heard.pressed and heard.intent != CHOOSE else read(heard.text, intake, services)
    for rule in _RULES:
        if step := rule(intake, heard, found):
            return step
    return _take_answer(intake, heard, found)


_Rule = Callable[[Intake, Heard, Found], "Step | None"]


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
        return Step(_change(intake, named_parts(heard.text)))
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
        return Step(_change(intake, parts))
    if (
        intake.open is Question.CONFIRM
        and disagrees(heard.text)
        and not asks(heard.text)
        and not says_what(heard.text, words=4)
    ):
        return Step(intake.put(Question.WHICH_PART))
    return None


def _named_without_value(intake: Intake, heard: Heard, found: Found) -> Step | None:
    """ "Nomornya salah": a part that was given is to be asked again."""
    if heard.pressed or asks(heard.text) or not corrects(heard.text):
        return None
    if found.domains and found == Found(target=intake.target, domains=found.domains):  # "bukan toko.com"
        return Step(_change(intake, [Part.TARGET]))
    if found.anything:
        return None
    given = [part for part in named_parts(heard.text) if _is_given(intake, part)]
    return Step(_change(intake, given)) if given and len(heard.text.split()) <= 6 else None


def _price(intake: Intake, heard: Heard, found: Found) -> Step | None:
    """What this work will cost; a price of the catalogue would be a wrong answer."""
    line = normalise(heard.text)
    if heard.pressed or not asks(heard.text) or len(line.split()) > _MOST_WORDS_ABOUT_PRICE or not _PRICE.search(line):
        return None
    taken = replace(_take(intake, found, heard.text), problem=Problem.PRICE_UNKNOWN)
    return Step(taken.put(taken.open) if taken.open and not taken.noted else taken.put_next())


def _need(intake: Intake, heard: Heard, found: Found) -> Step | None:
    """What is to be done, said as an answer, as a correction or on top."""
    if heard.pressed or not _is_need(intake, heard, found):
        return None
    if end := _outside(heard):
        return Step(intake.ended(end))
    if heard.is_about(*_INCLUDED) and not intake.insisted and intake.kind is PaidKind.EXTRA:
        return Step(replace(_take(intake, found, heard.text), need=heard.text[:LONGEST_NEED]).ended(End.INCLUDED))
    if len(heard.text) > LONGEST_NEED:
        return Step(replace(intake, problem=Problem.TOO_LONG).put_next())
    taken = _take(intake, found, heard.text).with_part(Part.NEED, need=heard.text, kind=_kind(intake, heard))
    return Step(taken.put_next())


def _is_need(intake: Intake, heard: Heard, found: Found) -> bool:
    asked = intake.open is not None and intake.open.part is Part.NEED
    if not asked:
        return heard.is_about(*_WORK, *_OUTSIDE) and takes_back(heard.text) and not found.anything
    is_topic = heard.intent not in _WORK and heard.intent not in _NO_TOPIC and heard.intent not in _OUTSIDE
    if is_topic and heard.is_about(heard.intent) and asks(heard.text):
        return False
    # One word may be enough ("SSL"), unless nothing was understood.
    if heard.intent not in ("nlu_fallback", "tidak_jelas"):
        return says_what(heard.text, words=1)
    return says_what(heard.text, words=3) and not asks(heard.text)


def _in_warranty(intake: Intake, heard: Heard, found: Found) -> Step | None:
    if intake.kind is PaidKind.REVISION and is_in_warranty(heard.text) and not intake.insisted and not asks(heard.text):
        return Step(_take(intake, found, heard.text).ended(End.WARRANTY))
    return None


def _more_need(intake: Intake, heard: Heard, found: Found) -> Step | None:
    """More work beside what was said: both are kept, word for word."""
    is_work = heard.is_about("dukungan_berbayar") and (adds(heard.text) or not found.anything)
    if not is_work or heard.pressed or intake.need is None or asks(heard.text) or not says_what(heard.text):
        return None
    need = f"{intake.need}\n{heard.text}"
    if len(need) > LONGEST_NEED:
        return Step(replace(intake, problem=Problem.TOO_LONG).put_next())
    taken = _take(intake, found, heard.text).with_part(Part.NEED, need=need)
    return Step(replace(taken, problem=None).put_next())


def _in_between(intake: Intake, heard: Heard, found: Found) -> Step | None:
    """Another topic: what the message names is kept, the topic is answered, then the intake goes on."""
    if heard.intent in _NO_TOPIC or heard.intent in STARTS or not heard.is_about(heard.intent):
        return None
    part = intake.open.part if intake.open else None
    # "Ga punya domain" answers the question for a domain, whatever topic it resembles.
    if not asks(heard.text) and (found.anything or part in named_parts(heard.text)):
        return None
    return Step(_take(intake, found, heard.text) if found.anything else intake, digress=True)


_RULES: tuple[_Rule, ...] = (
    _pressed,
    _called_off,
    _person,
    _confirmed,
    _named_without_value,
    _in_warranty,
    _price,
    _need,
    _more_need,
    _in_between,
)


def _take_answer(intake: Intake, heard: Heard, found: Found) -> Step:
    """Nothing but values, or nothing that is understood."""
    taken = _take(intake, found, heard.text)
    if not taken.noted and taken.problem is None:
        taken = replace(taken, problem=Problem.NOT_UNDERSTOOD)
    if taken.open and not taken.noted:
        return Step(taken.put(taken.open))
    return Step(taken.put_next())


def _take(intake: Intake, found: Found, text: str) -> Intake:
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


def _may_set_target(intake: Intake, found: Found, text: str) -> bool:
    """A service is taken where none is known; a domain name takes its place, unless it is only asked about."""
    is_open = intake.open is not None and intake.open.part is Part.TARGET
    return intake.target is None or is_open or (bool(found.domains) and (corrects(text) or not asks(text)))


def _matters(intake: Intake, part: Part) -> bool:
    return (intake.open is not None and intake.open.part is part) or not _is_given(intake, part)


def _is_given(intake: Intake, part: Part) -> bool:
    return {
        Part.NEED: intake.need is not None,
        Part.TARGET: intake.target is not None,
        Part.CAPACITY: intake.capacity_gb is not None,
        Part.URGENCY: intake.urgency is not None,
        Part.CONTACT: intake.email is not None or intake.phone is not None,
    }[part]


def _change(intake: Intake, parts: list[Part]) -> Intake:
    known = [part for part in parts if part is not Part.CAPACITY or intake.kind is PaidKind.MIGRATION]
    if not known:
        return intake.put(Question.WHICH_PART)
    part = known[0]
    return intake.put(Question(f"change_{part.value}" if _is_given(intake, part) else part.value))


def _outside(heard: Heard) -> End | None:
    """Work that is none of the company's business; a question about its limits is a question."""
    if not heard.is_about(*_OUTSIDE) or (heard.intent == "batas_bantuan_teknis" and asks(heard.text)):
        return None
    return _OUTSIDE[heard.intent]


def _kind(intake: Intake, heard: Heard) -> PaidKind:
    if intake.kind is PaidKind.EXTRA and heard.is_about("migrasi"):
        return PaidKind.MIGRATION
    if intake.kind is PaidKind.EXTRA and heard.is_about(*_REVISIONS):
        return PaidKind.REVISION
    return intake.kind


def is_in_warranty(text: str) -> bool:
    """Whether `text` says that the project's warranty is still running."""
    line = normalise(text)
    return bool(re.search(_IN_WARRANTY, line)) and not re.search(r"\b(?:tidak|bukan|habis|lewat|sudah)\b", line)
