"""Use cases of signing out: the session ends, and whoever is gone leaves no customer waiting."""

from __future__ import annotations

from bot.helpdesk.audit import AuditAction, AuditEntry, Author
from bot.helpdesk.sessions import StaffSession
from bot.helpdesk.staff import Presence
from bot.services.ports import Clock, Store, UnitOfWork
from bot.services.ports.staff import SessionNotifier
from bot.services.presence import AgentPresence
from bot.services.staff_sessions import StaffSessions


class SignOut:
    """Lets staff out. Whoever has no other session is offline at once; elsewhere signed in, they stay as they are."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        notifier: SessionNotifier,
        sessions: StaffSessions,
        presence: AgentPresence,
    ) -> None:
        self._store = store
        self._clock = clock
        self._notifier = notifier
        self._sessions = sessions
        self._presence = presence

    async def here(self, session: StaffSession) -> None:
        """End this session."""
        async with self._store.begin() as work:
            # Of two sessions that end at once one must see that it is the last; accounts before their sessions.
            await work.agents.lock(session.staff.id)
            await work.staff_sessions.end(session.session_id)
            gone = not await self._sessions.has_live(work, session.staff.id) and await self._leave(work, session)
            await self._note(work, session, AuditAction.SIGNED_OUT)
            await work.commit()
        await self._notifier.sessions_ended([session.session_id])
        if gone:
            await self._presence.left(session.staff.id)

    async def everywhere(self, session: StaffSession) -> None:
        """End all sessions of the account, this one included."""
        async with self._store.begin() as work:
            await work.agents.lock(session.staff.id)
            ended = await work.staff_sessions.end_all(session.staff.id)
            gone = await self._leave(work, session)
            await self._note(work, session, AuditAction.SIGNED_OUT_EVERYWHERE)
            await work.commit()
        await self._notifier.sessions_ended(ended)
        if gone:
            await self._presence.left(session.staff.id)

    async def _leave(self, work: UnitOfWork, session: StaffSession) -> bool:
        """Offline from now on; False for whoever was so already, or takes no chats."""
        agent = await work.agents.get(session.staff.id)
        if agent is None or agent.presence is Presence.OFFLINE:
            return False
        await work.agents.set_presence(agent.id, Presence.OFFLINE, self._clock.now())
        return True

    async def _note(self, work: UnitOfWork, session: StaffSession, action: AuditAction) -> None:
        staff = session.staff
        await work.audit.add(AuditEntry(self._clock.now(), Author.of(staff), action, staff.username))
