"""One training in a process of its own (`python -m bot.nlu.train`), told in plain words while it goes on."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from bot.project import CODE, VARIABLE
from bot.supervisor.logs import open_log, plain_lines, tail
from bot.supervisor.process import leashed

# Builds the command that trains into (output folder, model name).
TrainCommand = Callable[[Path, str], Sequence[str]]
Progress = Callable[[str], None]

_POLL = 0.1
_MOST_WARNINGS = 10
_STAGES = (
    (re.compile(r"Started validating"), "checking the training data"),
    (re.compile(r"Starting to train component '(\w+)'"), "training the {}"),
    (re.compile(r"Restored component '(\w+)' from cache"), "the {} has not changed"),
    (re.compile(r"Encoded (\d+) of (\d+) sentences"), "sentence vectors: {} of {}"),
    (re.compile(r"Packing the model"), "saving the model"),
)
# What follows need not say so in the log: sentence vectors take minutes the first time.
_STAGE_ENDED = re.compile(r"Finished training component|story structure conflict")
_BETWEEN_STAGES = "preparing the next step"
_WARNING = re.compile(r"rasa/shared/utils/io\.py:\d+: \w*Warning: (.*)")
# Set by components behind the classifier, not by training; Rasa's validation cannot know that.
_EXPECTED_WARNING = re.compile(
    r"The intent '(dua_permintaan|pasal_baru)' is listed in the domain file, but is not found in the NLU training data"
)
_ERROR = re.compile(r"\b[A-Z]\w*(Error|Exception)\b: \S| (ERROR|CRITICAL) ")
_WORD_BORDER = re.compile(r"(?<=[a-z])(?=[A-Z])")


def training_log(home: Path) -> Path:
    """Where the output of all trainings goes."""
    return home / "logs" / "train.log"


def train_command(root: Path) -> TrainCommand:
    """The training, over exactly the folders that the fingerprint covers."""
    data = [str(folder) for name in ("nlu", "rules", "stories") if (folder := root / "data" / name).is_dir()]
    return lambda out, name: [
        *(sys.executable, "-m", "bot.nlu.train", "--domain", "domain.yml", "--config", "config.yml"),
        *("--data", *data, "--out", str(out), "--fixed-model-name", name),
    ]


@dataclass(frozen=True)
class Trainer:
    """How to train; a line of progress is said at least every `heartbeat` seconds."""

    command: TrainCommand
    heartbeat: float = 5.0


def run_training(command: Sequence[str], root: Path, home: Path, progress: Progress, heartbeat: float) -> str | None:
    """Runs `command` to its end; returns None, or the most telling line of its output when it failed."""
    log_path = training_log(home)
    env = {
        **os.environ,
        "HELPDESK_HOME": str(home),
        # The files to train from lie where the command runs; the code, where it is imported from now.
        VARIABLE: str(root),
        "PYTHONPATH": os.pathsep.join(filter(None, (str(CODE), os.environ.get("PYTHONPATH")))),
        "PYTHONUNBUFFERED": "1",
        "RASA_CACHE_DIRECTORY": str(home / "cache" / "rasa"),
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "2",
    }
    with open_log(log_path) as log:
        start = log.seek(0, os.SEEK_END)
        process = subprocess.Popen(
            leashed(command),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd=root,
            env=env,
            start_new_session=True,
        )
    try:
        with log_path.open("rb") as output:
            output.seek(start)
            _follow(process, output, progress, heartbeat)
    finally:
        # Also when the operator interrupts; and whatever the training itself has started.
        with contextlib.suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    return None if process.returncode == 0 else _telling_line(log_path, start, process.returncode)


def _follow(process: subprocess.Popen[bytes], output: BinaryIO, progress: Progress, heartbeat: float) -> None:
    started = spoken = time.monotonic()
    words = _PlainWords()
    rest = b""
    ended = False
    while not ended:
        # Asked before reading, so that what was written last is read as well.
        ended = process.poll() is not None
        chunk = rest + output.read()
        complete, newline, rest = chunk.rpartition(b"\n")
        now = time.monotonic()
        for line in words.of((complete + newline).decode("utf-8", "replace")):
            progress(f"[{now - started:4.0f} s] {line}")
            spoken = now
        if now - spoken >= heartbeat:
            progress(f"[{now - started:4.0f} s] still {words.stage}")
            spoken = now
        if not ended:
            time.sleep(_POLL)


class _PlainWords:
    """Turns Rasa's log into lines for an operator."""

    def __init__(self) -> None:
        self.stage = "loading Rasa"
        self._open_warning: str | None = None
        self._warnings = 0

    def of(self, text: str) -> Iterator[str]:
        # Without what follows the last newline: nothing.
        for line in plain_lines(text)[:-1]:
            if self._open_warning is not None:
                # Rasa names the file on one line and the fault on the next.
                yield from self._warn(f"{self._open_warning} {line.strip()}")
                self._open_warning = None
            elif found := _WARNING.search(line):
                if found[1].rstrip().endswith(":"):
                    self._open_warning = found[1].strip()
                else:
                    yield from self._warn(found[1])
            else:
                yield from self._stage_of(line)

    def _warn(self, text: str) -> Iterator[str]:
        if _EXPECTED_WARNING.match(text):
            return
        self._warnings += 1
        if self._warnings <= _MOST_WARNINGS:
            yield f"warning: {text}"
        elif self._warnings == _MOST_WARNINGS + 1:
            yield "more warnings are in the log"

    def _stage_of(self, line: str) -> Iterator[str]:
        if _STAGE_ENDED.search(line):
            self.stage = _BETWEEN_STAGES
        for pattern, words in _STAGES:
            if found := pattern.search(line):
                names = [_WORD_BORDER.sub(" ", name).lower() for name in found.groups()]
                self.stage = words.format(*names)
                yield self.stage


def _telling_line(log_path: Path, start: int, code: int) -> str:
    lines = tail(log_path, start, 200)
    errors = [line for line in lines if _ERROR.search(line)]
    last = (errors or lines or [f"it ended with exit code {code}"])[-1]
    return last.strip()[:300]
