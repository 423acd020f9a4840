"""What is to be done: said as an answer, as a correction or on top, and whether it is work for money at all."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.helpdesk.paid.intake import LONGEST_NEED, End, Intake, Part, Problem
from bot.helpdesk.paid.intake_heard import AGREE, CANCEL, CHANGE, CHOOSE, STARTS, Heard, Step
from bot.helpdesk.paid.intake_reading import Found
from bot.helpdesk.paid.intake_taking import take
from bot.helpdesk.paid.requests import PaidKind
from bot.text.normalise import normalise
from bot.text.short_answers import adds, asks, says_what, takes_back

NO_TOPIC = frozenset({"nlu_fallback", "tidak_jelas", "beri_rincian", *STARTS, AGREE, CHANGE, CANCEL, CHOOSE})
_INCLUDED = frozenset({"bantuan_layanan", "kasus_layanan"})
REVISIONS = frozenset({"revisi_layanan", "revisi_ditolak"})
# What a need may be understood as; other topics are questions in between.
_WORK = frozenset({"dukungan_berbayar", "migrasi", *REVISIONS, *_INCLUDED})
_OUTSIDE = {
    "di_luar_teknis": End.OUT_OF_FIELD,
    "batas_bantuan_teknis": End.OUT_OF_FIELD,
    "di_luar_topik": End.OFF_TOPIC,
}
_IN_WARRANTY = r"\b(?:masih|kan) (?:\w+ )?(?:dalam )?(?:masa )?(?:garansi|bergaransi)\b"


def in_warranty(intake: Intake, heard: Heard, found: Found) -> Step | None:
    """A revision that is owed (Kewajiban 9), unless it is wanted for money all the same."""
    may_be_owed = intake.kind is PaidKind.REVISION and not intake.insisted
    if may_be_owed and _says_in_warranty(heard.text) and not asks(heard.text):
        return Step(take(intake, found, heard.text).ended(End.WARRANTY))
    return None


def need(intake: Intake, heard: Heard, found: Found) -> Step | None:
    """What is to be done, said as an answer, as a correction or on top."""
    if heard.pressed or not _is_need(intake, heard, found):
        return None
    if end := _outside(heard):
        return Step(intake.ended(end))
    if len(heard.text) > LONGEST_NEED:
        return Step(replace(intake, problem=Problem.TOO_LONG).put_next())
    if heard.is_about(*_INCLUDED) and not intake.insisted and intake.kind is PaidKind.EXTRA:
        return Step(replace(take(intake, found, heard.text), need=heard.text).ended(End.INCLUDED))
    taken = take(intake, found, heard.text).with_part(Part.NEED, need=heard.text, kind=_kind(intake, heard))
    return Step(taken.put_next())


def more_need(intake: Intake, heard: Heard, found: Found) -> Step | None:
    """More work beside what was said: both are kept, word for word."""
    is_work = heard.is_about("dukungan_berbayar") and (adds(heard.text) or not found.anything)
    if not is_work or heard.pressed or intake.need is None or asks(heard.text) or not says_what(heard.text):
        return None
    both = f"{intake.need}\n{heard.text}"
    if len(both) > LONGEST_NEED:
        return Step(replace(intake, problem=Problem.TOO_LONG).put_next())
    taken = take(intake, found, heard.text).with_part(Part.NEED, need=both)
    return Step(replace(taken, problem=None).put_next())


def _is_need(intake: Intake, heard: Heard, found: Found) -> bool:
    asked = intake.open is not None and intake.open.part is Part.NEED
    if not asked:
        return heard.is_about(*_WORK, *_OUTSIDE) and takes_back(heard.text) and not found.anything
    is_topic = heard.intent not in _WORK and heard.intent not in NO_TOPIC and heard.intent not in _OUTSIDE
    if is_topic and heard.is_about(heard.intent) and asks(heard.text):
        return False
    # One word may be enough ("SSL"), unless nothing was understood.
    if heard.intent not in ("nlu_fallback", "tidak_jelas"):
        return says_what(heard.text, words=1)
    return says_what(heard.text, words=3) and not asks(heard.text)


def _outside(heard: Heard) -> End | None:
    """Work that is none of the company's business; a question about its limits is a question."""
    if not heard.is_about(*_OUTSIDE) or (heard.intent == "batas_bantuan_teknis" and asks(heard.text)):
        return None
    return _OUTSIDE[heard.intent]


def _kind(intake: Intake, heard: Heard) -> PaidKind:
    if intake.kind is PaidKind.EXTRA and heard.is_about("migrasi"):
        return PaidKind.MIGRATION
    if intake.kind is PaidKind.EXTRA and heard.is_about(*REVISIONS):
        return PaidKind.REVISION
    return intake.kind


def _says_in_warranty(text: str) -> bool:
    """Whether `text` says that the project's warranty is still running."""
    line = normalise(text)
    return bool(re.search(_IN_WARRANTY, line)) and not re.search(r"\b(?:tidak|bukan|habis|lewat|sudah)\b", line)
