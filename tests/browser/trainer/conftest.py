"""A stack whose training data are a copy that trainers may change, in a git repository of its own."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.console import add_account
from tests.running import ROOT, Helpdesk, model_for_tests


def git(folder: Path, *arguments: str) -> str:
    """What git prints."""
    done = subprocess.run(
        ["git", "-c", "user.name=Penguji", "-c", "user.email=penguji@contoh.id", *arguments],  # noqa: S607 - on PATH
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.strip()


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The company's own files."""
    folder = tmp_path_factory.mktemp("project")
    for name in ("config.yml", "domain.yml"):
        shutil.copy(ROOT / name, folder / name)
    shutil.copytree(ROOT / "data", folder / "data")
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "Data awal")
    return folder


@pytest.fixture(scope="module")
def school(chromium: str, project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Helpdesk]:
    """Everything, up and ready, with a trainer."""
    home = tmp_path_factory.mktemp("school") / "home"
    helpdesk = Helpdesk(home, model_for_tests(), HELPDESK_PROJECT=str(project))
    try:
        helpdesk.start()
        add_account(helpdesk, "sari", "Sari", "trainer")
        yield helpdesk
    finally:
        code = helpdesk.stop()
    assert code == 0, helpdesk.output()
