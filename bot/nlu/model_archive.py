"""How a training packs the model."""

from __future__ import annotations

import logging
import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory

from rasa.engine.graph import GraphModelConfiguration
from rasa.engine.storage.local_model_storage import (
    MODEL_ARCHIVE_COMPONENTS_DIR,
    MODEL_ARCHIVE_METADATA_FILE,
    LocalModelStorage,
)
from rasa.engine.storage.storage import ModelMetadata
from rasa.shared.core.domain import Domain

logger = logging.getLogger(__name__)

# Rasa takes gzip's 9, which spends seconds on the weights to make them a tenth smaller.
_COMPRESSION = 3


class QuickModelStorage(LocalModelStorage):
    """Rasa's storage with an archive that is packed in a tenth of the time; Rasa reads it as its own."""

    def create_model_package(
        self, model_archive_path: str | Path, model_configuration: GraphModelConfiguration, domain: Domain
    ) -> ModelMetadata:
        logger.info("Packing the model")
        metadata = self._create_model_metadata(domain, model_configuration)
        archive_path = Path(model_archive_path)
        archive_path.parent.mkdir(parents=True, exist_ok=True)
        with (
            TemporaryDirectory() as folder,
            tarfile.open(archive_path, "w:gz", compresslevel=_COMPRESSION) as archive,
        ):
            self._persist_metadata(metadata, Path(folder))
            # First, so that it is read without unpacking the rest.
            archive.add(Path(folder, MODEL_ARCHIVE_METADATA_FILE), arcname=MODEL_ARCHIVE_METADATA_FILE)
            archive.add(self._storage_path, arcname=MODEL_ARCHIVE_COMPONENTS_DIR)
        return metadata
