"""How soon somebody wants something, in the words that people use."""

from __future__ import annotations

import re

from bot.text.normalise import normalise

_NOT = r"(?:tidak|bukan|belum|jangan|tanpa)(?: (?:begitu|terlalu|usah|perlu|harus|buru))?"
# The first that fits decides; so "tidak mendesak" is relaxed.
_CLEAR: tuple[tuple[str, str], ...] = (
    ("this_week", r"(?:minggu|pekan) ini"),
    (
        "relaxed",
        rf"{_NOT} (?:mendesak|buru-buru|terburu-buru|darurat|segera|cepat|cepet|dikejar)|santai|nyantai|santuy"
        r"|selow|slow|kapan saja|kapan-kapan|kapan pun|sak selone|saselo|sabisana|sesempatnya|senggang"
        r"|(?:minggu|bulan) depan|bebas|luang|tidak masalah lama|kapan saja bisa|alon-alon",
    ),
    (
        "today",
        r"mendesak|darurat|secepatnya|secepat|segera|asap|gawat|emergency|buru-buru|terburu-buru|cepat-cepat|enggal"
        r"|ndang|kilat|(?:harus|butuh|perlu|paling lambat|sebelum|kelar|selesai|jadi|beres|bisa|kalau bisa|minta|mau)"
        r"(?: \w+){0,2} (?:hari ini|malam ini|sore ini|siang ini)",
    ),
    (
        "this_week",
        r"(?:dalam|sebelum) (?:\w+ ){0,2}hari|lusa|akhir pekan|sebelum weekend",
    ),
)
# As a short answer to the question how soon these are clear as well.
_MOST_WORDS = 8
_PIECES = re.compile(r"[,.;!\n]|(?<=\?)")
_BARE_NO = re.compile(r"tidak(?: (?:kok|kakak|juga|sih|deh|ya|min|bang|mas|terlalu|begitu))*")
_ANSWERS: tuple[tuple[str, str], ...] = (
    (
        "relaxed",
        r"lama juga tidak apa-apa|tidak apa-apa|bulan|minggu-minggu depan|nanti|sempat|sempet|akhir bulan"
        r"|(?:dua|tiga|2|3) minggu|sebulan|tahun|seadanya|terserah|belum perlu",
    ),
    (
        "today",
        r"hari ini|sekarang|malam ini|sore ini|siang ini|pagi ini|cepat|cepet|cepetan|langsung|kini|penting"
        r"|jam|segera",
    ),
    (
        "this_week",
        r"besok|hari|senin|selasa|rabu|kamis|jumat|sabtu|minggu|seminggu|weekend|normal|biasa|sedang|standar|lumayan",
    ),
)


def urgency_in(text: str, *, asked: bool = False) -> str | None:
    """`today`, `this_week`, `relaxed`, or None; more is understood as an answer where the question was `asked`."""
    if clear := _first(_CLEAR, normalise(text)):
        return clear
    for piece in _PIECES.split(text) if asked else ():
        line = normalise(piece)
        if "?" in piece or len(line.split()) > _MOST_WORDS:
            continue
        if answer := _first(_ANSWERS, line):
            return answer
        if _BARE_NO.fullmatch(line):
            return "relaxed"
    return None


def _first(patterns: tuple[tuple[str, str], ...], line: str) -> str | None:
    return next((name for name, pattern in patterns if re.search(rf"\b(?:{pattern})\b", line)), None)
