"""The slang lexicon: variant spelling → standard Indonesian word(s)."""

import hashlib
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from bot.errors import LexiconError

_SOURCE = files("bot.text").joinpath("slang.txt")


def parse_lexicon(source: str) -> dict[str, str]:
    """Parse lines of `standard: variant variant ...` into {variant: standard}.

    Raises LexiconError, with the line number, for a line without a colon, standard word or variant, for a
    variant that is not lower case or stands twice, and for a variant that is a standard word elsewhere.
    """
    entries: dict[str, str] = {}
    lines: dict[str, int] = {}
    for number, line in enumerate(source.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        standard, colon, listed = line.partition(":")
        standard, variants = " ".join(standard.split()), listed.split()
        if not colon:
            raise _error(number, "no colon")
        if not standard or not variants:
            raise _error(number, "a standard word and at least one variant are needed")
        for variant in variants:
            if variant != variant.casefold():
                raise _error(number, f"{variant!r} is not lower case")
            if variant in entries:
                raise _error(number, f"{variant!r} stands twice, first in line {lines[variant]}")
            entries[variant] = standard
            lines[variant] = number
    standards = set(entries.values())
    for variant, number in lines.items():
        if variant in standards:
            raise _error(number, f"{variant!r} is also a standard word")
    return entries


def _error(number: int, problem: str) -> LexiconError:
    return LexiconError(f"slang lexicon, line {number}: {problem}", line=number)


@cache
def slang() -> MappingProxyType[str, str]:
    """The shipped lexicon."""
    return MappingProxyType(parse_lexicon(_SOURCE.read_text(encoding="utf-8")))


@cache
def lexicon_fingerprint() -> str:
    """A hash that changes whenever a lexicon entry changes, so that models are trained anew."""
    return hashlib.sha256(_SOURCE.read_bytes()).hexdigest()
