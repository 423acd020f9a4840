"""What trainers read in pictures and pages, in Indonesian; numbers are written with a decimal comma."""

from __future__ import annotations

from bot.helpdesk.conversation import Outcome
from bot.helpdesk.proportion import Proportion
from bot.text.masking import mask_personal_data

OUTCOMES = {
    Outcome.ANSWER.value: "menjawab",
    Outcome.REFUSE.value: "menolak",
    Outcome.PAID_SUPPORT.value: "dukungan berbayar",
    Outcome.HANDOFF.value: "ke staf",
    Outcome.SMALLTALK.value: "basa-basi",
    Outcome.CLARIFY.value: "bertanya balik",
}
OWN_SENTENCES = "data latih, validasi silang"
OWN_SENTENCES_FIFTH = "seperlima data latih"


def percent(share: float) -> str:
    """Such as 98,2 %; without decimals only for nothing and all."""
    return f"{decimal(100 * share, 0 if share in {0, 1} else 1)} %"


def tick_percent(share: float) -> str:
    """Such as 97,5 % or 98 %, for the ticks of an axis."""
    return f"{round(100 * share, 2):g} %".replace(".", ",")


def interval(proportion: Proportion) -> str:
    """Such as 96,6–99,1 %."""
    low, high = proportion.interval
    return f"{percent(low).removesuffix(' %')}–{percent(high)}"


def decimal(number: float, places: int = 3) -> str:
    """Such as 0,013."""
    return f"{number:.{places}f}".replace(".", ",")


def thousands(count: int) -> str:
    """Such as 14.631."""
    return f"{count:,}".replace(",", ".")


def outcome_name(name: str) -> str:
    """`answer:K5` is K5, `refuse:H4` is menolak (H4), `clarify:` is bertanya balik."""
    outcome, _, clause = name.partition(":")
    if outcome == Outcome.ANSWER.value and clause:
        return clause
    known = OUTCOMES.get(outcome, outcome)
    return f"{known} ({clause})" if clause else known


def in_one_line(text: str) -> str:
    """A customer's text fit to be shown: personal data masked, one line, nothing that steers a terminal."""
    # Invisible signs go first: one within a number would hide it from the masking.
    shown = "".join(sign for sign in text if sign.isprintable() or sign.isspace())
    return " ".join(mask_personal_data(shown).split())
