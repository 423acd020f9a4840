"""Use cases of canned replies: shared ones that the team lead looks after, and everybody's own."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from pathlib import Path

from bot.errors import ForbiddenError, InvalidMessageError, NotFoundError
from bot.helpdesk.canned_replies import checked_reply, checked_shortcut, checked_title, parse_shared
from bot.helpdesk.desk import CannedReply
from bot.helpdesk.staff import Permission, Staff
from bot.project import project_folder
from bot.services.knowledge import read_yaml
from bot.services.ports import Clock, Store


@dataclass(frozen=True)
class GivenReply:
    """What somebody typed, not checked yet."""

    shortcut: object
    title: object
    text: object


class CannedReplies:
    """Canned replies as one account sees and changes them."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def visible_to(self, staff: Staff) -> list[CannedReply]:
        """Shared ones and one's own, by shortcut."""
        async with self._store.read() as work:
            return await work.canned_replies.visible_to(staff.id)

    async def add(self, staff: Staff, given: GivenReply, *, shared: bool) -> CannedReply:
        """Raises ForbiddenError for a shared one without permission, and InvalidMessageError naming the field."""
        if shared:
            _check_lead(staff)
        return await self._put(self._checked(str(uuid.uuid4()), None if shared else staff.id, given))

    async def change(self, staff: Staff, reply_id: str, given: GivenReply) -> CannedReply:
        """Another text for a reply; whose it is stays. Raises NotFoundError and as `add`."""
        known = await self._changeable(staff, reply_id)
        return await self._put(self._checked(known.id, known.staff_id, given))

    async def delete(self, staff: Staff, reply_id: str) -> None:
        """Raises NotFoundError, and ForbiddenError for a shared one without permission."""
        await self._changeable(staff, reply_id)
        async with self._store.begin() as work:
            await work.canned_replies.delete(reply_id)
            await work.commit()

    async def seed(self, root: Path | None = None) -> None:
        """Put in the shared replies of data/desk/balasan.yml, while there are no shared ones at all."""
        root = root or project_folder()
        replies = parse_shared(read_yaml(root / "data/desk/balasan.yml"))
        async with self._store.begin() as work:
            if await work.canned_replies.any_shared():
                return
            for shortcut, title, text in replies:
                reply = CannedReply(str(uuid.uuid4()), None, shortcut, title, text, self._clock.now())
                await work.canned_replies.put(reply)
            await work.commit()

    def _checked(self, reply_id: str, owner: str | None, given: GivenReply) -> CannedReply:
        return CannedReply(
            id=reply_id,
            staff_id=owner,
            shortcut=checked_shortcut(given.shortcut),
            title=checked_title(given.title),
            text=checked_reply(given.text),
            updated_at=self._clock.now(),
        )

    async def _put(self, reply: CannedReply) -> CannedReply:
        async with self._store.begin() as work:
            if not await work.canned_replies.put(reply):
                raise InvalidMessageError("the shortcut is taken", field="shortcut", taken=True)
            await work.commit()
        return reply

    async def _changeable(self, staff: Staff, reply_id: str) -> CannedReply:
        """Those of others are not found: nobody sees them."""
        async with self._store.read() as work:
            known = await work.canned_replies.get(reply_id)
        if known is None or known.staff_id not in (None, staff.id):
            raise NotFoundError("no such canned reply")
        if known.staff_id is None:
            _check_lead(staff)
        return known


def _check_lead(staff: Staff) -> None:
    if not staff.may(Permission.LEAD):
        raise ForbiddenError("shared replies are the team lead's")
