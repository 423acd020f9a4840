"""Sockets of sessions that have ended: told, and thrown out."""

from __future__ import annotations

from collections.abc import Sequence

import socketio

NAMESPACE = "/desk"


def session_room(session_id: str) -> str:
    """The room that all sockets of one session of staff are in."""
    return f"session:{session_id}"


class DeskSessionNotifier:
    """`bot.services.ports.staff.SessionNotifier` over Socket.IO.

    The sockets of other web processes are told as well; those processes throw them out when they next look at the
    session.
    """

    def __init__(self, sio: socketio.AsyncServer) -> None:
        self._sio = sio

    async def sessions_ended(self, session_ids: Sequence[str]) -> None:
        for session_id in session_ids:
            room = session_room(session_id)
            await self._sio.emit("signed_out", {}, room=room, namespace=NAMESPACE)
            here = [sid for sid, _ in self._sio.manager.get_participants(NAMESPACE, room)]
            for sid in here:
                await self._sio.disconnect(sid, namespace=NAMESPACE)
