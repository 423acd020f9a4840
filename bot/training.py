"""The trained model of a home: is there one for today's training data, and if not, train it."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import tarfile
import time
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime, timezone
from importlib import metadata
from pathlib import Path

from bot.errors import HelpdeskError
from bot.project import CODE
from bot.served_model import model_path, served_model
from bot.settings import Settings
from bot.training_run import Progress, Trainer, run_training, train_command, training_log

_PACKAGES = ("rasa", "onnxruntime", "sentencepiece", "scikit-learn")
_DATA = (
    "domain.yml",
    *(f"data/{folder}/**/*.{ending}" for folder in ("nlu", "rules", "stories") for ending in ("yml", "yaml")),
    "data/policy/*.yml",
)
_CODE = ("bot/nlu/*.py", "bot/nlu/models/*", "bot/text/*")
_KEPT_MODELS = 5


class TrainingError(HelpdeskError):
    """The model could not be trained; the models trained before are untouched."""

    code = "training_failed"


def training_fingerprint(root: Path, code: Path = CODE) -> str:
    """A hash of everything that decides what a training gives: data, configuration, components, packages, encoder."""
    return _digest({**_files(root, ("config.yml", *_DATA)), **_files(code, _CODE)}, *_surroundings())


def frame_fingerprint(root: Path, code: Path = CODE) -> str:
    """The same without the data: models of another frame may not load, or understand otherwise with the same data."""
    return _digest({**_files(root, ("config.yml",)), **_files(code, _CODE)}, *_surroundings())


def data_files(root: Path) -> dict[str, Path]:
    """What a project holds of a training's input, by path below `root`; config.yml is among it."""
    return {name.as_posix(): path for name, path in _files(root, ("config.yml", *_DATA)).items()}


def data_digest(root: Path) -> str:
    """A hash of the data alone, as the console edits them."""
    return _digest(_files(root, _DATA))


def _surroundings() -> Iterator[str]:
    yield f"encoder={Settings.from_env().encoder_name}"
    yield from (f"{package}={metadata.version(package)}" for package in _PACKAGES)


def _files(root: Path, patterns: Sequence[str]) -> dict[Path, Path]:
    return {path.relative_to(root): path for p in patterns for path in root.glob(p) if path.is_file()}


def _digest(files: Mapping[Path, Path], *words: str) -> str:
    digest = hashlib.sha256()
    for word in words:
        digest.update(f"{word}\0".encode("utf-8", "surrogateescape"))
    for name in sorted(files):
        content = files[name].read_bytes()
        digest.update(f"{name.as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def newest_model(home: Path) -> Path | None:
    """The model that was trained by hand, chosen for a start, or published most recently; never a mere candidate."""
    newest = next(iter(_models(home)), None)
    served = served_model(home)
    if served is None:
        return newest
    try:
        at = (home / "models" / "live.json").stat().st_mtime_ns
        return newest if newest is not None and newest.stat().st_mtime_ns > at else model_path(home, served.file)
    except OSError:
        return newest


def check_model(model: Path) -> bool:
    """Whether the file is a complete archive; Rasa may still refuse what is in it."""
    try:
        with tarfile.open(model, "r:gz") as archive:
            return bool(archive.getmembers())
    except (tarfile.TarError, OSError, EOFError, zlib.error):
        return False


def unusable_model_line(model: Path | None) -> str:
    """What the operator reads when a model cannot be loaded."""
    if model is None:
        return "There is no trained model: run `make train`."
    return f"The model {model} cannot be loaded: delete this file or run `make train`."


def ensure_model(
    root: Path,
    home: Path,
    progress: Progress,
    *,
    force: bool = False,
    trainer: Trainer | None = None,
) -> Path:
    """The model for the present training data, trained now if there is none or if `force` is set."""
    if not force and (model := _use_model_of(home, training_fingerprint(root))):
        return model
    with training_lock(home, progress):
        # Taken here: the data may have changed, or been trained by another process, while waiting for the lock.
        fingerprint = training_fingerprint(root)
        if not force and (model := _use_model_of(home, fingerprint)):
            return model
        return _train(root, home, fingerprint, progress, trainer or Trainer(train_command(root)))


def sidecar_path(model: Path) -> Path:
    """The JSON file beside a model: {fingerprint, trained_at, seconds}."""
    return model.with_name(model.name.removesuffix(".tar.gz") + ".json")


def _train(root: Path, home: Path, fingerprint: str, progress: Progress, trainer: Trainer) -> Path:
    trained_at = datetime.now(timezone.utc)
    name = f"{trained_at:%Y%m%d-%H%M%S}-{fingerprint[:8]}"
    models, log_path = home / "models", training_log(home)
    unfinished = models / ".training"
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir()
    progress(f"Training the model (log: {log_path}) ...")
    started = time.monotonic()
    try:
        fault = run_training(trainer.command(unfinished, name), root, home, progress, trainer.heartbeat)
        trained = unfinished / f"{name}.tar.gz"
        if fault is None and not check_model(trained):
            fault = "it wrote no complete model file"
        if fault is not None:
            raise TrainingError(f"The model could not be trained: {fault} (log: {log_path}).")
        seconds = round(time.monotonic() - started, 1)
        model = models / trained.name
        sidecar = {"fingerprint": fingerprint, "trained_at": trained_at.isoformat(), "seconds": seconds}
        # The model last: whoever sees it can rely on the file beside it.
        unfinished.joinpath("sidecar").write_text(json.dumps(sidecar, indent=1), encoding="utf-8")
        unfinished.joinpath("sidecar").replace(sidecar_path(model))
        trained.replace(model)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    _remove_old_models(home)
    progress(f"Trained in {seconds:.0f} s: {model.name}")
    return model


def _models(home: Path) -> list[Path]:
    found = []
    for path in (home / "models").glob("*.tar.gz"):
        # Another process may remove old models right now.
        with suppress(FileNotFoundError):
            found.append((path.stat().st_mtime_ns, path))
    return [path for _, path in sorted(found, reverse=True)]


def _use_model_of(home: Path, fingerprint: str) -> Path | None:
    for model in _models(home):
        try:
            known = json.loads(sidecar_path(model).read_text(encoding="utf-8"))["fingerprint"]
        except (OSError, ValueError, KeyError, TypeError):
            continue
        if known == fingerprint:
            # It counts as the newest from now on, so a part that is started again takes it too.
            with suppress(FileNotFoundError):
                os.utime(model)
                return model
    return None


def _remove_old_models(home: Path) -> None:
    kept = _models(home)
    for model in kept[_KEPT_MODELS:]:
        model.unlink(missing_ok=True)
    for sidecar in (home / "models").glob("*.json"):
        if not sidecar.with_name(sidecar.stem + ".tar.gz").exists():
            sidecar.unlink(missing_ok=True)


@contextmanager
def training_lock(home: Path, progress: Progress, *, wait: bool = True) -> Iterator[None]:
    """One training at a time in a home; the lock goes with its process, however that ends.

    Raises BlockingIOError where another one is under way and it is not to `wait`.
    """
    (home / "models").mkdir(parents=True, exist_ok=True)
    with (home / "models" / ".lock").open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            if not wait:
                raise
            file.seek(0)
            progress(f"Another training is under way in this home (pid {file.read().strip()}); waiting for it ...")
            fcntl.flock(file, fcntl.LOCK_EX)
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        yield
