"""Patterns of the things that customers name: domain, e-mail, phone, amount, capacity, invoice, date.

Offsets always refer to the text as written. Overlaps are settled by position, then by length, then by the
order of `PATTERNS`, so an e-mail address is never also a domain name. Every repetition is bounded, or can start
only once in a run of its characters, so that no text makes a search take more than linear time.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

# "tokobatik.id-nya" and "budi@tokobatik.id-ku" are written; any other continuation belongs to the name.
_NAME_END = r"(?!\w|-(?!(?:nya|ku|mu|nyo)(?!\w))\w)"

_EMAIL = r"(?<![\w.+%-])[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}\.\w{2,24}" + _NAME_END

# A number of three digits or more behind a word for invoice; "tagihan 150rb" and "order 100.000" are amounts.
_UNIT = r"(?:rb|ribu|rebu|jt|juta|k|gb|mb|tb|kali|x|hari|bln|bulan|th|thn|tahun|rupiah|perak)"
_INVOICE = (
    r"(?<!\w)#?(?:inv(?:oice)?|tagihan|faktur|order|tiket|inc)(?:nya)?"
    r"(?:[ #:./-]{1,4}(?:no\.?|nomor)?[ #:./-]{0,4}|(?=\d))"
    rf"(?!\d{{1,12}}(?:[.,]\d{{1,6}}){{0,4}} ?{_UNIT}(?!\w))"
    r"(?=(?:[a-z/_-]{0,12}\d){3})[a-z0-9][\w/-]{2,30}(?![\w/-]|[.,]\d)"
    r"|(?<![\w&])#\d{3,12}(?!\w)"
)

# Endings that Indonesian customers use. A word with another ending ("dll.nya") is not a domain name.
_TLD = (
    r"(?:(?:co|or|ac|sch|go|web|my|biz|net|desa|ponpes|mil)\.id|id|com|net|org|info|biz|xyz|site|online|store|shop"
    r"|tech|io|dev|app|me|asia|cloud|space|club|top|live|tv|cc|us|uk|sg|my|au|eu|de|jp|edu|gov|website|blog|page"
    r"|link|pro|ai|co)"
)
_DOMAIN = rf"(?<![\w@.-])(?:https?://)?(?:[a-z0-9](?:[a-z0-9-]{{0,61}}[a-z0-9])?\.)+{_TLD}{_NAME_END}"

# WhatsApp copies numbers with no-break blanks and hyphens.
_GAP = "[ .\u00a0\u2010-\u2015-]?"
_PHONE = (
    rf"(?<![\w.+])(?:(?:\(\+?62\)|\+?62|\(0|0){_GAP}8\d{{1,3}}\)?(?:{_GAP}\d{{3,5}}){{1,3}}"
    rf"|(?:\(0\d{{2,3}}\)|0[2-79]\d{{1,2}}){_GAP}[2-9]\d{{2,3}}{_GAP}\d{{3,4}})(?!\w)"
)

_NUMBER = r"\d{1,15}(?:[.,]\d{1,6}){0,5}"
_AMOUNT = (
    rf"(?<![\w.])(?:(?:rp|idr)\.? ?{_NUMBER}(?: ?(?:rb|ribu|rebu|jt|juta|k|m|miliar|milyar)(?!\w))?(?:,-)?"
    rf"|{_NUMBER} ?(?:rb|ribu|rebu|jt|juta|perak|rupiah)|\d{{2,3}}k"
    # Grouped by thousands; four groups without a currency are an IP address.
    r"|(?!\d{1,3}(?:\.\d{1,3}){3}(?![.\d]))\d{1,3}(?:\.\d{3}){1,4}(?:,\d\d)?(?!\.?\d))(?!\w)"
)

_CAPACITY = r"(?<![\w.])\d{1,9}(?:[.,]\d{1,4})? ?(?:[tgmk]b(?:ps)?|giga(?:byte)?|mega(?:byte)?|tera(?:byte)?)(?!\w)"

_DAY, _MONTH = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])"
_MONTH_NAME = (
    r"(?:jan(?:uari)?|feb(?:ruari)?|mar(?:et)?|apr(?:il)?|mei|jun(?:i)?|jul(?:i)?|agu(?:stus|st)?|agt"
    r"|sep(?:tember|t)?|okt(?:ober)?|nov(?:ember)?|des(?:ember)?)"
)
# "24/7" is no day, and "2-3" (hari) is a range.
_DATE = (
    rf"(?<![\w/.-])(?:{_DAY}([/-]){_MONTH}\1\d{{2}}(?:\d{{2}})?|{_DAY}\.{_MONTH}\.\d{{4}}|(?!24/7(?!\d)){_DAY}/{_MONTH}"
    rf"|\d{{4}}-\d{{2}}-\d{{2}}|{_DAY} {_MONTH_NAME}(?: \d{{4}})?|(?:tanggal|tgl\.?) ?{_DAY})(?![\w]|[/-]\d)"
)

PATTERNS: dict[str, re.Pattern[str]] = {
    label: re.compile(pattern, re.IGNORECASE)
    for label, pattern in {
        "surel": _EMAIL,
        "nomor_invoice": _INVOICE,
        "nama_domain": _DOMAIN,
        "telepon": _PHONE,
        "rupiah": _AMOUNT,
        "kapasitas": _CAPACITY,
        "tanggal": _DATE,
    }.items()
}


# Every pattern needs one of these; most sentences have none.
_MAY_NAME_SOMETHING = re.compile(r"[\d.@]")


@dataclass(frozen=True)
class Mention:
    """A named thing in a text: `text[start:end] == value`."""

    label: str
    start: int
    end: int
    value: str


def find_mentions(text: str) -> list[Mention]:
    """All mentions in `text`, in order, without overlaps."""
    if not _MAY_NAME_SOMETHING.search(text):
        return []
    order = {label: rank for rank, label in enumerate(PATTERNS)}
    found = sorted(_all(text), key=lambda m: (m.start, m.start - m.end, order[m.label]))
    kept: list[Mention] = []
    for mention in found:
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept


def first_email(text: str) -> str | None:
    """The first e-mail address in `text`, as written."""
    return next((mention.value for mention in find_mentions(text) if mention.label == "surel"), None)


def _all(text: str) -> Iterator[Mention]:
    for label, pattern in PATTERNS.items():
        for match in pattern.finditer(text):
            yield Mention(label, match.start(), match.end(), match[0])
