"""Training sentences read the short way: files of nothing but plain sentences, as trainers write them.

Rasa checks each file against a schema and looks for annotations, seconds for thousands of sentences, several times in
a training. A file with anything more than plain sentences is left to Rasa's reader, with all its checks and warnings.
"""

from __future__ import annotations

import copy
import json
import re
from functools import lru_cache
from typing import Any

from rasa.shared.constants import LATEST_TRAINING_DATA_FORMAT_VERSION
from rasa.shared.data import is_likely_yaml_file
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.formats.rasa_yaml import STRIP_SYMBOLS
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.utils.io import deep_container_fingerprint, get_text_hash, read_file, read_yaml
from ruamel.yaml.error import YAMLError

# What an annotation of an entity has ("[besok](waktu)"), and Rasa's separator of retrieval intents.
_ANNOTATION = re.compile(r"\][(\[{]")
_RETRIEVAL = "/"


class PlainExample(Message):
    """A training sentence that is cheap to copy, and is fingerprinted anew only when something has changed.

    Rasa merges the training data several times before it trains, copies every sentence in each merge and
    sets its intent to what it is.
    """

    _cached_fingerprint: str | None
    # Features leave the fingerprint of texts and tokens as it is.
    _data_fingerprint: str | None = None

    def set(self, prop: str, info: Any, add_to_output: bool = False) -> None:
        unchanged = isinstance(info, str) and self.data.get(prop) == info
        fingerprint = self._cached_fingerprint
        super().set(prop, info, add_to_output)
        if unchanged:
            self._cached_fingerprint = fingerprint
        else:
            self._data_fingerprint = None

    def add_diagnostic_data(self, origin: str, data: dict[str, Any]) -> None:
        super().add_diagnostic_data(origin, data)
        self._data_fingerprint = None

    def fingerprint(self) -> str:
        """What Message gives."""
        if self._cached_fingerprint is None:
            if self._data_fingerprint is None:
                self._data_fingerprint = deep_container_fingerprint(self.data)
            parts = [self._data_fingerprint, deep_container_fingerprint(self.features)]
            self._cached_fingerprint = get_text_hash(json.dumps(parts))
        return self._cached_fingerprint

    def __deepcopy__(self, memo: dict[int, Any]) -> PlainExample:
        twin = PlainExample.__new__(PlainExample)
        twin.time = self.time
        twin.data = self.data.copy()
        for key in self.data.keys() - {TEXT, INTENT}:
            twin.data[key] = copy.deepcopy(self.data[key], memo)
        twin.features = copy.deepcopy(self.features, memo) if self.features else []
        twin.output_properties = set(self.output_properties)
        twin._cached_fingerprint = self._cached_fingerprint
        twin._data_fingerprint = self._data_fingerprint
        return twin


def read_plain_examples(file: str) -> list[PlainExample] | None:
    """The sentences of a file in their order; None unless it holds plain sentences of intents and nothing else."""
    pairs = _pairs(read_file(file)) if is_likely_yaml_file(file) else None
    return [PlainExample({TEXT: sentence, INTENT: intent}) for sentence, intent in pairs] if pairs else None


# Rasa asks for the data several times in a process.
@lru_cache(maxsize=256)
def _pairs(source: str) -> list[tuple[str, str]] | None:
    """Sentence and intent of each line; None as above, also for what is no YAML, so that Rasa's reader complains."""
    try:
        content = read_yaml(source)
    except YAMLError:
        return None
    if not isinstance(content, dict) or content.keys() != {"version", "nlu"}:
        return None
    if content["version"] != LATEST_TRAINING_DATA_FORMAT_VERSION or not isinstance(content["nlu"], list):
        return None
    found: list[tuple[str, str]] = []
    for item in content["nlu"]:
        sentences = _sentences(item)
        if not sentences:
            return None
        found += ((sentence, item["intent"]) for sentence in sentences)
    return found or None


def _sentences(item: Any) -> list[str] | None:
    """The sentences of one block, cut out as Rasa does; None if there is more to it."""
    if not isinstance(item, dict) or item.keys() != {"intent", "examples"}:
        return None
    intent, examples = item["intent"], item["examples"]
    if not isinstance(intent, str) or not intent or _RETRIEVAL in intent:
        return None
    if not isinstance(examples, str) or _ANNOTATION.search(examples):
        return None
    lines = examples.splitlines()
    return [line[1:].strip(STRIP_SYMBOLS) for line in lines] if all(line.startswith("-") for line in lines) else None
