"""Training of both subjects: from scratch, then again with more sentences; each training is a process."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.stock_rasa.processes import Command, Measured, Say, run_measured
from benchmarks.stock_rasa.projects import build_ours, build_stock, write_sentences
from bot.helpdesk.training_sentences import TrainingSentence
from bot.services.knowledge import ROOT

Sentences = Sequence[TrainingSentence]


@dataclass(frozen=True)
class Subject:
    """A project that can be trained; models and caches lie in `home`, which is empty at first."""

    name: str
    project: Path
    home: Path
    argv: Sequence[str]
    environment: Mapping[str, str]

    @property
    def model(self) -> Path:
        """The model that was trained last."""
        return max((self.home / "models").glob("*.tar.gz"), key=lambda path: path.stat().st_mtime_ns)


def our_subject(folder: Path, sentences: Sentences, name: str = "ours") -> Subject:
    """`helpdesk train` in a copy of this project."""
    build_ours(ROOT, folder / "project", sentences)
    home = folder / "home"
    argv = [sys.executable, "-m", "bot.cli", "train"]
    return Subject(name, folder / "project", home, argv, {"HELPDESK_HOME": str(home)})


def stock_subject(folder: Path, sentences: Sentences) -> Subject:
    """`rasa train` in what `rasa init` writes."""
    build_stock(ROOT, folder / "project", sentences)
    home = folder / "home"
    argv = [sys.executable, "-m", "rasa", "train", "--out", str(home / "models")]
    environment = {
        "PYTHONUNBUFFERED": "1",
        "RASA_CACHE_DIRECTORY": str(home / "cache/rasa"),
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "2",
    }
    return Subject("stock", folder / "project", home, argv, environment)


def train(subjects: Sequence[Subject], sentences: Sentences, added: Sentences, say: Say) -> dict[str, dict[str, float]]:
    """Seconds and bytes of each subject's trainings; both are trained before either is trained again."""
    scratch = {subject.name: _train(subject, "from scratch", say) for subject in subjects}
    for subject in subjects:
        write_sentences(subject.project, [*sentences, *added])
    again = {subject.name: _train(subject, "again", say) for subject in subjects}
    return {
        name: {
            "training_seconds": scratch[name].seconds,
            "retraining_seconds": again[name].seconds,
            "training_bytes": scratch[name].peak_bytes,
        }
        for name in scratch
    }


def _train(subject: Subject, manner: str, say: Say) -> Measured:
    log = subject.home / "logs" / f"{manner.replace(' ', '-')}.log"
    return run_measured(
        Command(subject.argv, subject.project, subject.environment, log), f"{subject.name} {manner}", say
    )
