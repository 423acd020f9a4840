"""Messages that only give details: a domain, an invoice number, a size, an e-mail address."""

import re

from bot.text.normalise import words
from bot.text.patterns import find_mentions

_MAX_OTHER_WORDS = 3
_QUESTION = re.compile(
    r"\?|(?i:\b(?:apa|apakah|kenapa|mengapa|kapan|berapa|gimana|gmn|bagaimana|knp|kok|bisa|bs|boleh|tolong|tlg|minta|mau|cek)\b)"
)


def gives_only_details(text: str) -> bool:
    """Whether `text` names something and says hardly anything besides: no question word, at most three other words.

    The other words may still say what is wanted ("tokobudi.com mati"): that is for the reader of meanings.
    """
    other = _besides_mentions(text)
    return other is not None and not _QUESTION.search(other) and len(words(other)) <= _MAX_OTHER_WORDS


def is_bare(text: str) -> bool:
    """Whether `text` names something and has no word besides."""
    other = _besides_mentions(text)
    return other is not None and not words(other)


def _besides_mentions(text: str) -> str | None:
    mentions = find_mentions(text)
    if not mentions:
        return None
    rest = []
    end = 0
    for mention in mentions:
        rest.append(text[end : mention.start])
        end = mention.end
    return " ".join([*rest, text[end:]])
