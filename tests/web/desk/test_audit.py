"""The audit log over HTTP."""

from __future__ import annotations

import pytest

from bot.helpdesk.audit import CLI, AuditAction, AuditEntry
from bot.helpdesk.staff import Role
from bot.store.unit_of_work import SqlStore
from tests.staffing import Browser, Client, SystemClock, signed_in


@pytest.fixture
async def admin(desk_client: Client, store: SqlStore) -> Browser:
    """An admin, after five entries."""
    async with store.begin() as work:
        for number in range(5):
            await work.audit.add(
                AuditEntry(SystemClock().now(), CLI, AuditAction.ROLES_SET, "rina", {"new": [str(number)]})
            )
        await work.commit()
    return await signed_in(desk_client, store, "admin", Role.ADMIN)


async def test_the_log_is_paged_from_its_end(admin: Browser) -> None:
    seen, before = [], ""
    for _ in range(3):
        page = (await admin.call("GET", f"/audit?limit=2{before}")).body
        seen += page["entries"]
        before = f"&before={page['next']}"
    assert page["next"] is None
    assert [entry["detail"]["new"] for entry in seen] == [["4"], ["3"], ["2"], ["1"], ["0"]]
    assert seen[0].keys() == {"id", "at", "staff", "action", "target", "detail"}
    assert (seen[0]["staff"], seen[0]["action"], seen[0]["target"]) == ("cli", "roles_set", "rina")


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=201", "limit=x", "before=-1", "before=1e3", "before=" + "9" * 5000, "limit=٣"]
)
async def test_a_senseless_query_is_a_clear_400(admin: Browser, query: str) -> None:
    answer = await admin.call("GET", f"/audit?{query}")
    assert (answer.status, answer.code) == (400, "invalid_message")
