"""The form that takes up a request for paid support; what it says and decides is in bot.helpdesk.paid."""

from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActionExecutionRejected, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.replying import fixed_reply, utter
from bot.helpdesk.paid.effects import TellStanding
from bot.helpdesk.paid.intake import End, Intake
from bot.helpdesk.paid.intake_heard import FILE_ANYWAY, STARTS, Heard
from bot.helpdesk.paid.intake_texts import NOT_FILED_YET, say
from bot.helpdesk.paid.intake_turns import begin, hear
from bot.services.knowledge import Knowledge

FORM = "form_dukungan_berbayar"
SLOT = "permintaan_berbayar"
_REQUESTED_SLOT = "requested_slot"
# Topics whose answer offers a button of the form.
_OFFERING = {
    "ajukan_migrasi": {"migrasi"},
    "ajukan_revisi": {"revisi_ditolak", "revisi_layanan"},
    "dukungan_berbayar": {"bantuan_layanan", "kasus_layanan", "nlu_fallback", "tidak_jelas"},
}


class ValidateFormDukunganBerbayar(Action):  # type: ignore[misc]  # rasa_sdk publishes no types
    """Takes the newest message into the intake; another topic is left to its rule, after which the form comes back."""

    def __init__(self) -> None:
        self._services = Knowledge.load().services

    def name(self) -> str:
        return f"validate_{FORM}"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        since = _since_last_message(tracker.events)
        now = Intake.from_json(tracker.get_slot(SLOT))
        newest = _heard(tracker.latest_message)
        if any(event.get("event") == "active_loop" and event.get("name") == FORM for event in since):
            part = _paid_part(tracker.latest_message)
            earlier = _earlier(tracker.events, newest)
            intake = begin(part or newest, self._services, earlier=earlier, before=now, is_explained=part is not None)
        elif now is None or now.end:  # of another version: the message begins anew
            intake = begin(newest, self._services)
        elif any(event.get("event") == "bot" for event in since):
            intake = now.come_back()
        else:
            step = hear(now, newest, self._services)
            if step.digress:
                return [SlotSet(SLOT, step.intake.to_json()), ActionExecutionRejected(FORM)]
            intake = step.intake
        return [SlotSet(SLOT, intake.to_json()), SlotSet(_REQUESTED_SLOT, None if intake.end else SLOT)]


class ActionAskPermintaanBerbayar(Action):  # type: ignore[misc]  # rasa_sdk publishes no types
    """Says the question that is open."""

    def name(self) -> str:
        return f"action_ask_{SLOT}"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        if intake := Intake.from_json(tracker.get_slot(SLOT)):
            utter(dispatcher, say(intake))
        return []


class ActionTutupDukunganBerbayar(Action):  # type: ignore[misc]  # rasa_sdk publishes no types
    """Says how the intake ended, and forgets it unless it may still be filed all the same."""

    def name(self) -> str:
        return "action_tutup_dukungan_berbayar"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        intake = Intake.from_json(tracker.get_slot(SLOT)) or Intake(end=End.GAVE_UP)
        utter(dispatcher, say(intake))
        return [] if intake.end in (End.INCLUDED, End.WARRANTY) else [SlotSet(SLOT, None)]


class ActionStatusPermintaan(Action):  # type: ignore[misc]  # rasa_sdk publishes no types
    """Has the web process say how far the customer's requests are; a person looks after those without any."""

    def name(self) -> str:
        return "action_status_permintaan"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        is_taken_up = (tracker.active_loop or {}).get("name") == FORM
        nothing_requested = fixed_reply("status_permintaan", domain)
        if is_taken_up or nothing_requested is None:
            utter(dispatcher, NOT_FILED_YET)
        else:
            utter(dispatcher, replace(nothing_requested, effect=TellStanding()))
        return []


def _since_last_message(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The events after the customer's newest message."""
    newest = max((n for n, event in enumerate(events) if event.get("event") == "user"), default=-1)
    return events[newest + 1 :]


def _heard(message: dict[str, Any]) -> Heard:
    intent = message.get("intent") or {}
    # A button has itself as the only candidate (bot.nlu.turn); what was typed is ranked against all intents.
    pressed = len(message.get("intent_ranking") or []) == 1
    return Heard(
        text=message.get("text") or "",
        intent=intent.get("name") or "",
        confidence=float(intent.get("confidence") or 0.0),
        pressed=pressed,
    )


def _paid_part(message: dict[str, Any]) -> Heard | None:
    """Of a message with two requests the one for work, which the reply to both has explained already."""
    requests = message.get("requests") or []
    return next((Heard(r["text"], r["intent"]) for r in requests if r["intent"] == "dukungan_berbayar"), None)


def _earlier(events: list[dict[str, Any]], newest: Heard) -> Heard | None:
    """The last message before `newest` that was typed, if it is of a topic whose answer offers the button."""
    if newest.intent not in STARTS or newest.intent == FILE_ANYWAY:
        return None
    heard = [_heard(event.get("parse_data") or event) for event in events if event.get("event") == "user"][:-1]
    last = next((message for message in reversed(heard) if not message.pressed), None)
    return last if last and last.intent in _OFFERING.get(newest.intent, ()) else None
