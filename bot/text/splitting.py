"""Where a message may pass from one request to the next: sentence ends and words that add something.

Proposals by form only; whether there are two requests is for whoever knows what the parts mean.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from bot.text.normalise import WORD, normalise, normalise_word
from bot.text.patterns import find_mentions

# Both parts have so many words at least, besides those that join them.
_LEAST_WORDS = 2
_STOP = re.compile(r"[.!;…](?=\s)|\n")


class Mark(IntEnum):
    """What stands at a cut; the greater, the likelier something new begins."""

    JOINING = 1
    STOP = 2
    QUESTION = 3
    ADDING = 4


def _phrases(listed: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(phrase.split()) for phrase in re.split(r"[,\n]", listed) if phrase.strip())


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# All in normal forms (bot.text.normalise). What announces another matter wherever it stands ...
_ADDING = _phrases(
    """
    satu lagi, 1 lagi, oh ya, oh nya, oh iyo, oiya, ohiya, oya, o iya, o ya, eh iya, eh ya, btw, by the way
    selain itu, di samping itu, disamping itu, omong-omong, bilang-bilang, pertanyaan kedua, mau tanya juga
    sekalian tanya, sekalian mau tanya, sama mau tanya, juga mau tanya, dan mau tanya, terus mau tanya
    """
)
# ... only where a sentence or clause begins ("domain sekalian hosting" is one thing) ...
_ADDING_AT_A_START = _phrases(
    "sekalian, skalian, sakalian, sekaligus, plus, nb, ps, kedua, yang kedua, tambahan, terus juga, dan juga"
)
# ... and what joins all kinds of things, mostly the halves of one story.
_JOINING = _phrases("terus, lalu, kemudian, dan, sama, samo, sareng, serta, juga, lantas, sekalian, plus")
_LONGEST = max(map(len, _ADDING | _ADDING_AT_A_START | _JOINING))
# A part without any of these tells a story rather than asks for something ...
_ASKING = _words(
    """
    apa apakah kenapa mengapa kapan berapa bagaimana siapa mana dimana kemana bisa boleh bolehkah bisakah tolong minta
    mohon kok tanya adakah apaan cara jelaskan
    """
)
# ... unless it tells of a wish or a trouble, which the next clause leaves behind.
_WANTING = _words("mau perlu butuh ditolak belum tidak gagal mati error rusak hilang masih padahal")
# "bukan mau refund, saya tanya ..." says what is not asked for.
_NOT_THIS = "bukan"
# The encoder sees no more of a text (bot.nlu.encoder), and who writes more tells a story.
_LONGEST_TEXT = 600


@dataclass(frozen=True)
class Cut:
    """`text[:start]` and `text[resume:]` are the parts; between them stand only words that join them."""

    start: int
    resume: int
    mark: Mark

    def parts(self, text: str) -> tuple[str, str]:
        """What stands before and after."""
        return text[: self.start], text[self.resume :]


def asks(text: str) -> bool:
    """Whether `text` has the form of a question or a plea."""
    forms = normalise(text).split()
    return "?" in text or (_NOT_THIS not in forms and not _ASKING.isdisjoint(forms))


def plausible_cuts(text: str, most: int) -> list[Cut]:
    """Up to `most` of the cuts that may part two requests, the likeliest first; in most messages there are none."""
    if len(text) > _LONGEST_TEXT:
        return []
    return sorted((cut for cut in cuts(text) if _is_plausible(text, cut)), key=lambda cut: -cut.mark)[:most]


def _is_plausible(text: str, cut: Cut) -> bool:
    before, after = cut.parts(text)
    if cut.mark is Mark.ADDING:
        return asks(before) or asks(after)
    return asks(after) and (asks(before) or (_is_joined_clause(text, cut) and _wants(before)))


def _is_joined_clause(text: str, cut: Cut) -> bool:
    """Whether joining words stand behind a comma or the end of a sentence."""
    return cut.start < cut.resume and text[: cut.start].rstrip()[-1:] in {",", ".", "!", ";"}


def _wants(text: str) -> bool:
    forms = normalise(text).split()
    return _NOT_THIS not in forms and not _WANTING.isdisjoint(forms)


def cuts(text: str) -> list[Cut]:
    """The places where another request may begin, in order; none inside a domain, an amount or the like."""
    words = list(WORD.finditer(text))
    forms = [normalise_word(word[0]) for word in words]
    inside = {offset for mention in find_mentions(text) for offset in range(mention.start + 1, mention.end)}
    found: list[Cut] = []
    index = _LEAST_WORDS
    while index <= len(words) - _LEAST_WORDS:
        start = words[index].start()
        gap = text[words[index - 1].end() : start]
        mark = Mark.QUESTION if "?" in gap else Mark.STOP if _STOP.search(gap) else None
        length = 0
        # Joining words one after the other ("terus, oh iya") make one cut.
        while opener := _opener(forms, index + length, at_a_start=bool(length or gap.strip())):
            length += opener[0]
            mark = max(mark or opener[1], opener[1])
        if mark and len(words) - index - length >= _LEAST_WORDS and start not in inside:
            found.append(Cut(start, words[index + length].start(), mark))
        index += length + 1
    return found


def _opener(forms: list[str], index: int, *, at_a_start: bool) -> tuple[int, Mark] | None:
    for length in range(_LONGEST, 0, -1):
        phrase = tuple(forms[index : index + length])
        if len(phrase) < length:
            continue
        if phrase in _ADDING or (at_a_start and phrase in _ADDING_AT_A_START):
            return length, Mark.ADDING
        if phrase in _JOINING:
            return length, Mark.JOINING
    return None
