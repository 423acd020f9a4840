"""Parse latency and accuracy: each model in a process on one core, asked in turns."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

from benchmarks.stock_rasa.processes import Say, end_group
from benchmarks.stock_rasa.sample import Questions, alternating, with_progress
from bot.services.knowledge import ROOT
from bot.supervisor.logs import tail
from bot.supervisor.process import leashed

_ENVIRONMENT = {
    **{"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"},
    **{"TF_NUM_INTRAOP_THREADS": "1", "TF_NUM_INTEROP_THREADS": "1", "TF_CPP_MIN_LOG_LEVEL": "2"},
    "RASA_TELEMETRY_ENABLED": "false",
}


@dataclass
class Parsed:
    """What one subject made of the messages, in their order."""

    milliseconds: list[float] = field(default_factory=list)
    intents: list[str] = field(default_factory=list)
    guesses: list[str] = field(default_factory=list)


def parse_all(models: Mapping[str, Path], questions: Questions, log: Path, say: Say) -> dict[str, Parsed]:
    """Each message once in each model, so that no cache of answers can help; models alternate by blocks."""
    core = max(os.sched_getaffinity(0))
    results = {name: Parsed() for name in models}
    say("loading both models to parse on one core, in turns ...")
    with ExitStack() as stack:
        workers = {name: stack.enter_context(_Worker(model, core, log)) for name, model in models.items()}
        for name, text in alternating(list(workers), questions.warm_up):
            workers[name].parse(text)
        for name, text in with_progress(alternating(list(workers), questions.messages), say):
            answer = workers[name].parse(text)
            results[name].milliseconds.append(answer["seconds"] * 1000)
            results[name].intents.append(answer["intent"] or "")
            results[name].guesses.append(answer["guess"] or "")
    return results


class _Worker:
    """`parse_worker` with one model."""

    def __init__(self, model: Path, core: int, log: Path) -> None:
        self._argv = [sys.executable, "-m", "benchmarks.stock_rasa.parse_worker", str(model), str(core)]
        self._log = log

    def __enter__(self) -> _Worker:
        with self._log.open("ab") as errors:
            self._process = subprocess.Popen(
                leashed(self._argv),
                cwd=ROOT,
                env={**os.environ, **_ENVIRONMENT},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                start_new_session=True,
            )
        try:
            self._read()
        except BaseException:
            end_group(self._process)
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        end_group(self._process)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()

    def parse(self, text: str) -> dict[str, Any]:
        """The worker's answer to `text`."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(text).encode() + b"\n")
        self._process.stdin.flush()
        return dict(self._read())

    def _read(self) -> Any:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            said = "\n".join(tail(self._log, 0, 20))
            raise RuntimeError(f"a process that parses has ended:\n{said}")
        return json.loads(line)
