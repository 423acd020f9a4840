"""Takes details (a domain, an invoice number) as what they are: a follow-up to the turn before."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.replying import newest_outcome, utter
from bot.services.knowledge import Knowledge


class ActionCatatRincian(Action):  # type: ignore[misc]  # rasa_sdk publishes no types
    """Passes details on to staff when they were asked for, else asks what they are about."""

    def __init__(self) -> None:
        self._knowledge = Knowledge.load()

    def name(self) -> str:
        return "action_catat_rincian"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        utter(dispatcher, self._knowledge.take_details(after=newest_outcome(tracker.events)))
        return []
