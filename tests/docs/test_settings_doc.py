"""docs/settings.md names every setting with its variable and default, and none that does not exist."""

from __future__ import annotations

from dataclasses import Field, fields
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bot.settings import Settings
from bot.supervisor.settings import PROJECT_ROOT, SupervisorSettings
from tests.docs.markdown import ROOT, section, table_rows

_TEXT = (ROOT / "docs/settings.md").read_text(encoding="utf-8")


def documented(heading: str) -> dict[str, tuple[str, str, str]]:
    """(variable, default, meaning) by field."""
    rows = list(table_rows(section(_TEXT, heading)))
    table = {row[0].strip("`"): (row[1].strip("`"), row[2].strip("`"), row[3]) for row in rows}
    assert len(table) == len(rows), "a setting stands twice"
    return table


def as_written(default: object) -> str:
    """A default as the table writes it."""
    return "empty" if default == "" else str(default)


WEB = documented("The web process")
SUPERVISOR = documented("The supervisor")


def test_every_setting_is_documented_and_no_other() -> None:
    """In the order of the class, so that the table is easy to keep."""
    assert list(WEB) == [item.name for item in fields(Settings)]
    assert list(SUPERVISOR) == [item.name for item in fields(SupervisorSettings)]


@pytest.mark.parametrize("item", fields(Settings), ids=lambda item: item.name)
def test_variable_and_default_are_right(item: Field[Any]) -> None:
    """The default is that of the class; the variable, set to another value, changes the field."""
    name, default = item.name, item.default
    variable, written, meaning = WEB[name]
    assert written == as_written(default)
    assert meaning.endswith(".")
    kinds = {str: "postgresql+asyncpg://elsewhere/x", int: "77", float: "7.5", Decimal: "11.5"}
    other = kinds.get(type(default), "/elsewhere")
    other = {"gate_topic_loss": "0.5", "gate_scope_recall": "0.5"}.get(name, other)
    other = {
        "rasa_slots": "rasa-a=http://127.0.0.1:1",
        "log_level": "DEBUG",
        "encoder_url": "https://elsewhere.example/v1",
    }.get(name, other)
    sandbox = {
        "midtrans_snap_url": "https://a.sandbox.midtrans.com",
        "midtrans_api_url": "https://b.sandbox.midtrans.com",
    }
    other = {"bank_accounts": "BCA 1234567890 PT Contoh", "midtrans_server_key": "k", **sandbox}.get(name, other)
    other = {"desk_origins": "https://desk.example", "time_zone": "Asia/Makassar", "assignment": "round_robin"}.get(
        name, other
    )
    beside = {"HELPDESK_ENCODER_MODEL": "m"} if name == "encoder_url" else {}
    assert str(getattr(Settings.from_env({**beside, variable: other}), name)) == other


def test_documented_defaults_of_the_supervisor_are_what_it_takes(tmp_path: Path) -> None:
    """An empty environment gives the defaults of the second table, paths below the project folder."""
    taken = SupervisorSettings.from_env({}, root=tmp_path)
    assert taken.root == tmp_path
    assert ROOT.resolve() == PROJECT_ROOT
    assert taken.home == (tmp_path / SUPERVISOR["home"][1]).resolve()
    assert taken.host == SUPERVISOR["host"][1]
    assert str(taken.port) == SUPERVISOR["port"][1]
    assert SUPERVISOR["database_url"][1] == "empty"
    assert taken.database_url == f"sqlite+aiosqlite:///{taken.home / 'helpdesk.db'}"


def test_both_tables_name_the_same_variables() -> None:
    """A field of the same name is the same variable."""
    for name in set(WEB) & set(SUPERVISOR):
        assert SUPERVISOR[name][0] == WEB[name][0]
