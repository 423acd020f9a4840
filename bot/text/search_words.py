"""The words of a search, as both databases cut and fold the words of messages."""

from __future__ import annotations

import unicodedata

# More words make no search better; a longer word is no word. Databases have bounds of their own far above.
MAX_WORDS = 8
_LONGEST_WORD = 40
# Nothing more of a query is looked at.
_LONGEST_QUERY = 400
# Latin letters that both databases know without their accents; SQLite knows more, and folds those itself.
_ACCENTED = (range(0xC0, 0x180), range(0x1E00, 0x1F00))
_MARKS = range(0x300, 0x370)


def search_words(query: str) -> list[str]:
    """The words of `query`, each once: letters and digits only, in lower case, Latin letters without accents.

    Everything else separates words, so nothing that a person types can be an operator of a database.
    """
    words = "".join(_fold(character) for character in query[:_LONGEST_QUERY]).split()
    return list(dict.fromkeys(word[:_LONGEST_WORD] for word in words))[:MAX_WORDS]


def _fold(character: str) -> str:
    # A lower case of two characters (İ) is a letter and its mark.
    lower = "".join(_without_accent(c) for c in character.lower() if ord(c) not in _MARKS)
    return "".join(c if unicodedata.category(c)[0] == "L" or c.isdecimal() else " " for c in lower)


def _without_accent(letter: str) -> str:
    if not any(ord(letter) in accented for accented in _ACCENTED):
        return letter
    return unicodedata.normalize("NFD", letter)[0]
