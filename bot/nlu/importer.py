"""The importer of training data (config.yml, `importers`): Rasa's own, but quick with thousands of plain sentences."""

from __future__ import annotations

from itertools import chain, groupby

from rasa.shared.core.domain import Domain
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.loading import load_data
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.shared.utils.common import cached_method

from bot.nlu.plain_examples import read_plain_examples


class IndonesianImporter(RasaFileImporter):
    """Gives what RasaFileImporter gives; files of plain sentences and the domain are not checked again and again.

    Test stories (`test_*.yml`) are no training data, in whatever folder they lie: Rasa's own trains them as well.
    """

    def __init__(
        self,
        config_file: str | None = None,
        domain_path: str | None = None,
        training_data_paths: list[str] | str | None = None,
    ) -> None:
        super().__init__(config_file, domain_path, training_data_paths)
        tests = set(self._conversation_test_files)
        self._story_files: list[str] = [file for file in self._story_files if file not in tests]

    @cached_method
    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        # Files of plain sentences go together: each merge copies all sentences. Whoever combines importers merges too.
        read = [(file, read_plain_examples(file)) for file in self._nlu_files]
        parts: list[TrainingData] = []
        for is_plain, files in groupby(read, key=lambda pair: pair[1] is not None):
            if is_plain:
                parts.append(TrainingData(list(chain.from_iterable(examples or () for _, examples in files))))
            else:
                parts += (load_data(file, language) for file, _ in files)
        return parts[0] if len(parts) == 1 else TrainingData().merge(*parts)

    @cached_method
    def get_domain(self) -> Domain:
        # Asked for again with the stories; its schema check takes a second.
        return super().get_domain()
