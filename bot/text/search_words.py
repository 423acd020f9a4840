"""The words of a search, as both databases cut and fold the words of messages."""

from __future__ import annotations

import unicodedata

# More words make no search better; a longer word is no word. Databases have bounds of their own far above.
MAX_WORDS = 8
_LONGEST_WORD = 40
# Nothing more of a query is looked at.
_LONGEST_QUERY = 400


def search_words(query: str) -> list[str]:
    """The words of `query`, each once: letters and digits only, in lower case, without accents.

    Everything else separates words, so nothing that a person types can be an operator of a database.
    """
    words = "".join(_fold(character) for character in query[:_LONGEST_QUERY]).split()
    return list(dict.fromkeys(word[:_LONGEST_WORD] for word in words))[:MAX_WORDS]


def _fold(character: str) -> str:
    if unicodedata.category(character) == "Mn":
        return ""
    base = "".join(c for c in unicodedata.normalize("NFD", character) if unicodedata.category(c) != "Mn")
    return "".join(c if unicodedata.category(c)[0] == "L" or c.isdecimal() else " " for c in base.lower())
