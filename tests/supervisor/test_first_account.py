"""The account that a new home starts with."""

from __future__ import annotations

import asyncio

from bot.helpdesk.audit import AuditEntry
from bot.helpdesk.staff import Role, Staff
from bot.passwords import Argon2Hasher
from bot.store.migrate import upgrade
from bot.store.unit_of_work import SqlStore
from bot.supervisor.first_account import make_first_account


async def stored(url: str, password: str) -> tuple[list[Staff], list[AuditEntry], bool]:
    """All accounts, the audit log, and whether the password opens the first account."""
    store = SqlStore.connect(url)
    async with store.read() as work:
        accounts = await work.staff.all()
        credentials = await work.staff.credentials(accounts[0].id)
        audit = await work.audit.page(before=None, limit=9)
    await store.close()
    assert credentials is not None
    return accounts, audit, await Argon2Hasher().verify(credentials.password_hash, password)


def test_a_new_home_gets_an_admin_once(tmp_path: object) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/helpdesk.db"
    upgrade(url)
    password = make_first_account(url)
    assert password is not None
    (admin,), (entry,), opens = asyncio.run(stored(url, password))
    assert (admin.username, admin.roles) == ("admin", (Role.ADMIN,))
    assert (entry.author.name, entry.action, entry.target) == ("supervisor", "account_added", "admin")
    assert opens
    assert make_first_account(url) is None
    assert len(asyncio.run(stored(url, password))[0]) == 1
