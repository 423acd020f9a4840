"""Answers a message with two requests in one reply."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.replying import fixed_reply, utter
from bot.helpdesk.combining import Answered, combine
from bot.helpdesk.conversation import Reply
from bot.services.knowledge import Knowledge


class ActionJawabDua(Action):  # type: ignore[misc]  # rasa_sdk publishes no types
    """Puts together the replies that each request would get alone."""

    def __init__(self) -> None:
        self._knowledge = Knowledge.load()

    def name(self) -> str:
        return "action_jawab_dua"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        requests = tracker.latest_message.get("requests") or []
        if len(requests) != 2:  # the intent came as a payload of its own: there is nothing to answer
            utter(dispatcher, self._knowledge.ask_back([], asked_before=0, understood_nothing=True))
            return []
        first, second = (self._answered(request["intent"], request["text"], domain) for request in requests)
        utter(dispatcher, combine(first, second))
        return []

    def _answered(self, intent: str, text: str, domain: dict[str, Any]) -> Answered:
        return Answered(intent, self._knowledge.title(intent), self._reply(intent, text, domain))

    def _reply(self, intent: str, text: str, domain: dict[str, Any]) -> Reply:
        return fixed_reply(intent, domain) or self._knowledge.about_services(text)
