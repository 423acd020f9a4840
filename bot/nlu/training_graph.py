"""What `rasa train` does, in less time (docs/adr/0014-training-time.md).

The checks and the training share what was read, stories are not multiplied for policies that leave the copies out,
and the archive is compressed less. The graph, its cache, the checks and the model are Rasa's.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import rasa.engine.validation
from rasa.cli.utils import get_validated_config, validate_files
from rasa.engine.caching import LocalTrainingCache
from rasa.engine.recipes.recipe import Recipe
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.training.graph_trainer import GraphTrainer
from rasa.model_training import get_unresolved_slots
from rasa.shared.constants import CONFIG_MANDATORY_KEYS
from rasa.shared.data import TrainingType
from rasa.shared.exceptions import RasaException
from rasa.shared.importers.importer import E2EImporter, TrainingDataImporter
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.shared.utils.common import cached_method

from bot.nlu.model_archive import QuickModelStorage

logger = logging.getLogger(__name__)

# RulePolicy and MemoizationPolicy train on the stories as written, never on Rasa's combinations of them.
_POLICIES_WITHOUT_AUGMENTATION = frozenset({"RulePolicy", "MemoizationPolicy"})


class TrainingDataError(RasaException):
    """The training data cannot make an assistant; the text says why."""


class _ReadOnce(E2EImporter):
    """Rasa's outermost importer, which merges all sentences anew for each language that it is asked for."""

    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        return self._sentences()

    @cached_method
    def _sentences(self) -> TrainingData:
        return super().get_nlu_data()


def train(config: str, domain: str, data: Sequence[str], archive: Path) -> None:
    """Checks the training data as `rasa train` does, trains, and writes the model to `archive`.

    What Rasa finds doubtful it says as a warning; what it cannot train from raises a RasaException with the file in
    its text, or ends the process with status 1 and the reason on standard output.
    """
    config = get_validated_config(config, CONFIG_MANDATORY_KEYS)
    importer = _ReadOnce(TrainingDataImporter.load_from_config(config, domain, list(data)).importer)
    logger.info("Started validating domain and training data...")
    validate_files(fail_on_warnings=False, max_history=None, importer=importer)
    sentences, stories = importer.get_nlu_data(), importer.get_stories()
    if sentences.contains_no_pure_nlu_data() or stories.is_empty():
        raise TrainingDataError(f"There are no sentences, or neither rules nor stories, in {', '.join(data)}.")
    if unknown := get_unresolved_slots(importer.get_domain(), stories):
        raise TrainingDataError(f"Rules or stories set slots that {domain} lacks: {', '.join(sorted(unknown))}.")
    training_type = TrainingType.END_TO_END if sentences.has_e2e_examples() else TrainingType.BOTH
    _train(importer, training_type, archive)


def _train(importer: TrainingDataImporter, training_type: TrainingType, archive: Path) -> None:
    settings = importer.get_config()
    recipe = Recipe.recipe_for_name(settings.get("recipe"))
    settings, _, _ = recipe.auto_configure(importer.get_config_file_for_auto_config(), settings, training_type)
    options = {}
    if {policy["name"] for policy in settings.get("policies") or []} <= _POLICIES_WITHOUT_AUGMENTATION:
        options["augmentation_factor"] = 0
    model_configuration = recipe.graph_config_for_recipe(settings, options, training_type=training_type)
    rasa.engine.validation.validate(model_configuration)
    with TemporaryDirectory() as folder:
        trainer = GraphTrainer(QuickModelStorage(Path(folder)), LocalTrainingCache(), DaskGraphRunner)
        trainer.train(model_configuration, importer, archive)
    logger.info("The model is trained and saved at %s", archive)
