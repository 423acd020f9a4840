"""Snapshots, trainings, comparisons and cross-validations, each in a process of its own."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from bot.errors import CatalogueError
from bot.project import CODE
from bot.services.ports.releases import Trained
from bot.services.releases.problems import (
    DISK_FULL,
    FILE_BROKEN,
    LIVE_GOES_ON,
    OTHER_TRAINING,
    JobFailedError,
    broken_file,
    training_failed,
)
from bot.services.training_data import read_training_sentences
from bot.trainer.files import VersionFiles
from bot.trainer.heavy import Heavy, environment
from bot.training import check_model, data_digest, frame_fingerprint, training_fingerprint, training_lock
from bot.training_run import TrainCommand, train_command

_TRIES = 5
_DOING = (
    (re.compile(r"Started validating"), "memeriksa data"),
    (re.compile(r"Encoded (\d+) of (\d+) sentences"), "membaca kalimat {} dari {}"),
    (re.compile(r"Starting to train component 'SentenceEncoder"), "membaca kalimat"),
    (re.compile(r"Starting to train component 'IndonesianIntentClassifier'"), "melatih pengenal topik"),
    (re.compile(r"Starting to train component '\w*Policy'"), "melatih alur percakapan"),
    (re.compile(r"Packing the model"), "menyimpan model"),
)
_ERROR = re.compile(r"\b[A-Z]\w*(Error|Exception)\b: \S| (ERROR|CRITICAL) ")


class Making:
    """`bot.services.ports.releases.ModelMaking` of a project and a home."""

    def __init__(
        self,
        project: Path,
        home: Path,
        files: VersionFiles,
        heavy: Heavy,
        command: Callable[[Path], TrainCommand] = train_command,
    ) -> None:
        self._project = project
        self._home = home
        self._files = files
        self._heavy = heavy
        self._command = command

    def tidy(self) -> None:
        """Takes away what a crash has left behind; at the start, while nothing runs."""
        shutil.rmtree(self._home / "trainer" / "work", ignore_errors=True)

    async def snapshot(self, name: str) -> str:
        target = self._home / "trainer" / "work" / name
        try:
            await asyncio.to_thread(self._copy, target)
        except OSError as error:
            raise JobFailedError(DISK_FULL) from error
        try:
            await asyncio.to_thread(_check_files, target)
        except JobFailedError:
            await self.forget_snapshot(str(target))
            raise
        return str(target)

    async def train(self, snapshot: str, tell: Callable[[str], None]) -> Trained:
        root = Path(snapshot)
        try:
            with training_lock(self._home, lambda _: None, wait=False):
                return await self._train(root, tell)
        except BlockingIOError as error:
            raise JobFailedError(OTHER_TRAINING) from error

    async def _train(self, root: Path, tell: Callable[[str], None]) -> Trained:
        out, log = root.with_name(f"{root.name}-model"), self._home / "logs" / "train.log"
        name = f"{time.strftime('%Y%m%d-%H%M%S', time.gmtime())}-{training_fingerprint(root)[:8]}"

        def doing(line: str) -> None:
            for pattern, words in _DOING:
                if found := pattern.search(line):
                    tell(words.format(*found.groups()))

        started = time.monotonic()
        try:
            out.mkdir(parents=True, exist_ok=True)
            self._files.models.mkdir(parents=True, exist_ok=True)
            env = {**environment(self._home, root), "PYTHONPATH": str(CODE)}
            # Names of files in Rasa's messages are those that the trainer knows.
            failure = await self._heavy.run(self._command(root)(out, name), env=env, cwd=root, log=log, tell=doing)
            if failure:
                raise JobFailedError(training_failed(_telling(failure).replace(f"{root}/", "")))
            made = out / f"{name}.tar.gz"
            if not check_model(made):
                raise JobFailedError(training_failed("berkas model tidak lengkap."))
            made.replace(self._files.models / made.name)
        except OSError as error:
            raise JobFailedError(DISK_FULL) from error
        finally:
            shutil.rmtree(out, ignore_errors=True)
        sentences = await asyncio.to_thread(read_training_sentences, root)
        seconds = round(time.monotonic() - started, 1)
        return Trained(made.name, frame_fingerprint(root), data_digest(root), seconds, len(sentences))

    async def compare(self, number: int, file: str, live: tuple[int, str] | None, snapshot: str) -> Mapping[str, Any]:
        folder = self._files.folder(number)
        command = [
            *(sys.executable, "-m", "bot.commands.compare_models", "--candidate", self._files.path(file)),
            *(("--live", self._files.path(live[1])) if live else ()),
            *("--against", str(live[0] if live else 0), "--out", str(folder)),
        ]
        await self._python(command, Path(snapshot), "compare.log", "Perbandingan gagal")
        compared = self._files.comparison(number)
        if compared is None:
            raise JobFailedError(FILE_BROKEN.format(number))
        return compared

    async def keep_snapshot(self, snapshot: str, number: int) -> None:
        target = self._files.folder(number) / "project"

        def keep() -> None:
            shutil.rmtree(target, ignore_errors=True)
            shutil.copytree(snapshot, target)

        try:
            await asyncio.to_thread(keep)
        except OSError as error:
            raise JobFailedError(DISK_FULL) from error

    async def forget_snapshot(self, snapshot: str) -> None:
        await asyncio.to_thread(shutil.rmtree, snapshot, ignore_errors=True)

    async def cross_validate(self, number: int) -> Mapping[str, float]:
        out = self._home / "trainer" / "cross-validation.json"
        root = self._files.folder(number) / "project"
        command = [sys.executable, "-m", "bot.commands.cross_validate", "--out", str(out)]
        await self._python(command, root, "cross-validation.log", "Validasi silang gagal", nice=19)
        scores: Mapping[str, float] = json.loads(out.read_text(encoding="utf-8"))["scores"]
        return scores

    async def _python(self, command: Sequence[str], root: Path, log: str, failed: str, nice: int = 10) -> None:
        env = environment(self._home, root)
        failure = await self._heavy.run(command, env=env, cwd=CODE, log=self._home / "logs" / log, nice=nice)
        if failure:
            raise JobFailedError(f"{failed}: {failure[-1][:300]} {LIVE_GOES_ON} Mulai lagi (lihat logs/{log}).")

    def _copy(self, target: Path) -> None:
        """All of a moment: when a file changes meanwhile, everything is copied again."""
        for _ in range(_TRIES):
            shutil.rmtree(target, ignore_errors=True)
            target.mkdir(parents=True)
            before = data_digest(self._project)
            for name in ("config.yml", "domain.yml"):
                with suppress(FileNotFoundError):
                    shutil.copy2(self._project / name, target)
            shutil.copytree(self._project / "data", target / "data")
            if before == data_digest(target) == data_digest(self._project):
                return


def _check_files(root: Path) -> None:
    """What somebody has broken by hand, with file and line, before minutes are spent. Raises JobFailedError."""
    for path in sorted([*root.glob("*.yml"), *root.glob("data/**/*.yml")]):
        name = path.relative_to(root).as_posix()
        try:
            YAML(typ="safe").load(path.read_text(encoding="utf-8"))
        except MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            problem = str(error.problem or error.context or "bukan YAML")
            raise JobFailedError(broken_file(name, mark.line + 1 if mark else None, problem)) from error
        except (YAMLError, UnicodeDecodeError) as error:
            raise JobFailedError(broken_file(name, None, str(error).splitlines()[0])) from error
    try:
        read_training_sentences(root)
    except CatalogueError as error:
        raise JobFailedError(training_failed(f"{error}.")) from error


def _telling(lines: Sequence[str]) -> str:
    errors = [line for line in lines if _ERROR.search(line)]
    return (errors or list(lines))[-1].strip()
