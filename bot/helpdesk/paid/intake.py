"""Taking up a request for paid support in the chat: what is known, what is open, and what a message changes.

A pure state machine that lies in the dialogue as JSON. The same question is put at most twice, coming back to it after
another topic included; the third time a person goes on. `bot.helpdesk.paid.intake_reading` reads what a message names,
`bot.helpdesk.paid.intake_texts` says what the customer reads.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from enum import Enum
from typing import Any

from bot.helpdesk.paid.requests import Order, PaidKind, Urgency

MOST_ASKED = 2
# Of customer messages; corrections could go on for ever.
MOST_TURNS = 30
LONGEST_NEED = 4000


class Part(str, Enum):
    """What an order consists of, in the order in which it is asked."""

    NEED = "need"
    TARGET = "target"
    CAPACITY = "capacity"
    URGENCY = "urgency"
    CONTACT = "contact"


class Question(str, Enum):
    """What the customer is asked: a part that is missing, a part to be changed, or the whole."""

    NEED = "need"
    TARGET = "target"
    CAPACITY = "capacity"
    URGENCY = "urgency"
    CONTACT = "contact"
    CONFIRM = "confirm"
    WHICH_PART = "which_part"
    CHANGE_NEED = "change_need"
    CHANGE_TARGET = "change_target"
    CHANGE_CAPACITY = "change_capacity"
    CHANGE_URGENCY = "change_urgency"
    CHANGE_CONTACT = "change_contact"

    @property
    def part(self) -> Part | None:
        """The part that the answer gives."""
        name = self.value.removeprefix("change_")
        return Part(name) if name in Part._value2member_map_ else None


class End(str, Enum):
    """How it came out. Only FILED makes a request."""

    FILED = "filed"
    CANCELLED = "cancelled"
    INCLUDED = "included"
    WARRANTY = "warranty"
    OUT_OF_FIELD = "out_of_field"
    OFF_TOPIC = "off_topic"
    PERSON = "person"
    UPSET = "upset"
    GAVE_UP = "gave_up"


class Problem(str, Enum):
    """Why what was said cannot be taken as it is."""

    NOT_UNDERSTOOD = "not_understood"
    BAD_EMAIL = "bad_email"
    BAD_PHONE = "bad_phone"
    BAD_DOMAIN = "bad_domain"
    NO_DOMAIN_NAME = "no_domain_name"
    SEVERAL_DOMAINS = "several_domains"
    BAD_CAPACITY = "bad_capacity"
    TOO_LONG = "too_long"
    PRICE_UNKNOWN = "price_unknown"


@dataclass(frozen=True)
class Intake:
    """What is known so far. `open` is the question that was put last; `asked` counts how often each was.

    `noted` are the parts that the newest message gave or changed, `problem` what was wrong with it, and `choices` the
    domain names of which one is meant. `insisted`: the customer wants it done for money although it is included.
    """

    kind: PaidKind = PaidKind.EXTRA
    need: str | None = None
    target: str | None = None
    urgency: Urgency | None = None
    email: str | None = field(default=None, repr=False)
    phone: str | None = field(default=None, repr=False)
    capacity_gb: int | None = None
    open: Question | None = None
    asked: Mapping[Question, int] = field(default_factory=dict)
    turns: int = 0
    noted: tuple[Part, ...] = ()
    problem: Problem | None = None
    choices: tuple[str, ...] = ()
    insisted: bool = False
    end: End | None = None

    @property
    def missing(self) -> Part | None:
        """The first part that an order still lacks."""
        lacking = {
            Part.NEED: self.need is None,
            Part.TARGET: self.target is None,
            Part.CAPACITY: self.kind is PaidKind.MIGRATION and self.capacity_gb is None,
            Part.URGENCY: self.urgency is None,
            Part.CONTACT: self.email is None and self.phone is None,
        }
        return next((part for part in Part if lacking[part]), None)

    @property
    def order(self) -> Order | None:
        """What the customer wants, once nothing is missing."""
        if self.missing or self.need is None or self.target is None or self.urgency is None:
            return None
        capacity = self.capacity_gb if self.kind is PaidKind.MIGRATION else None
        return Order(self.kind, self.need, self.target, self.urgency, self.email, self.phone, capacity)

    def ended(self, end: End) -> Intake:
        """It is over; nothing is open any more."""
        return replace(self, end=end, open=None, noted=(), problem=None)

    def put(self, question: Question) -> Intake:
        """The question is put once more, or a person goes on where it has been put often enough."""
        times = self.asked.get(question, 0)
        if times >= MOST_ASKED:
            return self.ended(End.GAVE_UP)
        return replace(self, open=question, asked={**self.asked, question: times + 1})

    def put_next(self) -> Intake:
        """The next question: what is missing, or whether all is right."""
        return self.put(Question(self.missing.value) if self.missing else Question.CONFIRM)

    def come_back(self) -> Intake:
        """After another topic was answered: the question that is still open, put again."""
        again = replace(self, noted=(), problem=None)
        return again.put_next() if self.open is None or self._is_answered(self.open) else again.put(self.open)

    def _is_answered(self, question: Question) -> bool:
        """Whether the answer came with the message that also asked something else."""
        part = question.part
        return bool(self.noted) if part is None else part in self.noted

    def with_part(self, part: Part, **values: Any) -> Intake:
        """With what the newest message said of `part`; a summary of other content is another question."""
        asked: dict[Question, int] = {**self.asked}
        asked.pop(Question.CONFIRM, None)
        noted = self.noted if part in self.noted else (*self.noted, part)
        return replace(self, **values, noted=noted, asked=asked)

    def to_json(self) -> dict[str, Any]:
        """Plain data; `from_json` gives the same again."""
        plain = asdict(self)
        plain["asked"] = {question.value: times for question, times in self.asked.items()}
        for name in ("kind", "urgency", "open", "problem", "end"):
            value = plain[name]
            plain[name] = value.value if isinstance(value, Enum) else None
        plain["noted"] = [part.value for part in self.noted]
        plain["choices"] = list(self.choices)
        return plain

    @classmethod
    def from_json(cls, data: Any) -> Intake | None:
        """The intake in `data`, or None where it is none, for instance one of another version."""
        try:
            return cls(
                kind=PaidKind(data["kind"]),
                need=_text(data["need"]),
                target=_text(data["target"]),
                urgency=Urgency(data["urgency"]) if data["urgency"] else None,
                email=_text(data["email"]),
                phone=_text(data["phone"]),
                capacity_gb=None if data["capacity_gb"] is None else int(data["capacity_gb"]),
                open=Question(data["open"]) if data["open"] else None,
                asked={Question(name): int(times) for name, times in data["asked"].items()},
                turns=int(data["turns"]),
                noted=tuple(Part(name) for name in data["noted"]),
                problem=Problem(data["problem"]) if data["problem"] else None,
                choices=tuple(str(name) for name in data["choices"]),
                insisted=bool(data["insisted"]),
                end=End(data["end"]) if data["end"] else None,
            )
        except (AttributeError, KeyError, TypeError, ValueError):
            return None


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    raise TypeError(value)
