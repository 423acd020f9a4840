"""A public data set with the shipped components: the intents of MASSIVE id-ID.

Sizes and weights are chosen on dev; the test partition is scored once, at the end. The data lie in
../shared/benchmarks, which not every clone has beside it.
"""

from __future__ import annotations

import csv
import gzip
import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.nlu.embedding_cache import default_cache_path, encode_cached
from bot.nlu.encoder import Vectors, default_encoder
from bot.nlu.linear import LinearConfig, LinearIntentModel
from bot.services.knowledge import ROOT
from bot.text.normalise import normalise

_FOLDER = ROOT.parent / "shared/benchmarks"
_GRID = [
    LinearConfig(vector_weight=weight, regularisation=c, calibration_folds=4)
    for weight in (1.0, 1.5, 2.0)
    for c in (0.3, 0.6, 1.0)
]


@dataclass(frozen=True)
class Part:
    """One partition."""

    normal: list[str]
    intents: npt.NDArray[np.str_]
    vectors: Vectors

    def accuracy(self, labels: Sequence[str]) -> float:
        return float((np.array(labels) == self.intents).mean())


def run() -> None:
    """Print accuracies, or say that the data are not here."""
    if not _FOLDER.is_dir():
        print(f"left out: no {_FOLDER}")
        return
    massive()


def massive() -> None:
    """Intent accuracy on the test partition; sizes chosen on dev."""
    parts = _read("massive-id-ID.tsv.gz")
    best = max(_GRID, key=lambda config: _accuracy(_train(parts["train"], config), parts["dev"]))
    started = time.perf_counter()
    model = _train(parts["train"], best)
    seconds = time.perf_counter() - started
    print(f"MASSIVE id-ID: {len(parts['train'].normal)} training sentences, head trained in {seconds:.1f} s")
    print(f"  chosen on dev: vector weight {best.vector_weight}, C {best.regularisation}")
    print(f"  dev {_accuracy(model, parts['dev']):.4f}  test {_accuracy(model, parts['test']):.4f}", flush=True)


def _read(name: str) -> dict[str, Part]:
    with gzip.open(_FOLDER / name, "rt", encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    parts = {}
    for partition in dict.fromkeys(row["partition"] for row in rows):
        mine = [row for row in rows if row["partition"] == partition]
        texts = [row["utterance"] for row in mine]
        vectors = encode_cached(default_encoder(), texts, default_cache_path())
        intents = np.array([row["intent"] for row in mine])
        parts[partition] = Part([normalise(text) for text in texts], intents, vectors)
    return parts


def _train(part: Part, config: LinearConfig) -> LinearIntentModel:
    return LinearIntentModel.train(part.normal, part.vectors, list(part.intents), config)


def _accuracy(model: LinearIntentModel, part: Part) -> float:
    return part.accuracy([model.labels[i] for i in model.margins(part.normal, part.vectors).argmax(axis=1)])
