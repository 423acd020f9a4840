"""From a reply of ours to Rasa's dispatcher, outcome and clauses included."""

from rasa_sdk.executor import CollectingDispatcher

from bot.helpdesk.conversation import Reply


def utter(dispatcher: CollectingDispatcher, reply: Reply) -> None:
    """Say `reply`; `metadata` is what bot.nlu.turn reads."""
    dispatcher.utter_message(
        text=reply.text,
        buttons=[{"title": b.title, "payload": b.payload} for b in reply.buttons],
        metadata={"outcome": reply.outcome.value, "clauses": list(reply.clauses)},
    )
