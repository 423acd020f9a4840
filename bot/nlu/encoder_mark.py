"""The mark that a sentence encoder leaves in the models trained with it, so that no other serves them."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from bot.errors import EncoderError
from bot.nlu.embedding_cache import encode_cached
from bot.nlu.encoder import PROBE, SentenceEncoder, are_alike

_FILE = "encoder.json"


@dataclass(frozen=True)
class EncoderMark:
    """The encoder's name, and its vector of a fixed text: an endpoint may serve another model under the same name."""

    name: str
    probe: list[float]

    @classmethod
    def of(cls, encoder: SentenceEncoder, cache: Path) -> EncoderMark:
        """Raises EncoderError when the vectors in `cache` are not of the model that answers today."""
        kept = encode_cached(encoder, [PROBE], cache)[0]
        fresh = encoder.encode([PROBE])[0]
        if not are_alike(kept, fresh):
            raise EncoderError(
                f"The sentence encoder ({encoder.name}) gives other vectors than those in {cache}: its model was "
                f"exchanged. Delete the folder {cache.parent}, or give the new model a name of its own "
                "(HELPDESK_ENCODER_MODEL)."
            )
        return cls(encoder.name, fresh.tolist())

    def save(self, folder: Path) -> None:
        """Write `encoder.json`."""
        (folder / _FILE).write_text(json.dumps(asdict(self)), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> EncoderMark:
        """What `save` wrote; raises ValueError or FileNotFoundError."""
        stored = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        try:
            return cls(str(stored["name"]), [float(number) for number in stored["probe"]])
        except (KeyError, TypeError) as error:
            raise ValueError(f"{_FILE} is not of the expected shape") from error

    def check_name(self, encoder: SentenceEncoder) -> None:
        """Raises EncoderError for an encoder of another name; asks it nothing."""
        if self.name != encoder.name:
            raise EncoderError(
                f"The model was trained with the sentence encoder {self.name}, but the settings name {encoder.name}: "
                "run `make train`, or set HELPDESK_ENCODER_* as they were."
            )

    def check_vector(self, encoder: SentenceEncoder) -> None:
        """Raises EncoderError when the encoder's vectors are not those that the model was trained with."""
        if not are_alike(np.array(self.probe, dtype=np.float32), encoder.encode([PROBE])[0]):
            raise EncoderError(
                f"The sentence encoder ({encoder.name}) gives other vectors than when the model was trained: serve the "
                "model of then, or delete the folder cache in HELPDESK_HOME and run `make train`."
            )
