"""The importer of training data (config.yml, `importers`): Rasa's own, but quick with thousands of plain sentences."""

from __future__ import annotations

from rasa.shared.core.domain import Domain
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.loading import load_data
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.shared.utils.common import cached_method

from bot.nlu.plain_examples import read_plain_examples


class IndonesianImporter(RasaFileImporter):
    """Gives what RasaFileImporter gives; files of plain sentences and the domain are not checked again and again."""

    @cached_method
    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        # Whoever combines importers copies what they give.
        return TrainingData().merge(*(_read(file, language) for file in self._nlu_files))

    @cached_method
    def get_domain(self) -> Domain:
        # Asked for again with the stories; its schema check takes a second.
        return super().get_domain()


def _read(file: str, language: str | None) -> TrainingData:
    plain = read_plain_examples(file)
    return load_data(file, language) if plain is None else TrainingData(plain)
