"""The sentence vector of a message, as the featurizers of the pipeline left it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.message import Message


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
