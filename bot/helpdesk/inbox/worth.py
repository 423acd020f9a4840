"""Which answers of the bot make a message worth a trainer's look, and which groups may be a topic of their own."""

from __future__ import annotations

from collections.abc import Sequence

from bot.helpdesk.clarifying import Candidate
from bot.helpdesk.conversation import Outcome
from bot.helpdesk.inbox.items import Answered
from bot.helpdesk.inbox.reasons import Reason

SEARCHED_INTENT = "pasal_baru"
# Words that only open, point, or give what was asked for: asking back is right there, and nothing is to be learnt.
_SAY_NOTHING = frozenset({"tidak_jelas", "beri_rincian"})
# Asking for a person after an answer says that it did not help; cases that staff look into say nothing of the kind.
ASKS_FOR_A_PERSON = frozenset({"minta_manusia", "keluhan_marah"})
# A likelihood above this leaves the next topic so little that the margin cannot be low.
DOUBTFUL = 0.75
_LOW_MARGIN = 0.5
_LOW_CONFIDENCE = 0.65
# Of a topic that the bot does not know: cosine to the nearest sentence, likelihood of the first topic, messages.
_FAR, _FLAT, _SEVERAL = 0.9, 0.65, 3


def reasons_of(answered: Answered) -> frozenset[Reason]:
    """What the answer alone says; empty for one that needs no look."""
    if answered.outcome is Outcome.SMALLTALK:
        return frozenset()
    unsure = answered.confidence is not None and answered.confidence < DOUBTFUL
    if answered.intent in _SAY_NOTHING and not unsure:
        return frozenset()
    found = {
        Reason.ASKED_BACK: answered.outcome is Outcome.CLARIFY,
        Reason.REFUSED: answered.outcome is Outcome.REFUSE,
        Reason.SEARCHED: answered.intent == SEARCHED_INTENT,
        Reason.UNSURE: unsure,
    }
    return frozenset(reason for reason, holds in found.items() if holds)


def is_unsure(ranking: Sequence[Candidate]) -> bool:
    """Whether the model hesitates: a low margin between the two likeliest topics, or a low likelihood of the first."""
    first, second, *_ = (*(candidate.probability for candidate in ranking), 0.0, 0.0)
    return first - second < _LOW_MARGIN or first < _LOW_CONFIDENCE


def suggests_new_topic(similarity: float | None, ranking: Sequence[Candidate], size: int) -> bool:
    """Whether a group fits nothing: far from all training sentences, no likely topic, and several ask it."""
    if similarity is None or size < _SEVERAL:
        return False
    return similarity < _FAR and (not ranking or ranking[0].probability < _FLAT)
