"""`helpdesk user`: what the operator reads, and what is stored."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import pytest

from bot.cli import main
from bot.helpdesk.audit import AuditEntry
from bot.helpdesk.staff import Staff
from bot.passwords import Argon2Hasher
from bot.services.ports import UnitOfWork
from bot.settings import Settings
from bot.store.unit_of_work import SqlStore

T = TypeVar("T")
PASSWORD = "kuda-nil biru 77"


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HELPDESK_HOME", str(tmp_path))


@pytest.fixture(name="user")
def _user(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    def user(*arguments: str, typed: str = "", expected: int = 0) -> str:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        assert main(["user", *arguments]) == expected
        said = capsys.readouterr()
        return said.err if expected else said.out

    return user


def read(question: Callable[[UnitOfWork], Awaitable[T]]) -> T:
    """An answer from the store."""

    async def ask() -> T:
        store = SqlStore.connect(Settings.from_env().database_url)
        async with store.read() as work:
            answer = await question(work)
        await store.close()
        return answer

    return asyncio.run(ask())


def accounts() -> list[Staff]:
    return read(lambda work: work.staff.all())


def audit() -> list[AuditEntry]:
    return read(lambda work: work.audit.page(before=None, limit=99))[::-1]


def opens(username: str, password: str) -> bool:
    """Whether it is the account's password."""

    async def check(work: UnitOfWork) -> bool:
        staff = await work.staff.by_username(username)
        assert staff is not None
        credentials = await work.staff.credentials(staff.id)
        assert credentials is not None
        return await Argon2Hasher().verify(credentials.password_hash, password)

    return read(check)


def test_an_account_from_adding_to_enabling_again(user: Callable[..., str]) -> None:
    said = user(
        "add",
        "rina",
        "--role",
        "agent",
        "--role",
        "admin",
        "--name",
        "Rina Sari",
        "--password-stdin",
        typed=f"{PASSWORD}\nnext line\n",
    )
    assert said.startswith("added: rina")
    assert PASSWORD not in said
    assert opens("rina", PASSWORD)
    user("roles", "rina", "--role", "trainer")
    user("disable", "rina")
    assert [line.split() for line in user("list").splitlines()] == [
        ["rina", "trainer", "disabled", "-", "-", "Rina", "Sari"]
    ]
    assert accounts()[0].disabled_at is not None
    user("enable", "rina")
    assert accounts()[0].disabled_at is None
    assert [(e.author.name, e.action, e.target) for e in audit()] == [
        ("cli", action, "rina") for action in ("account_added", "roles_set", "account_disabled", "account_enabled")
    ]
    assert PASSWORD not in str(audit())


def test_a_generated_password_is_shown_once_and_opens_the_account(user: Callable[..., str]) -> None:
    said = user("add", "dewi", "--role", "agent", "--generate")
    password = said.partition("password: ")[2].partition(" ")[0]
    assert len(password) == 23
    assert opens("dewi", password)
    assert password not in user("list")
    again = user("password", "dewi", "--generate").partition("password: ")[2].partition(" ")[0]
    assert again != password
    assert opens("dewi", again)
    assert not opens("dewi", password)


def test_a_password_is_asked_for_twice(user: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [PASSWORD, PASSWORD, PASSWORD, "salah ketik 12"]
    monkeypatch.setattr("getpass.getpass", lambda prompt: answers.pop(0))
    user("add", "rina", "--role", "agent")
    assert opens("rina", PASSWORD)
    assert "the two passwords differ" in user("password", "rina", expected=2)
    assert opens("rina", PASSWORD)


@pytest.mark.parametrize(
    ("arguments", "typed", "told"),
    [
        (("add", "Rina", "--role", "agent", "--password-stdin"), PASSWORD, "a user name has"),
        (("add", "rina", "--role", "agent", "--password-stdin"), "pendek", "at least 10 characters"),
        (("add", "rina", "--role", "agent", "--password-stdin"), "", "at least 10 characters"),
        (("add", "rina", "--role", "agent", "--password-stdin", "--name", "a\x1bb"), PASSWORD, "a display name has"),
        (("disable", "rina"), "", "there is no account 'rina'"),
        (("password", "rina", "--generate"), "", "there is no account 'rina'"),
        (("roles", "rina", "--role", "agent"), "", "there is no account 'rina'"),
        (("limit", "rina", "3"), "", "there is no account 'rina'"),
        (("limit", "rina", "0"), "", "a limit is 1 to 100 chats"),
        (("limit", "rina", "101"), "", "a limit is 1 to 100 chats"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(
    user: Callable[..., str], arguments: tuple[str, ...], typed: str, told: str
) -> None:
    assert told in user(*arguments, typed=typed, expected=2)
    assert accounts() == []
    assert audit() == []


def test_a_name_can_be_given_once(user: Callable[..., str]) -> None:
    user("add", "rina", "--role", "agent", "--generate")
    assert "the user name rina is taken" in user("add", "rina", "--role", "admin", "--generate", expected=2)
    assert [staff.roles[0].value for staff in accounts()] == ["agent"]


def test_an_account_gets_a_limit_of_its_own_and_loses_it_again(user: Callable[..., str]) -> None:
    user("add", "rina", "--role", "agent", "--generate")
    assert "max=2" in user("limit", "rina", "2")
    assert [staff.max_chats for staff in accounts()] == [2]
    assert "max=2" in user("list")
    assert "max=" not in user("limit", "rina", "default")
    assert [staff.max_chats for staff in accounts()] == [None]
    assert [(e.action, e.detail) for e in audit()[1:]] == [
        ("chat_limit_set", {"old": None, "new": 2}),
        ("chat_limit_set", {"old": 2, "new": None}),
    ]


@pytest.mark.parametrize("typed", ["dua", "", "2.5", "Default"])
def test_a_limit_is_a_number_or_default(user: Callable[..., str], typed: str) -> None:
    with pytest.raises(SystemExit):
        user("limit", "rina", typed)


def test_unknown_roles_are_refused_by_the_parser(user: Callable[..., str]) -> None:
    with pytest.raises(SystemExit):
        user("add", "rina", "--role", "root", "--generate")
    with pytest.raises(SystemExit):
        user("add", "rina", "--generate")
