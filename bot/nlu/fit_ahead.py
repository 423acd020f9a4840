"""The n-gram head of a training, fitted in a process of its own while Rasa is being loaded and the data are checked.

That keeps one core busy for seconds in which another has nothing to do, and only a process shares no lock with it. What
is fitted is a guess: the training takes it if it comes to exactly the same task, and fits the head itself otherwise.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

# The training starts the process with its very first steps, before it loads what takes long.
if TYPE_CHECKING:
    from bot.nlu.ngram_head import NgramFit, NgramTask

logger = logging.getLogger(__name__)

CLASSIFIER = "bot.nlu.classifier.IndonesianIntentClassifier"
_META, _ARRAYS = "vocabularies.json", "arrays.safetensors"
_DONE = "done"


class _Ahead:
    """The process at work, and the folder where its fit will be."""

    def __init__(self, folder: Path, config: str, data: Sequence[str]) -> None:
        self._folder = folder
        self._process = subprocess.Popen(
            [sys.executable, "-m", __name__, str(folder), config, *data],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            # The training meets the same faults, and tells them.
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self._says = iter(self._process.stdout or ())

    def fit(self, task: NgramTask) -> NgramFit | None:
        """The fit of `task`, as soon as it is there; None where another task was guessed, or something failed."""
        if self._line() == task.digest() and self._line() == _DONE:
            logger.info("The n-gram head was fitted ahead")
            return _load(self._folder, task)
        # It would only take time from the training.
        self._process.kill()
        return None

    def end(self) -> None:
        self._process.kill()
        self._process.communicate()

    def _line(self) -> str:
        """What the process says next; nothing when it has ended."""
        return next(self._says, "").strip()


_at_work: _Ahead | None = None


@contextmanager
def fit_ahead(config: str, data: Sequence[str]) -> Iterator[None]:
    """Fits the n-gram head to the sentences in the files or folders `data`, for `fitted_ahead` in this block."""
    global _at_work  # noqa: PLW0603 - Rasa makes the component that asks, so nothing can be passed to it
    with TemporaryDirectory() as folder:
        _at_work = _Ahead(Path(folder), config, data)
        try:
            yield
        finally:
            _at_work.end()
            _at_work = None


def fitted_ahead(task: NgramTask) -> NgramFit | None:
    """The fit of `task` if it has been begun; waits for its end."""
    return _at_work.fit(task) if _at_work else None


def _guess(config: str, data: Sequence[str]) -> NgramTask | None:
    """What the classifier of `config` will be asked to learn; None without such a classifier."""
    # Of Rasa only what reads files: the rest takes longer to load than all of this.
    from rasa.shared.nlu.constants import INTENT, TEXT

    from bot.nlu.importer import IndonesianImporter
    from bot.nlu.intent_model import IntentModelConfig, ngram_task
    from bot.nlu.words import normal_forms

    importer = IndonesianImporter(config, None, list(data))
    settings = _settings(importer.get_config())
    if settings is None:
        return None
    examples = [m for m in importer.get_nlu_data().intent_examples if m.get(TEXT) and m.get(INTENT)]
    texts = normal_forms(m.get(TEXT) for m in examples)
    regularisation = settings.get("regularisation", IntentModelConfig.regularisation)
    return ngram_task(texts, [m.get(INTENT) for m in examples], IntentModelConfig(regularisation=regularisation))


def _settings(config: dict[str, Any]) -> dict[str, Any] | None:
    """Those of the classifier in the contents of a config.yml."""
    found = [part for part in config.get("pipeline") or [] if part.get("name") == CLASSIFIER]
    return found[0] if len(found) == 1 else None


def _save(fit: NgramFit, folder: Path) -> None:
    from safetensors.numpy import save_file

    vocabularies, arrays = fit.head.vectoriser.state()
    (folder / _META).write_text(json.dumps(vocabularies), encoding="utf-8")
    arrays |= {"weights": fit.head.weights, "bias": fit.head.bias, "held_out": fit.held_out}
    save_file(arrays, str(folder / _ARRAYS))


def _load(folder: Path, task: NgramTask) -> NgramFit:
    from safetensors.numpy import load_file

    from bot.nlu.ngram_head import NgramFit, NgramHead
    from bot.nlu.ngrams import NgramVectoriser

    vocabularies = json.loads((folder / _META).read_text(encoding="utf-8"))
    arrays = load_file(str(folder / _ARRAYS))
    vectoriser = NgramVectoriser(task.config).restore(vocabularies, arrays)
    return NgramFit(NgramHead(vectoriser, arrays["weights"], arrays["bias"]), arrays["held_out"])


def main(folder: str, config: str, *data: str) -> None:
    """Says the digest of the task that it guesses, then that its fit lies in `folder`."""
    task = _guess(config, data)
    if task is None:
        return
    _say(task.digest())
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        _save(task.fit(pool), Path(folder))
    _say(_DONE)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
