"""One turn with a Rasa agent: the same for the server's channel and for `helpdesk ask`.

Idempotent by message id: a message that the tracker already holds is answered from the tracker.
"""

from __future__ import annotations

import re
from copy import copy
from dataclasses import asdict, dataclass, field
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.constants import INTENT_MESSAGE_PREFIX
from rasa.shared.core.constants import USER_INTENT_BACK, USER_INTENT_RESTART, USER_INTENT_SESSION_START
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.exceptions import RasaException

from bot.nlu.action_answers import check_schema_once
from bot.nlu.endpoint_encoder import fetch_ahead
from bot.nlu.pausing import resume
from bot.nlu.sequential_runner import run_sequentially

# Before a customer's own "/restart" this keeps Rasa from reading it as a command; never stored.
_NOT_A_COMMAND = "\u2060"
# A button is a plain intent: no confidence and no entities behind it, and none of Rasa's own commands.
_BUTTON = re.compile(r"/(\w+)")
_RANKED = 10
_TRIED = "coba"
_COMMANDS = {USER_INTENT_BACK, USER_INTENT_RESTART, USER_INTENT_SESSION_START}


class NoReplyError(RasaException):
    """Rasa ran the turn, but nothing was said (a failed action); the turn is to be tried again."""


@dataclass(frozen=True)
class Utterance:
    """One message of the bot."""

    text: str
    buttons: list[dict[str, str]] = field(default_factory=list)
    outcome: str | None = None
    clauses: list[str] = field(default_factory=list)
    # {"intent", "outcome"} of each request, where the message settles more than one.
    requests: list[dict[str, str]] = field(default_factory=list)
    # What is to be done beside saying it, as bot.helpdesk.paid.effects writes it.
    effect: dict[str, Any] | None = None


@dataclass(frozen=True)
class Turn:
    """What the bot made of one message."""

    intent: str | None
    confidence: float
    entities: list[dict[str, Any]]
    replies: list[Utterance]

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return asdict(self)


class _Collector(OutputChannel):
    """Keeps whole bot messages, with the metadata that Rasa's collecting channel drops."""

    @classmethod
    def name(cls) -> str:
        return "helpdesk"

    def __init__(self) -> None:
        self.messages: list[dict[str, Any]] = []

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        self.messages.append(message)


async def run_turn(
    agent: Agent | None, *, conversation_id: str, message_id: str, text: str, payload: str | None
) -> Turn:
    """Let `agent` answer `text`; `payload` is the button behind it, such as `/minta_manusia`.

    A payload that is not a button of this model is ignored, and the text is read as typed. Offsets of entities
    count from the first character that is not blank, because Rasa strips what it stores.

    Raises NoReplyError when nothing was said, EncoderError when the sentence encoder fails, and RasaException when
    no model is loaded.
    """
    text = text.strip()
    processor = agent.processor if agent else None
    if agent is None or processor is None:
        raise RasaException("no model is loaded")
    # What Rasa would do again for every message (docs/adr/0016); both do nothing the second time.
    run_sequentially(processor)
    check_schema_once()
    async with agent.lock_store.lock(conversation_id):
        tracker = await agent.tracker_store.retrieve(conversation_id)
        if tracker is not None and (earlier := _earlier_turn(tracker, message_id)) is not None:
            return earlier
        if tracker is not None:
            await resume(agent, tracker)
        parsed = await _parse(agent, text, payload)
        collector = _Collector()
        message = UserMessage(
            text, collector, conversation_id, parse_data=parsed, input_channel="helpdesk", message_id=message_id
        )
        await processor.handle_message(message)
    return _turn(parsed, [_utterance(said) for said in collector.messages])


async def try_turn(agent: Agent | None, text: str) -> Turn:
    """The turn that would answer `text` with nothing said before; nobody's conversation is touched and nothing is kept.

    Raises as `run_turn`.
    """
    if agent is None or agent.processor is None:
        raise RasaException("no model is loaded")
    apart, processor = copy(agent), copy(agent.processor)
    apart.tracker_store = processor.tracker_store = InMemoryTrackerStore(agent.domain)
    apart.processor = processor
    return await run_turn(apart, conversation_id=_TRIED, message_id=_TRIED, text=text, payload=None)


async def understand(agent: Agent | None, text: str) -> list[dict[str, Any]]:
    """What `text` alone is likely to be about, as {"intent", "probability"}, likeliest first; no conversation moves on.

    Raises EncoderError, and RasaException when no model is loaded.
    """
    if agent is None or agent.processor is None:
        raise RasaException("no model is loaded")
    parsed = await _parse(agent, text.strip(), None)
    ranking = parsed.get("intent_ranking") or []
    return [{"intent": i["name"], "probability": float(i["confidence"] or 0.0)} for i in ranking[:_RANKED]]


async def _parse(agent: Agent, text: str, payload: str | None) -> dict[str, Any]:
    if (button := _intent_of_button(agent, payload)) is not None:
        # Nothing is to be understood, so a button for staff works while the sentence encoder does not.
        intent = {"name": button, "confidence": 1.0}
        return {"text": text, "intent": intent, "intent_ranking": [intent], "entities": []}
    looks_like_command = text.startswith(INTENT_MESSAGE_PREFIX)
    source = _NOT_A_COMMAND + text if looks_like_command else text
    await fetch_ahead(source)
    parsed: dict[str, Any] = await agent.processor.parse_message(UserMessage(source))
    if looks_like_command:
        for entity in parsed["entities"]:
            entity["start"] -= len(_NOT_A_COMMAND)
            entity["end"] -= len(_NOT_A_COMMAND)
    parsed["text"] = text
    return parsed


def _intent_of_button(agent: Agent, payload: str | None) -> str | None:
    match = _BUTTON.fullmatch(payload or "")
    if match is None or match[1] not in agent.processor.domain.intents or match[1] in _COMMANDS:
        return None
    return match[1]


def _earlier_turn(tracker: DialogueStateTracker, message_id: str) -> Turn | None:
    """The stored turn of this message, or None if it was never processed or never answered."""
    said: list[Utterance] = []
    for event in reversed(tracker.events):
        if isinstance(event, BotUttered):
            said.append(_utterance(event.message()))
        elif isinstance(event, UserUttered):
            if event.message_id == message_id:
                return _turn(event.parse_data, said[::-1]) if said else None
            said = []
    return None


def _turn(parsed: dict[str, Any], replies: list[Utterance]) -> Turn:
    if not replies:
        raise NoReplyError("the bot said nothing")
    intent = parsed.get("intent") or {}
    return Turn(intent.get("name"), float(intent.get("confidence") or 0.0), parsed.get("entities") or [], replies)


def _utterance(message: dict[str, Any]) -> Utterance:
    about = message.get("metadata") or {}
    return Utterance(
        text=message.get("text") or "",
        buttons=[{"title": b["title"], "payload": b["payload"]} for b in message.get("buttons") or []],
        outcome=about.get("outcome"),
        clauses=list(about.get("clauses") or []),
        requests=list(about.get("requests") or []),
        effect=about.get("effect"),
    )
