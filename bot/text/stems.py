"""Light stems of Indonesian words: "penundaan", "menunda" and "tunda" meet in one form that need not be a word."""

from __future__ import annotations

import re

from bot.text.normalise import normalise

_PREFIX = re.compile(r"^(?:meng|meny|men|mem|me|peng|peny|pen|pem|per|pe|ber|di|ter|ke|se)(?=.{4})")
_SUFFIX = re.compile(r"(?<=.{4})(?:kan|an|i)$")
# What "men-", "mem-", "meng-" and "meny-" swallow: "tunda" becomes "menunda", "kirim" becomes "mengirim".
_SWALLOWED = re.compile(r"^[tpks](?=[aeiou].{2})")
# Shorter words ("di", "ke") tie a sentence together and say nothing about its subject.
_SHORTEST = 3


def stem(word: str) -> str:
    """`word`, a normal form, without one prefix, one suffix and a first letter that a prefix may swallow.

    Three letters at least are left of a longer word.
    """
    return _SWALLOWED.sub("", _SUFFIX.sub("", _PREFIX.sub("", word)))


def stems(text: str) -> frozenset[str]:
    """The stems of the words of `text`, as written by a customer or a lawyer."""
    return stems_of_normal(normalise(text))


def stems_of_normal(line: str) -> frozenset[str]:
    """The stems of a line of normal forms."""
    return frozenset(stem(word) for word in line.split() if len(word) >= _SHORTEST)
