"""Answers from a clause that was found by search, not by a trained topic."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.replying import utter
from actions.tanya_balik import ActionTanyaBalik
from bot.helpdesk.clauses import is_clause_id


class ActionPasalBaru(ActionTanyaBalik):
    """Shows the official wording of the clause that the search put beside the intent; asks back if there is none."""

    def name(self) -> str:
        return "action_pasal_baru"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        found = tracker.latest_message.get("intent") or {}
        clause, wording = found.get("clause"), found.get("wording")
        # The intent alone, as a button or another client may send it, names no clause.
        if not (isinstance(clause, str) and is_clause_id(clause) and isinstance(wording, str) and wording.strip()):
            return await super().run(dispatcher, tracker, domain)
        utter(dispatcher, self._knowledge.about_new_clause(clause, wording))
        return []
