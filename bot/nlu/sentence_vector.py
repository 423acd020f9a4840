"""The sentence vector of a message, as the featurizers of the pipeline left it."""

from __future__ import annotations

from hashlib import md5

import numpy as np
import numpy.typing as npt
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message


class DenseFeatures(Features):
    """Dense features whose fingerprint is a hash of their numbers, not of these spelt out as text."""

    _cached_fingerprint: str | None

    def fingerprint(self) -> str:
        if self._cached_fingerprint is None:
            digest = md5(repr((self.type, self.origin, self.attribute)).encode(), usedforsecurity=False)
            digest.update(np.ascontiguousarray(self.features).data)
            self._cached_fingerprint = digest.hexdigest()
        return self._cached_fingerprint


def sentence_vector(message: Message) -> npt.NDArray[np.float32]:
    """Shape (1, dimension). What `get_dense_features` gives, without its deep copy: a training asks for thousands.

    Raises ValueError for a message without one.
    """
    found = [
        feature.features
        for feature in message.features
        if feature.attribute == TEXT and feature.type == FEATURE_TYPE_SENTENCE and feature.is_dense()
    ]
    if not found:
        raise ValueError("the message has no sentence vector: is the featurizer missing in config.yml?")
    return np.asarray(np.concatenate(found, axis=-1) if len(found) > 1 else found[0], dtype=np.float32)
