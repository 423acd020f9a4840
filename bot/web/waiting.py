"""Long polling: requests that wait for the next message of a conversation."""

import asyncio
from collections import defaultdict
from contextlib import suppress

# Another web process may store a message; a waiting request looks at the log this often.
_LOOK_AGAIN = 1.0


class Waiters:
    """Wakes the requests that wait for a conversation."""

    def __init__(self) -> None:
        self._events: defaultdict[str, set[asyncio.Event]] = defaultdict(set)

    def wake(self, conversation_id: str) -> None:
        """Wake all requests waiting for this conversation."""
        for event in self._events.get(conversation_id, ()):
            event.set()

    def watch(self, conversation_id: str) -> "Watch":
        """A watch that sees every `wake` from now on; use it as a context manager."""
        return Watch(self._events, conversation_id)


class Watch:
    """One request's watch over a conversation."""

    def __init__(self, events: defaultdict[str, set[asyncio.Event]], conversation_id: str) -> None:
        self._events = events
        self._conversation_id = conversation_id
        self._event = asyncio.Event()

    def __enter__(self) -> "Watch":
        self._events[self._conversation_id].add(self._event)
        return self

    def __exit__(self, *_: object) -> None:
        waiting = self._events[self._conversation_id]
        waiting.discard(self._event)
        if not waiting:
            del self._events[self._conversation_id]

    async def wait(self, seconds: float) -> None:
        """Return when woken, and at the latest after `seconds` or the look-again interval."""
        with suppress(asyncio.TimeoutError):
            await asyncio.wait_for(self._event.wait(), min(seconds, _LOOK_AGAIN))
        self._event.clear()
