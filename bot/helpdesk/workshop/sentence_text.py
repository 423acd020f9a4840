"""What a training sentence may be, so that YAML and Rasa read it as it was meant."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable

from bot.errors import SentenceInvalidError

LONGEST = 1000
# An entity within a sentence. Rasa has two more notations, as JSON; it would refuse all data over a slip in one.
_ENTITY = re.compile(r"\[([^\[\]()]*[^\[\]()\s][^\[\]()]*)\]\((\w+)(?::([^/:()\[\]][^:()\[\]]*))?\)")
# What Rasa would take for one, or a person meant as one.
_BROKEN_ENTITY = re.compile(r"\]\s?[({\[]|\{\s*\"entity\"")


def checked_sentence(text: str) -> str:
    """`text` on one line, in Unicode's composed form, blanks at its ends and doubled ones removed.

    Raises SentenceInvalidError for what cannot be one line of a topic: nothing to read, control characters, more than
    LONGEST characters, a dash at its beginning, an entity that is written wrongly.
    """
    line = " ".join(unicodedata.normalize("NFC", text).split())
    if not line:
        raise SentenceInvalidError("empty", "Kalimatnya masih kosong.")
    if len(line) > LONGEST:
        raise SentenceInvalidError("too long", f"Kalimat paling panjang {LONGEST} huruf.")
    # Format characters join emoji and letters of some scripts; controls, surrogates and unassigned ones say nothing.
    if any(unicodedata.category(sign) in {"Cc", "Cs", "Co", "Cn"} or sign == "\ufeff" for sign in line):
        raise SentenceInvalidError("control characters", "Kalimat memuat tanda yang tidak dapat ditulis.")
    if line.startswith(("-", "\u2060")):
        raise SentenceInvalidError("leading dash", "Kalimat tidak boleh diawali tanda minus.")
    if not any(unicodedata.category(sign)[0] in "LNSP" for sign in line):
        raise SentenceInvalidError("nothing to read", "Kalimatnya masih kosong.")
    if _BROKEN_ENTITY.search(_ENTITY.sub("", line)):
        raise SentenceInvalidError(
            "broken entity",
            "Entitas ditulis [teks](nama), misalnya [toko.co.id](nama_domain); periksa tanda kurungnya.",
        )
    return line


def entity_names(sentence: str) -> list[str]:
    """The names of the entities that are marked in it, in their order."""
    return [match[2] for match in _ENTITY.finditer(sentence)]


def check_entity_names(names: Iterable[str], known: Collection[str]) -> None:
    """Raises SentenceInvalidError for a name that is none of `known`: Rasa's own validation refuses such data."""
    for name in names:
        if name not in known:
            raise SentenceInvalidError(
                "unknown entity", f"Entitas “{name}” tidak dikenal. Yang dikenal: {', '.join(known)}."
            )


def plain(sentence: str) -> str:
    """The sentence as a customer would write it, without marks of entities."""
    return _ENTITY.sub(lambda match: match[1], sentence)
