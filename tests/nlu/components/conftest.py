"""Fixtures for Rasa's components: a small pipeline, trained once on real training data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.nlu.components.pipeline import Pipeline


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Rasa takes seconds to import, so its tests are not even read in the tiers that leave them out."""
    tiers = config.option.markexpr
    left_out = "not rasa" in tiers or (tiers and "rasa" not in tiers)
    return True if collection_path.suffix == ".py" and left_out else None


@pytest.fixture(scope="session", autouse=True)
def _home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Embeddings and Rasa's cache of this run stay out of the checkout."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HELPDESK_HOME", str(tmp_path_factory.mktemp("home")))
        patch.setenv("RASA_CACHE_DIRECTORY", str(tmp_path_factory.mktemp("rasa-cache")))
        patch.setenv("RASA_TELEMETRY_ENABLED", "false")
        yield


@pytest.fixture(scope="session")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Pipeline:
    """Our whole pipeline, trained, stored and loaded again."""
    from tests.nlu.components.pipeline import train_pipeline

    return train_pipeline(tmp_path_factory.mktemp("models"))
