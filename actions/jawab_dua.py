"""Answers a message with two requests in one reply."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop
from rasa_sdk.executor import CollectingDispatcher

from actions.bantuan_berbayar import FORM
from actions.replying import fixed_reply, utter
from bot.helpdesk.combining import Answered, combine
from bot.helpdesk.conversation import Reply
from bot.services.knowledge import Knowledge


class ActionJawabDua(Action):  # type: ignore[misc]  # rasa_sdk publishes no types
    """Puts together the replies that each request would get alone, and begins the form for paid work."""

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
        # What is to be done for money is taken up in the same turn, by a question of its own.
        is_taken_up = (tracker.active_loop or {}).get("name") == FORM
        is_work = "dukungan_berbayar" in (first.intent, second.intent)
        return [ActiveLoop(FORM)] if is_work and not is_taken_up else []

    def _answered(self, intent: str, text: str, domain: dict[str, Any]) -> Answered:
        return Answered(intent, self._knowledge.title(intent), self._reply(intent, text, domain))

    def _reply(self, intent: str, text: str, domain: dict[str, Any]) -> Reply:
        return fixed_reply(intent, domain) or self._knowledge.about_services(text)
