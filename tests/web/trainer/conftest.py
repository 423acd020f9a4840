"""The web application as trainers use it, over a project of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from aiohttp import DummyCookieJar
from aiohttp.test_utils import TestClient, TestServer

from bot.bootstrap import make_web_app
from bot.helpdesk.staff import Role
from bot.services.knowledge import ROOT
from bot.settings import Settings
from bot.store.unit_of_work import SqlStore
from tests.project_edits import copy_project
from tests.staffing import Browser, Client, quick_hasher, signed_in


@pytest.fixture
async def trainer_client(settings: Settings, tmp_path: Path) -> AsyncIterator[Client]:
    """A client that keeps no cookies, over files that may be changed."""
    own = replace(settings, project=copy_project(ROOT, tmp_path / "project"), home=tmp_path / "home")
    app = make_web_app(own, hasher=quick_hasher())
    async with TestClient(TestServer(app), cookie_jar=DummyCookieJar()) as client:
        yield client


@pytest.fixture
async def trainer(trainer_client: Client, store: SqlStore) -> Browser:
    """The browser of a trainer who is signed in."""
    return await signed_in(trainer_client, store, "tuti", Role.TRAINER)
