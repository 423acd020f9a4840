"""The account that a new home starts with."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import pytest

from bot.helpdesk.audit import AuditEntry
from bot.helpdesk.staff import Role, Staff
from bot.passwords import Argon2Hasher
from bot.store.migrate import upgrade
from bot.store.unit_of_work import SqlStore
from bot.supervisor.database_steps import first_account, prepare_database
from bot.supervisor.errors import StartError
from bot.supervisor.first_account import make_first_account
from bot.supervisor.settings import SupervisorSettings


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


def test_a_new_home_gets_an_admin_once(tmp_path: Path) -> None:
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


def test_the_operator_reads_the_password_at_the_first_start_only(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = SupervisorSettings.from_env({"HELPDESK_HOME": str(tmp_path)})
    upgrade(settings.database_url)
    first_account(settings)
    said = capsys.readouterr().out
    found = re.fullmatch(r"Admin account: name admin, password (\S{23}) \(shown only this once\)\n", said)
    assert found
    assert asyncio.run(stored(settings.database_url, found[1]))[2]
    first_account(settings)
    assert capsys.readouterr().out == ""


def test_a_database_that_fails_ends_the_start_with_one_line(tmp_path: Path) -> None:
    (tmp_path / "helpdesk.db").write_bytes(b"no database at all" * 500)
    with pytest.raises(StartError, match="The first account cannot be made: ") as caught:
        first_account(SupervisorSettings.from_env({"HELPDESK_HOME": str(tmp_path)}))
    assert len(str(caught.value).splitlines()) == 1


def test_the_steps_run_in_a_process_of_their_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HELPDESK_HOME", str(tmp_path))
    monkeypatch.delenv("HELPDESK_DATABASE_URL", raising=False)
    (tmp_path / "logs").mkdir()
    prepare_database()
    said = capfd.readouterr().out
    found = re.search(r"^Admin account: name admin, password (\S{23}) ", said, re.MULTILINE)
    assert found, said
    assert asyncio.run(stored(f"sqlite+aiosqlite:///{tmp_path}/helpdesk.db", found[1]))[2]
    (tmp_path / "helpdesk.db").write_bytes(b"no database at all" * 500)
    with pytest.raises(StartError, match=r"^The database cannot be brought up to date: .* \(see .*migrate\.log\)\.$"):
        prepare_database()
    assert "DatabaseError" in (tmp_path / "logs" / "migrate.log").read_text(encoding="utf-8")
