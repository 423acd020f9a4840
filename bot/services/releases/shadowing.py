"""A candidate hears what customers write and says nothing; where it understands something else, that is kept."""

from __future__ import annotations

from bot.helpdesk.releases.comparing import Understood
from bot.helpdesk.releases.versions import SHADOW_SLOT
from bot.services.ports import Store
from bot.services.ports.releases import Difference, HeardMessage, Place, Slots
from bot.text.masking import mask_personal_data

_AT_ONCE = 20


class ListenInShadow:
    """Follows the answers in the log; one message after the other, so that it never competes with live answers."""

    def __init__(self, store: Store, slots: Slots) -> None:
        self._store = store
        self._slots = slots
        self._version: int | None = None
        self._place: Place | None = None

    async def turn(self) -> int:
        """Hears what is new; how many messages that were."""
        async with self._store.read() as work:
            serving = await work.versions.serving()
            if serving is None or serving.shadow_version is None or serving.shadow_since is None:
                return 0
            if serving.shadow_version != self._version:
                self._version, self._place = serving.shadow_version, None
            heard = await work.shadow.answered_since(serving.shadow_since, self._place, _AT_ONCE)
        tried = self._slots.tried(SHADOW_SLOT)
        for count, (place, message) in enumerate(heard):
            candidate = await tried.try_text(message.text)
            if candidate is None:  # it is being started again; the message is asked about later
                return count
            async with self._store.begin() as work:
                await work.shadow.note(serving.shadow_version, message, _difference(message, candidate))
                await work.commit()
            self._place = place
        return len(heard)


def _difference(heard: HeardMessage, candidate: Understood) -> Difference | None:
    """What the candidate knows of is the text alone, so within a conversation only the topic can be compared."""
    live = heard.understood
    same_answer = (live.outcome, live.clauses) == (candidate.outcome, candidate.clauses)
    if live.intent == candidate.intent and (same_answer or heard.seq > 1):
        return None
    return Difference(0, mask_personal_data(heard.text), heard.at, live, candidate)
