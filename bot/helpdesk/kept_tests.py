"""Messages and conversations that trainers keep as tests: what is expected of them, and whether it came so."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.errors import InvalidMessageError
from bot.helpdesk.clauses import is_clause_id
from bot.helpdesk.conversation import Outcome
from bot.helpdesk.scoring import Labelled, Predicted, fully_right

LONGEST_TEXT = 1000
LONGEST_NAME = 100
MOST_TURNS = 60
_MOST_CLAUSES = 10
# What Rasa would read as the mark of an entity: a blank between means the same to people.
_LIKE_A_MARK = re.compile(r"\](?=[(\[{])")
# What YAML cannot hold, beside line breaks.
_UNPRINTABLE = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_INTENT = re.compile(r"\w{1,60}")


@dataclass(frozen=True)
class KeptMessage:
    """A first message with its acceptable outcomes and clauses, the best first."""

    text: str
    outcomes: tuple[str, ...]
    clauses: tuple[str, ...]

    @property
    def id(self) -> str:
        """Of its text: a file holds each text once."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:12]


@dataclass(frozen=True)
class KeptTurn:
    """What the customer says (`/intent` where a button is pressed), and what it must come to.

    `intent` is empty where nobody has said what is to be understood.
    """

    text: str
    intent: str
    outcome: str
    clauses: tuple[str, ...]


@dataclass(frozen=True)
class KeptConversation:
    """A conversation from its beginning."""

    id: str
    name: str
    turns: tuple[KeptTurn, ...]


@dataclass(frozen=True)
class Actual:
    """What the bot made of a message."""

    outcome: str
    clauses: tuple[str, ...]
    intent: str


def kept_text(text: object) -> str:
    """A customer's text as files keep it: no blank lines or edges, nothing that YAML or Rasa would read otherwise.

    Raises InvalidMessageError where nothing is left or it is too long.
    """
    if not isinstance(text, str):
        raise InvalidMessageError("text is not a string", field="text")
    lines = (_UNPRINTABLE.sub("", line).strip() for line in text.splitlines())
    kept = _LIKE_A_MARK.sub("] ", "\n".join(line for line in lines if line))
    if not kept or len(kept) > LONGEST_TEXT:
        raise InvalidMessageError(f"text has {len(kept)} characters", field="text", max=LONGEST_TEXT)
    return kept


def checked_message(text: object, outcomes: object, clauses: object) -> KeptMessage:
    """Raises InvalidMessageError naming the field."""
    names = _names(outcomes, "outcomes")
    if not names:
        raise InvalidMessageError("no outcome", field="outcomes")
    for name in names:
        _check_outcome(name, "outcomes")
    found = _clauses(clauses)
    if Outcome.ANSWER.value in names and not found:
        raise InvalidMessageError("an answer needs a clause", field="clauses")
    return KeptMessage(kept_text(text), names, found)


def checked_name(name: object) -> str:
    """Of a conversation, on one line. Raises InvalidMessageError."""
    kept = " ".join(_UNPRINTABLE.sub("", name).split()) if isinstance(name, str) else ""
    if not kept or len(kept) > LONGEST_NAME:
        raise InvalidMessageError("name is missing or too long", field="name", max=LONGEST_NAME)
    return kept


def checked_turns(rows: object) -> tuple[KeptTurn, ...]:
    """Raises InvalidMessageError naming the field, with the `turn` counted from 1."""
    if not isinstance(rows, list) or not 1 <= len(rows) <= MOST_TURNS:
        raise InvalidMessageError("turns is not a list of 1 to 60", field="turns", max=MOST_TURNS)
    turns = []
    for number, row in enumerate(rows, start=1):
        try:
            turns.append(_checked_turn(row))
        except InvalidMessageError as error:
            raise InvalidMessageError(str(error), **{**error.data, "turn": number}) from error
    return tuple(turns)


def _checked_turn(row: object) -> KeptTurn:
    if not isinstance(row, dict):
        raise InvalidMessageError("a turn is not an object", field="turns")
    outcome, intent = row.get("outcome"), row.get("intent") or ""
    _check_outcome(outcome, "outcome")
    if not isinstance(intent, str) or (intent and not _INTENT.fullmatch(intent)):
        raise InvalidMessageError("intent is not a name", field="intent")
    clauses = _clauses(row.get("clauses"))
    if outcome == Outcome.ANSWER.value and not clauses:
        raise InvalidMessageError("an answer needs a clause", field="clauses")
    return KeptTurn(kept_text(row.get("text")), intent, str(outcome), clauses)


def is_right(turn: KeptTurn | KeptMessage, actual: Actual) -> bool:
    """The outcome is an acceptable one and, for an answer, so is its first clause."""
    outcomes = turn.outcomes if isinstance(turn, KeptMessage) else (turn.outcome,)
    return fully_right(Labelled(turn.text, outcomes, turn.clauses), Predicted(actual.outcome, actual.clauses))


def count_right(rights: Iterable[bool]) -> tuple[int, int]:
    """How many are right, of how many."""
    known = list(rights)
    return sum(known), len(known)


def _check_outcome(name: object, field: str) -> None:
    if name not in {outcome.value for outcome in Outcome}:
        raise InvalidMessageError("unknown outcome", field=field)


def _clauses(value: object) -> tuple[str, ...]:
    found = _names(value if value is not None else [], "clauses")
    if len(found) > _MOST_CLAUSES or not all(map(is_clause_id, found)):
        raise InvalidMessageError("not a clause id", field="clauses")
    return found


def _names(value: object, field: str) -> tuple[str, ...]:
    if not isinstance(value, Sequence) or isinstance(value, str) or not all(isinstance(name, str) for name in value):
        raise InvalidMessageError(f"{field} is not a list of strings", field=field)
    return tuple(dict.fromkeys(value))
