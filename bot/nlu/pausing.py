"""While a support agent speaks Rasa waits: our message log decides, and Rasa's tracker follows."""

from __future__ import annotations

from rasa.core.agent import Agent
from rasa.shared.core.events import ActiveLoop, ConversationPaused, ConversationResumed
from rasa.shared.core.trackers import DialogueStateTracker


async def pause(agent: Agent, conversation_id: str) -> None:
    """Pause the conversation and end a form in it: what was asked before is over once a person has spoken."""
    async with agent.lock_store.lock(conversation_id):
        tracker = await agent.tracker_store.get_or_create_tracker(conversation_id, append_action_listen=True)
        if tracker.is_paused():
            return
        if tracker.active_loop is not None:
            tracker.update(ActiveLoop(None))
        tracker.update(ConversationPaused())
        await agent.tracker_store.save(tracker)


async def resume(agent: Agent, tracker: DialogueStateTracker) -> None:
    """Whoever has a message answered has the conversation: a pause that is left over ends."""
    if tracker.is_paused():
        tracker.update(ConversationResumed())
        await agent.tracker_store.save(tracker)
