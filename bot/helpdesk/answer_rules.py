"""What a wording of an answer must keep to before customers get it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from bot.errors import InvalidMessageError
from bot.helpdesk.clauses import clause_name

LONGEST_ANSWER = 1000
_TAG = re.compile(r"<[/!?]?[a-z]", re.IGNORECASE)
_NAMED = re.compile(r"\b(Hak|Kewajiban) (\d{1,2})\b")
# Not that of a clause id such as H17.
_NUMBER = re.compile(r"(?<![\dHK])\d+(?:[.,:/-]\d+)*")
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+|(?:https?://|www\.)\S+", re.IGNORECASE)
_ANDA = re.compile(r"\banda\b", re.IGNORECASE)
_KAK = re.compile(r"\bkak(?:ak)?\b", re.IGNORECASE)
# So many words in a row of the policy are its sentence, not ours.
_OWN_WORDS = 9
_UNPRINTABLE = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


def tidy_answer(text: object) -> str:
    """`text` with single blanks and without edges; line breaks stay, more than two in a row become two.

    Raises InvalidMessageError where it is no text, empty or too long.
    """
    if not isinstance(text, str):
        raise InvalidMessageError("text is not a string", field="text")
    lines = [" ".join(_UNPRINTABLE.sub("", line).split()) for line in text.splitlines()]
    tidy = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    if not tidy or len(tidy) > LONGEST_ANSWER:
        raise InvalidMessageError(f"text has {len(tidy)} characters", field="text", max=LONGEST_ANSWER)
    return tidy


def problems_of(
    text: str, *, clauses: Sequence[str], before: str, facts: Iterable[str], policy: Mapping[str, str]
) -> list[str]:
    """What is to be mended in a tidy `text`, as Indonesian sentences; none where it may be said.

    `before`: the wording that it replaces; `facts`: what else numbers and addresses may come from; `policy`: the
    official wording by clause id, whose numbers are facts, but whose sentences are not ours.
    """
    return [
        *_markup(text),
        *_clause_names(text, clauses),
        *_inventions(text, before, [*facts, *policy.values()]),
        *_quotations(text, before, policy),
        *_address_forms(text),
    ]


def _markup(text: str) -> list[str]:
    return ["Tulis sebagai teks biasa, tanpa HTML."] if _TAG.search(text) else []


def _clause_names(text: str, clauses: Sequence[str]) -> list[str]:
    named = {f"{kind} {number}" for kind, number in _NAMED.findall(text)}
    wanted = {clause_name(clause) for clause in clauses if clause != "P"}
    problems = [f"Sebutkan ketentuannya: {name}." for name in sorted(wanted - named)]
    if "P" in clauses and "penutup" not in text.casefold():
        problems.append("Sebutkan bahwa ini ada di bagian penutup Hak dan Kewajiban.")
    problems += [f"{name} bukan ketentuan dari jawaban ini." for name in sorted(named - wanted)]
    return problems


def _inventions(text: str, before: str, facts: Sequence[str]) -> list[str]:
    known = "\n".join([before, *facts])
    numbers = set(_NUMBER.findall(_NAMED.sub("", known)))
    unknown = [number for number in _NUMBER.findall(_NAMED.sub("", text)) if number not in numbers]
    problems = [
        f"Angka {number} tidak ada di kebijakan atau katalog. Jangan menyebut harga, tanggal, atau janji baru."
        for number in dict.fromkeys(unknown)
    ]
    addresses = [found for found in _ADDRESS.findall(text) if found.rstrip(".,)").casefold() not in known.casefold()]
    return problems + [f"Alamat {found} tidak dikenal." for found in dict.fromkeys(addresses)]


def _quotations(text: str, before: str, policy: Mapping[str, str]) -> list[str]:
    ours = _runs(text) - _runs(before)
    copied = [clause for clause, wording in policy.items() if ours & _runs(wording)]
    return [f"Jangan menyalin kalimat {clause_name(clause)}; tulis dengan kata-kata sendiri." for clause in copied]


def _runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[start : start + _OWN_WORDS]) for start in range(len(words) - _OWN_WORDS + 1)}


def _address_forms(text: str) -> list[str]:
    mixed = _ANDA.search(text) and _KAK.search(text)
    return ["Sapa pelanggan dengan satu sapaan: Kakak, jangan dicampur dengan Anda."] if mixed else []
