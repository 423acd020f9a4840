"""What a message names of an order: domain or service, e-mail, phone, urgency, capacity."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.helpdesk.catalogue import ServiceCatalogue
from bot.helpdesk.paid.intake import Intake, Part, Problem
from bot.helpdesk.paid.requests import PaidKind, Urgency
from bot.text.contact_details import checked_domain, checked_email, checked_phone
from bot.text.normalise import normalise
from bot.text.patterns import Mention, find_mentions
from bot.text.short_answers import corrects
from bot.text.urgency_words import urgency_in

# Nobody moves more than this; what is above it is a slip of the keyboard.
MOST_GB = 100_000
# They say what kind of thing it is, not which one.
_NO_TARGET = frozenset({"domain", "migrasi"})
_HOST = re.compile(r"(?<![\w@.-])(?:https?://)?[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}(?![\w@-])")
_DIGITS = re.compile(r"(?<!\w)\+?\(?\d[\d ().-]{4,20}\d(?!\w)")
_AN_ADDRESS = re.compile(r"\S+@\S*|\S*\w@")
_BARE_NUMBER = re.compile(r"(?<![\w.,])(\d{1,6}(?:[.,]\d{1,2})?)(?![\w.,]*\d)")
_SIZE = re.compile(r"(\d{1,9}(?:[.,]\d{1,4})?) ?([tgmk])", re.IGNORECASE)
_GB = {"t": 1024.0, "g": 1.0, "m": 1 / 1024, "k": 1 / 1024 / 1024}
_REJECTED = re.compile(r"\b(?:bukan|dari|yang salah)\W+(?:\w+\W+)?$", re.IGNORECASE)
# What the customer reads for each part; also the titles of buttons.
PART_NAMES = {
    Part.NEED: "Kebutuhan",
    Part.TARGET: "Domain atau layanan",
    Part.CAPACITY: "Ukuran data",
    Part.URGENCY: "Waktu",
    Part.CONTACT: "Kontak",
}
_PARTS = {
    Part.NEED: r"kebutuhan|pekerjaan|keperluan|kerja|kerjaan|isi permintaan|permintaan|deskripsi",
    Part.TARGET: r"domain|situs|layanan|hosting|alamat situs",
    Part.CAPACITY: r"kapasitas|ukuran|giga|gb|data",
    Part.URGENCY: r"waktu|mendesak|urgensi|jadwal|deadline|tenggat|kapan",
    Part.CONTACT: r"surel|telepon|telpon|nomor|no|wa|whatsapp|kontak|hubungi|hp|hape|ponsel",
}


@dataclass(frozen=True)
class Found:
    """What one message names; `problems` say of a part why it cannot be used."""

    target: str | None = None
    domains: tuple[str, ...] = ()
    email: str | None = None
    phone: str | None = None
    urgency: Urgency | None = None
    capacity_gb: int | None = None
    problems: tuple[tuple[Part, Problem], ...] = ()

    @property
    def anything(self) -> bool:
        """Whether it names something that can be used."""
        return any(v is not None for v in (self.target, self.email, self.phone, self.urgency, self.capacity_gb))


def read(text: str, intake: Intake, services: ServiceCatalogue) -> Found:
    """What `text` names, in the light of the question that is open."""
    part = intake.open.part if intake.open else None
    mentions = find_mentions(text)
    email, bad_email = _email(text, mentions, asked=part is Part.CONTACT)
    phone, bad_phone = _phone(text, mentions, asked=part is Part.CONTACT and email is None)
    domains, bad_domain = _domains(text, mentions, asked=part is Part.TARGET)
    target = domains[0] if len(domains) == 1 else None
    problems: list[tuple[Part, Problem]] = []
    # "Dari hosting lama" says where a migration comes from.
    is_wanted = intake.target is None and intake.kind is not PaidKind.MIGRATION
    if not domains and (part is Part.TARGET or is_wanted):
        named = [service for service in services.mentioned(text) if service.key not in _NO_TARGET]
        target = named[0].name if named else None
    if len(domains) > 1:
        problems.append((Part.TARGET, Problem.SEVERAL_DOMAINS))
    elif part is Part.TARGET and target is None:
        problems.append((Part.TARGET, Problem.BAD_DOMAIN if bad_domain else Problem.NO_DOMAIN_NAME))
    capacity, bad_capacity = _capacity(text, mentions, asked=part is Part.CAPACITY)
    problems += [
        (where, problem)
        for where, problem, is_so in (
            (Part.CONTACT, Problem.BAD_EMAIL, bad_email and email is None),
            (Part.CONTACT, Problem.BAD_PHONE, bad_phone and phone is None),
            (Part.CAPACITY, Problem.BAD_CAPACITY, bad_capacity),
        )
        if is_so
    ]
    urgency = urgency_in(text, asked=part is Part.URGENCY)
    return Found(
        target=target,
        domains=domains,
        email=email,
        phone=phone,
        urgency=Urgency(urgency) if urgency else None,
        capacity_gb=capacity if intake.kind is PaidKind.MIGRATION else None,
        problems=tuple(problems),
    )


def named_parts(text: str) -> list[Part]:
    """The parts of an order that `text` speaks of by name."""
    if titled := [part for part, title in PART_NAMES.items() if text.strip().casefold() == title.casefold()]:
        return titled
    line = normalise(text)
    return [part for part, words in _PARTS.items() if re.search(rf"\b(?:{words})\b", line)]


def _email(text: str, mentions: list[Mention], *, asked: bool) -> tuple[str | None, bool]:
    named = [mention.value for mention in mentions if mention.label == "surel"]
    valid = [checked for value in named if (checked := checked_email(value))]
    tried = bool(named) or (asked and bool(_AN_ADDRESS.search(text)))
    return (valid[-1] if valid else None), tried


def _phone(text: str, mentions: list[Mention], *, asked: bool) -> tuple[str | None, bool]:
    named = [mention.value for mention in mentions if mention.label == "telepon"]
    if not named and asked:
        named = [match[0] for match in _DIGITS.finditer(text)]
    valid = [checked for value in named if (checked := checked_phone(value))]
    return (valid[-1] if valid else None), bool(named)


def _domains(text: str, mentions: list[Mention], *, asked: bool) -> tuple[tuple[str, ...], bool]:
    """The domain names that are meant, each once; and whether something looks like one and is none."""
    named = [(mention.start, mention.value) for mention in mentions if mention.label == "nama_domain"]
    if not named and asked:
        taken = [(mention.start, mention.end) for mention in mentions]
        hosts = [match for match in _HOST.finditer(text) if not match[0].replace(".", "").isdigit()]
        named = [(m.start(), m[0]) for m in hosts if not any(start <= m.start() < end for start, end in taken)]
    checked = [(start, name) for start, value in named if (name := checked_domain(value))]
    if len(checked) > 1 and corrects(text):
        # "bukan toko.com, yang benar toko.id": what was wrong is not meant, and the last word counts.
        meant = [name for start, name in checked if not _REJECTED.search(text[:start])]
        checked = [(0, meant[-1] if meant else checked[-1][1])]
    return tuple(dict.fromkeys(name for _, name in checked)), bool(named) and not checked


def _capacity(text: str, mentions: list[Mention], *, asked: bool) -> tuple[int | None, bool]:
    """In whole GB, rounded up."""
    sizes = [m.value for m in mentions if m.label == "kapasitas" and not m.value.casefold().endswith("ps")]
    amounts = [_in_gb(*match.groups()) for size in sizes if (match := _SIZE.match(size))]
    if not amounts and asked and (bare := _BARE_NUMBER.search(text)):
        amounts = [_in_gb(bare[1], "g")]
    if not amounts:
        return None, False
    return (amounts[-1], False) if 0 < amounts[-1] <= MOST_GB else (None, True)


def _in_gb(number: str, unit: str) -> int:
    # "1.500 MB" has a separator of thousands, "1,5 TB" a decimal comma.
    plain = number.replace(".", "") if re.fullmatch(r"\d{1,3}\.\d{3}", number) else number.replace(",", ".")
    return -int(-float(plain) * _GB[unit.casefold()] // 1)
