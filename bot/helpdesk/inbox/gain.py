"""How much a model would learn from one decision of a trainer about a group of messages.

Uncertainty sampling with density weighting (Settles, "Active Learning Literature Survey", 2009, sections 2.2 and 5):
doubt, times novelty, times how many messages ask the same.

- Doubt is one minus the margin between the two likeliest topics (Scheffer et al. 2001). What somebody did about the
  answer counts as well: each reason is evidence of its own that the bot was wrong ("noisy or", Pearl 1988).
- Novelty falls with the cosine to the nearest training sentence. It decides little: a message that the bot got wrong
  beside a sentence that it knows is worth a look, too.
- Of many messages that ask the same each further one teaches less, hence the root.

What the parts were worth while they were chosen is in docs/benchmarks.md, "A simulated trainer".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import sqrt

from bot.helpdesk.inbox.reasons import Reason

# How likely the bot was wrong, from this reason alone. An agent's correction all but proves it; a refusal, a question
# back and a low margin are what a sound bot does with odd messages, and the margin says that itself.
EVIDENCE: Mapping[Reason, float] = {
    Reason.CORRECTED: 0.9,
    Reason.THUMBS_DOWN: 0.8,
    Reason.ASKED_BACK: 0.4,
    Reason.HANDED_OFF: 0.4,
    Reason.SHADOW: 0.4,
    Reason.SEARCHED: 0.3,
    Reason.REFUSED: 0.3,
    Reason.UNSURE: 0.0,
}
# Cosines of this encoder lie between: messages of other matters, and the very same text.
_UNRELATED, _SAME = 0.85, 1.0
# How much more a message of another matter gains than the very same text.
_NOVELTY = 0.2


def expected_gain(probabilities: Sequence[float], similarity: float, size: int, reasons: frozenset[Reason]) -> float:
    """Gain of one decision, without a unit; above 0 except where there is no doubt at all.

    `probabilities` of the topics, highest first (none: nothing was understood); `similarity`: cosine of the message to
    the nearest training sentence; `size`: messages in its group, 1 or more.
    """
    return _doubt(probabilities, reasons) * _novelty(similarity) * sqrt(size)


def _doubt(probabilities: Sequence[float], reasons: frozenset[Reason]) -> float:
    first, second, *_ = (*probabilities, 0.0, 0.0)
    right = first - second
    for reason in sorted(reasons):
        right *= 1 - EVIDENCE[reason]
    return 1 - right


def _novelty(similarity: float) -> float:
    share = (_SAME - similarity) / (_SAME - _UNRELATED)
    return 1 + _NOVELTY * min(1.0, max(0.0, share))
