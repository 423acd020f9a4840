"""The imported policy is seen as it stands in the file now."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.nlu.policy_watch import PolicyWatch, imported_policy_path
from bot.services.knowledge import ROOT


def test_a_file_is_read_once_for_each_change(tmp_path: Path) -> None:
    path = tmp_path / "policy.json"
    watch = PolicyWatch(path)
    assert (watch.refresh(), watch.wording) == (False, {})
    for wording in ({"H18": "a"}, {"H18": "b"}):
        replacement = tmp_path / "new"
        replacement.write_text(json.dumps(wording), encoding="utf-8")
        replacement.replace(path)
        assert (watch.refresh(), watch.wording) == (True, wording)
        assert watch.refresh() is False
    path.unlink()
    assert (watch.refresh(), watch.wording) == (True, {})


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b"[1]", b'{"H18": null}'])
def test_a_damaged_file_counts_as_none_and_is_said_once(
    content: bytes, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "policy.json").write_bytes(content)
    watch = PolicyWatch(tmp_path / "policy.json")
    assert (watch.refresh(), watch.wording) == (True, {})
    assert watch.refresh() is False
    assert len(caplog.records) == 1


def test_a_folder_in_its_place_is_no_failure(tmp_path: Path) -> None:
    watch = PolicyWatch(tmp_path)
    watch.refresh()
    assert watch.wording == {}


@pytest.mark.parametrize(("home", "expected"), [("", ROOT / "var"), ("other", ROOT / "other"), ("/a", Path("/a"))])
def test_the_home_is_that_of_the_commands(home: str, expected: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HELPDESK_HOME", home)
    assert imported_policy_path() == expected / "policy.json"
