"""Between Rasa's events and replies of ours, outcome and clauses included."""

from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from bot.helpdesk.conversation import Button, Outcome, Reply
from bot.helpdesk.paid.effects import effect_to_json


def utter(dispatcher: CollectingDispatcher, reply: Reply) -> None:
    """Say `reply`; `metadata` is what bot.nlu.turn reads."""
    dispatcher.utter_message(
        text=reply.text,
        buttons=[{"title": b.title, "payload": b.payload} for b in reply.buttons],
        metadata={
            "outcome": reply.outcome.value,
            "clauses": list(reply.clauses),
            "requests": [{"intent": r.intent, "outcome": r.outcome.value} for r in reply.requests],
            "effect": effect_to_json(reply.effect) if reply.effect else None,
        },
    )


def fixed_reply(intent: str, domain: dict[str, Any]) -> Reply | None:
    """The first variation of the intent's response in domain.yml, or None where it is answered by an action."""
    variations = (domain.get("responses") or {}).get(f"utter_{intent}")
    if not variations:
        return None
    said = variations[0]
    about = said["metadata"]
    buttons = tuple(Button(b["title"], b["payload"]) for b in said.get("buttons") or [])
    return Reply(said["text"], Outcome(about["outcome"]), tuple(about["clauses"]), buttons)


def outcomes(events: list[dict[str, Any]]) -> list[Outcome]:
    """The outcomes of the bot's messages among `events`, newest first."""
    found = []
    for event in reversed(events):
        if event.get("event") == "bot":
            about = (event.get("metadata") or {}).get("metadata") or {}
            if about.get("outcome"):
                found.append(Outcome(about["outcome"]))
    return found


def newest_outcome(events: list[dict[str, Any]]) -> Outcome | None:
    """The outcome of the bot's newest message, or None if it has said nothing yet."""
    return next(iter(outcomes(events)), None)
