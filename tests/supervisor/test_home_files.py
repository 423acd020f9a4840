"""Secrets, the lock of a home, and run.json."""

import json
import os
from pathlib import Path

import pytest

from bot.supervisor.errors import EXIT_ENVIRONMENT, StartError
from bot.supervisor.run_file import RunFile, lock_home
from bot.supervisor.secret_file import load_secrets


def test_secrets_are_made_once_and_only_for_this_user(tmp_path: Path) -> None:
    """The second start finds those of the first."""
    first = load_secrets(tmp_path, {})
    assert load_secrets(tmp_path, {}) == first
    assert first.secret_key != first.rasa_token
    assert len(first.secret_key) >= 40
    assert (tmp_path / "secrets.json").stat().st_mode & 0o777 == 0o600
    assert first.secret_key not in repr(first)


def test_loose_permissions_are_tightened(tmp_path: Path) -> None:
    """A copied file is often readable by all."""
    load_secrets(tmp_path, {})
    (tmp_path / "secrets.json").chmod(0o644)
    load_secrets(tmp_path, {})
    assert (tmp_path / "secrets.json").stat().st_mode & 0o777 == 0o600


def test_other_entries_are_kept_and_missing_ones_added(tmp_path: Path) -> None:
    """An older file lacks what is new."""
    (tmp_path / "secrets.json").write_text('{"secret_key": "s", "other": "o"}')
    secrets = load_secrets(tmp_path, {})
    assert secrets.secret_key == "s"
    assert json.loads((tmp_path / "secrets.json").read_text()).keys() == {"secret_key", "other", "rasa_token"}


def test_the_environment_has_precedence(tmp_path: Path) -> None:
    """And is not written to the file."""
    secrets = load_secrets(tmp_path, {"HELPDESK_SECRET_KEY": "from-env"})
    assert secrets.secret_key == "from-env"
    assert "from-env" not in (tmp_path / "secrets.json").read_text()


@pytest.mark.parametrize("content", ["", "{", "[]", '{"secret_key": 1}'])
def test_a_damaged_file_is_not_replaced(tmp_path: Path, content: str) -> None:
    """New secrets would throw every customer out of the chat, so that is for a person to decide."""
    (tmp_path / "secrets.json").write_text(content)
    with pytest.raises(StartError, match=r"secrets\.json cannot be read"):
        load_secrets(tmp_path, {})
    assert (tmp_path / "secrets.json").read_text() == content


def test_a_home_can_be_taken_once(tmp_path: Path) -> None:
    """The refusal names who has it; afterwards it is free again."""
    with (
        lock_home(tmp_path),
        pytest.raises(StartError, match=f"already running, pid {os.getpid()}") as caught,
        lock_home(tmp_path),
    ):
        pass
    assert caught.value.exit_code == EXIT_ENVIRONMENT
    lock_home(tmp_path).close()


def test_run_file_tells_what_runs_where(tmp_path: Path) -> None:
    """A part between two starts has no pid."""
    run_file = RunFile(tmp_path)
    run_file.write({"web": (12, 8080), "rasa": (None, 25000)})
    assert json.loads((tmp_path / "run.json").read_text()) == {
        "pid": os.getpid(),
        "parts": {"web": {"pid": 12, "port": 8080}, "rasa": {"pid": None, "port": 25000}},
    }
    run_file.remove()
    run_file.remove()
    assert list(tmp_path.iterdir()) == []
