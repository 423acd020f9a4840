"""A desk whose agents may have many chats."""

from __future__ import annotations

import pytest

from bot.store.unit_of_work import SqlStore
from tests.services.conftest import Desk


@pytest.fixture
def desk(store: SqlStore) -> Desk:
    return Desk(store, max_chats=20)
