"""Who looks at which conversation, by the sockets of this process."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Viewer:
    """An account that has a conversation open."""

    staff_id: str
    name: str


class Viewers:
    """One conversation a socket; somebody with two tabs on the same conversation is named once."""

    def __init__(self) -> None:
        self._watched: dict[str, tuple[str, Viewer]] = {}
        self._sockets: dict[str, set[str]] = {}

    def watch(self, sid: str, conversation_id: str, viewer: Viewer) -> str | None:
        """`sid` looks at this conversation now; gives the one it looked at before, if that was another."""
        former = self.leave(sid)
        self._watched[sid] = (conversation_id, viewer)
        self._sockets.setdefault(conversation_id, set()).add(sid)
        return former if former != conversation_id else None

    def leave(self, sid: str) -> str | None:
        """`sid` looks at nothing any more; gives what it looked at."""
        watched = self._watched.pop(sid, None)
        if watched is None:
            return None
        sockets = self._sockets[watched[0]]
        sockets.discard(sid)
        if not sockets:
            del self._sockets[watched[0]]
        return watched[0]

    def names(self, conversation_id: str) -> list[str]:
        """Whoever looks at it, each account once, by name."""
        viewers = {self._watched[sid][1] for sid in self._sockets.get(conversation_id, ())}
        return sorted(viewer.name for viewer in viewers)
