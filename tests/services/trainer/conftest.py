"""The workshop over a copy of the project's files."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.helpdesk.staff import Role, Staff
from bot.services.knowledge import ROOT
from bot.store.unit_of_work import SqlStore
from tests.services.trainer.workshop_project import PAY, REVISE, Trainers, write_topic
from tests.staffing import add_staff


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    (root / "data/nlu").mkdir(parents=True)
    for name in ("domain.yml", "config.yml"):
        shutil.copy(ROOT / name, root / name)
    for name in ("policy", "desk"):
        shutil.copytree(ROOT / "data" / name, root / "data" / name)
    shutil.copy(ROOT / "data/catalogue.yml", root / "data/catalogue.yml")
    write_topic(root, PAY, "boleh bayar bulan depan?", "tunda dulu ya", "uang belum ada", head="# pertama\n\n")
    write_topic(root, REVISE, "minta revisi logo dong", "berapa kali boleh revisi?", "warnanya salah")
    return root


@pytest.fixture
def trainers(store: SqlStore, root: Path) -> Trainers:
    return Trainers(store, root)


@pytest.fixture
async def sari(store: SqlStore) -> Staff:
    return await add_staff(store, "sari", Role.TRAINER)
