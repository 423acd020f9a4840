"""What the model makes of texts outside any conversation: for the trainers' inbox."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
from rasa.core.agent import Agent
from rasa.shared.exceptions import RasaException

from bot.nlu.embedding_cache import default_cache_path
from bot.nlu.encoder import Vectors, default_encoder
from bot.nlu.nearest import NearestSentences
from bot.nlu.turn import understand
from bot.project import project_folder

MOST_TEXTS = 32
# What the components behind the classifier put on top of its ranking: no sentence is trained with them.
_NO_TOPICS = frozenset({"nlu_fallback", "pasal_baru", "dua_permintaan"})


@cache
def training_sentences() -> NearestSentences:
    """Of this project, one a process."""
    return NearestSentences(project_folder(), default_cache_path)


async def review(agent: Agent | None, texts: Sequence[str], known: NearestSentences | None = None) -> dict[str, Any]:
    """{"encoder", "reviews": [{"ranking", "vector", "nearest"}]}, in the order of `texts`.

    The vector is float32, little endian, in base64. Turns get in between. Raises as `bot.nlu.turn.understand`.
    """
    if agent is None or agent.processor is None:
        raise RasaException("no model is loaded")
    encoder, known = default_encoder(), known or training_sentences()
    vectors: Vectors = await asyncio.to_thread(encoder.encode, list(texts))
    near = await asyncio.to_thread(known.nearest, encoder, vectors, agent.model_id)
    reviews = []
    for text, vector, sentences in zip(texts, vectors, near, strict=True):
        reviews.append(
            {
                "ranking": [one for one in await understand(agent, text) if one["intent"] not in _NO_TOPICS],
                "vector": base64.b64encode(np.asarray(vector, dtype="<f4").tobytes()).decode("ascii"),
                "nearest": [
                    {"text": one.text, "intent": one.intent, "similarity": one.similarity} for one in sentences
                ],
            }
        )
        await asyncio.sleep(0)
    return {"encoder": encoder.name, "reviews": reviews}
