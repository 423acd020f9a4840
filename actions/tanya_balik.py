"""Asks back when a message was not understood."""

from itertools import takewhile
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.replying import outcomes, utter
from bot.helpdesk.clarifying import Candidate
from bot.helpdesk.conversation import Outcome
from bot.services.knowledge import Knowledge

_NO_TOPIC = {"nlu_fallback", "tidak_jelas", "beri_rincian", "pasal_baru"}
# Behind a fallback the ranking is a guess; below this share it says nothing at all.
_UNDERSTOOD_NOTHING = 0.1


class ActionTanyaBalik(Action):  # type: ignore[misc]  # rasa_sdk publishes no types
    """Offers the likeliest topics; asked a second time in a row, a person first."""

    def __init__(self) -> None:
        self._knowledge = Knowledge.load()

    def name(self) -> str:
        return "action_tanya_balik"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        latest = tracker.latest_message
        ranking = [
            Candidate(entry["name"], float(entry["confidence"]))
            for entry in latest.get("intent_ranking") or []
            if entry.get("name") and entry["name"] not in _NO_TOPIC
        ]
        best = max((candidate.probability for candidate in ranking), default=0.0)
        reply = self._knowledge.ask_back(
            ranking,
            asked_before=sum(1 for _ in takewhile(lambda o: o is Outcome.CLARIFY, outcomes(tracker.events))),
            understood_nothing=best < _UNDERSTOOD_NOTHING,
            is_opening=(latest.get("intent") or {}).get("name") == "tidak_jelas",
        )
        utter(dispatcher, reply)
        return []
