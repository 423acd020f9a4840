"""The time of one whole turn in the trained assistant, and the encoder's part in it."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable

import numpy as np

from actions.in_process import InProcessActions
from benchmarks.data import held_out_sentences
from bot.nlu.encoder import default_encoder
from bot.nlu.local import LocalAssistant
from bot.services.knowledge import ROOT
from bot.settings import Settings
from bot.training import ensure_model

_MESSAGES = 300


def run() -> None:
    """Print median and 99th percentile in milliseconds over held-out messages."""
    logging.disable(logging.WARNING)
    texts = held_out_sentences().texts[:_MESSAGES]
    model = ensure_model(ROOT, Settings.from_env().home, print)
    assistant = LocalAssistant(model, InProcessActions())

    async def encode(text: str) -> object:
        return default_encoder().encode([text])

    for name, call in (("encoder alone", encode), ("whole turn", assistant.first_turn)):
        milliseconds = asyncio.run(_times(call, texts))
        median, late = np.percentile(milliseconds, [50, 99])
        print(f"{name:14} p50 {median:.1f} ms  p99 {late:.1f} ms  ({len(texts)} messages)", flush=True)


async def _times(call: Callable[[str], Awaitable[object]], texts: list[str]) -> list[float]:
    for text in texts[:10]:
        await call(text)  # warm up
    times = []
    for text in texts:
        started = time.perf_counter()
        await call(text)
        times.append((time.perf_counter() - started) * 1000)
    return times
