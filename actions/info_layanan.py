"""Answers "what do you sell?" from the catalogue of services."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.replying import utter
from bot.services.knowledge import Knowledge


class ActionInfoLayanan(Action):  # type: ignore[misc]  # rasa_sdk publishes no types
    """Tells of the services named in the message, or of all."""

    def __init__(self) -> None:
        self._knowledge = Knowledge.load()

    def name(self) -> str:
        return "action_info_layanan"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        utter(dispatcher, self._knowledge.about_services(tracker.latest_message.get("text") or ""))
        return []
