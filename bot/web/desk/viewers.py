"""Who looks at which conversation."""

from __future__ import annotations

import json
import logging
import time
import uuid
from dataclasses import dataclass
from typing import Protocol

import redis.asyncio
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

# Seconds that another process believes what this one has shared; it is shared anew much more often.
_BELIEVED = 90
_KEY = "helpdesk:viewers:"


@dataclass(frozen=True)
class Viewer:
    """An account that has a conversation open."""

    staff_id: str
    name: str


class SharedViewers(Protocol):
    """What the web processes tell each other."""

    async def put(self, conversation_id: str, viewers: set[Viewer]) -> None:
        """These, and no others, look at it in this process."""
        ...

    async def get(self, conversation_id: str) -> set[Viewer]:
        """Whoever looks at it in any process."""
        ...

    async def close(self) -> None: ...


class RedisViewers:
    """`SharedViewers` in Redis: one entry a process and conversation, believed for a while."""

    def __init__(self, url: str) -> None:
        self._redis = redis.asyncio.from_url(url, socket_timeout=2, socket_connect_timeout=2)
        self._process = uuid.uuid4().hex

    async def put(self, conversation_id: str, viewers: set[Viewer]) -> None:
        key = _KEY + conversation_id
        if viewers:
            named = [[viewer.staff_id, viewer.name] for viewer in viewers]
            entry = json.dumps({"until": time.time() + _BELIEVED, "viewers": named})
            await self._redis.hset(key, self._process, entry)
            await self._redis.expire(key, _BELIEVED)
        else:
            await self._redis.hdel(key, self._process)

    async def get(self, conversation_id: str) -> set[Viewer]:
        found: set[Viewer] = set()
        for raw in (await self._redis.hgetall(_KEY + conversation_id)).values():
            entry = json.loads(raw)
            if entry["until"] > time.time():
                found |= {Viewer(staff_id, name) for staff_id, name in entry["viewers"]}
        return found

    async def close(self) -> None:
        await self._redis.close()


class Viewers:
    """One conversation a socket; somebody with two tabs on the same conversation is named once.

    With `shared` the other processes' viewers are named as well; while Redis is away, those of this one alone.
    """

    def __init__(self, shared: SharedViewers | None = None) -> None:
        self._watched: dict[str, tuple[str, Viewer]] = {}
        self._sockets: dict[str, set[str]] = {}
        self._shared = shared

    async def watch(self, sid: str, conversation_id: str, viewer: Viewer) -> str | None:
        """`sid` looks at this conversation now; gives the one it looked at before, if that was another."""
        former = await self.leave(sid)
        self._watched[sid] = (conversation_id, viewer)
        self._sockets.setdefault(conversation_id, set()).add(sid)
        await self._share(conversation_id)
        return former if former != conversation_id else None

    async def leave(self, sid: str) -> str | None:
        """`sid` looks at nothing any more; gives what it looked at."""
        watched = self._watched.pop(sid, None)
        if watched is None:
            return None
        sockets = self._sockets[watched[0]]
        sockets.discard(sid)
        if not sockets:
            del self._sockets[watched[0]]
        await self._share(watched[0])
        return watched[0]

    async def names(self, conversation_id: str) -> list[str]:
        """Whoever looks at it, each account once, by name."""
        viewers = self._here(conversation_id)
        if self._shared is not None:
            try:
                viewers |= await self._shared.get(conversation_id)
            except (RedisError, OSError, ValueError, KeyError, TypeError) as error:
                logger.warning("Viewers of other processes are not known: %s", type(error).__name__)
        return sorted(viewer.name for viewer in viewers)

    async def refresh(self) -> None:
        """Share everything anew, so that others go on believing it."""
        for conversation_id in list(self._sockets):
            await self._share(conversation_id)

    async def close(self) -> None:
        """Share nothing more; what was shared is forgotten by itself."""
        if self._shared is not None:
            await self._shared.close()

    async def _share(self, conversation_id: str) -> None:
        if self._shared is None:
            return
        try:
            await self._shared.put(conversation_id, self._here(conversation_id))
        except (RedisError, OSError) as error:
            logger.warning("Viewers are not shared with other processes: %s", type(error).__name__)

    def _here(self, conversation_id: str) -> set[Viewer]:
        return {self._watched[sid][1] for sid in self._sockets.get(conversation_id, ())}
