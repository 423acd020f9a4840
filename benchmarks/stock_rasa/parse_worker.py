"""`python -m benchmarks.stock_rasa.parse_worker MODEL CORE`: parses what stands on standard input, on one core.

One JSON string a line in; one object a line out: seconds, the intent, and the best intent behind a fallback.
"""

import json
import os
import sys

# Before numerical libraries are loaded, which count cores at that time.
os.sched_setaffinity(0, {int(sys.argv[2])})

import asyncio  # noqa: E402
import logging  # noqa: E402
import time  # noqa: E402
import warnings  # noqa: E402
from typing import Any, TextIO  # noqa: E402

from rasa.core.agent import Agent  # noqa: E402
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME  # noqa: E402
from rasa.utils.log_utils import configure_structlog  # noqa: E402

warnings.showwarning = lambda *_, **__: None


async def main(model: str, answers: TextIO) -> None:
    """Says `null` when the model is loaded, then answers line by line."""
    configure_structlog(logging.ERROR)
    agent = Agent.load(model)
    _say(answers, None)
    for line in sys.stdin:
        text = json.loads(line)
        started = time.perf_counter()
        parsed = await agent.parse_message(text)
        seconds = time.perf_counter() - started
        guesses = [entry["name"] for entry in parsed.get("intent_ranking") or []]
        guess = next((name for name in guesses if name != DEFAULT_NLU_FALLBACK_INTENT_NAME), None)
        _say(answers, {"seconds": seconds, "intent": parsed["intent"]["name"], "guess": guess})


def _say(answers: TextIO, answer: dict[str, Any] | None) -> None:
    answers.write(json.dumps(answer) + "\n")
    answers.flush()


if __name__ == "__main__":
    # Rasa logs to standard output: that goes to standard error from here on.
    private = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    asyncio.run(main(sys.argv[1], private))
