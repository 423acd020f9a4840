"""Normal forms of Indonesian words as customers write them. The customer's text itself is never changed."""

import re
import unicodedata
from functools import lru_cache

from bot.text.lexicon import slang

WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
# Not digits: the zeros of an amount are no stretched letters.
_STRETCHED = re.compile(r"(\D)\1{2,}")
_DOUBLED = re.compile(r"([a-z])\1")
_REDUPLICATED = re.compile(r"^([a-z]{3,})2(nya|an)?$")
# Clitics that only colour a word: hosting-nya, web-nyo (Minang), bayarlah. The number is the shortest stem that
# may be left: "sslnya" is "ssl", but "kamu" is not "ka".
_CLITICS = {"nya": 3, "nyo": 3, "ku": 4, "mu": 4, "kah": 4, "lah": 4, "pun": 4}
# Words that only look as if they ended in a clitic.
_ENDING_BY_NATURE = """
    alhamdulillah assalamu bangku berkah berlaku bermasalah bersalah bersekolah bertamu bertanya bertemu dipilah
    ditanya heroku istilah jazakallah jazakumullah insyaallah ketemu kutanya langkah majalah makalah maluku masalah
    melangkah membeku memilah menemu mengaku mengalah mengolah menghimpun menikah menjumlah menyalah nafkah pelaku
    penemu perilaku permasalah pernikah sakolah sampun sebelah sedekah sejumlah sekolah serakah setelah terhimpun
    tingkah
"""
_WHOLE = frozenset(_ENDING_BY_NATURE.split())
# Longer "words" are addresses, codes or noise: never slang, and not worth a place in the cache.
_LONGEST_WORD = 40


def normalise_word(word: str) -> str:
    """The standard form of one word: case, stretched letters, slang, abbreviation, clitic.

    Never empty for a word that is not empty.
    """
    return _normal_form(word) if len(word) <= _LONGEST_WORD else word.casefold()


@lru_cache(maxsize=50_000)
def _normal_form(word: str) -> str:
    folded = unicodedata.normalize("NFKC", word).casefold().strip()
    if not folded:
        return word
    squeezed = _STRETCHED.sub(r"\1", folded)
    if len(squeezed) == 1 and squeezed.isalpha() and squeezed != folded:
        return squeezed * 3  # one key held down: "ggg" is neither "g" (tidak) nor "gg"
    known = slang().get(folded) or _known(squeezed)
    if not known and (match := _REDUPLICATED.match(squeezed)):
        base = slang().get(match[1], match[1])
        known = f"{base}-{base}{'an' if match[2] == 'an' else ''}"
    return known or _stem(squeezed)


def _stem(word: str) -> str:
    """The word without its clitics, or the standard form as soon as what is left is known."""
    while (shorter := _without_clitic(word)) != word:
        if known := _known(shorter):
            return known
        word = shorter
    return word


def _known(word: str) -> str | None:
    """The standard form of a known variant, also when its letters are doubled."""
    for candidate in (word, _DOUBLED.sub(r"\1", word)):
        if len(candidate) > 1 and (standard := slang().get(candidate)):
            return standard
    return None


def _without_clitic(word: str) -> str:
    # Of a doubled word ("teman-temannya") the last part alone can carry a clitic.
    head, _, tail = word.rpartition("-")
    if tail in _WHOLE or tail == head:
        return word
    if tail in _CLITICS and len(stem := head.rstrip("-'’")) >= 2:
        return stem
    for clitic, shortest in _CLITICS.items():
        if tail.endswith(clitic) and len(stem := tail[: -len(clitic)].rstrip("'’")) >= shortest:
            return word[: len(word) - len(tail)] + stem
    return word


def words(text: str) -> list[str]:
    """The words of `text` in order, as written; numbers count as words, punctuation does not."""
    return WORD.findall(text)


def normalise(text: str) -> str:
    """`text` as a line of normal forms joined by blanks: what n-gram features are made of."""
    return " ".join(normalise_word(word) for word in words(text))
