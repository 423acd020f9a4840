"""Public data sets with the shipped components: MASSIVE id-ID, and CLINC150 with its out-of-scope messages.

Sizes and thresholds are chosen on the development parts; the test parts are scored once, at the end, and never
trained on. The data lie in ../shared/benchmarks, which not every clone has beside it.
"""

from __future__ import annotations

import csv
import gzip
import time
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from bot.nlu.embedding_cache import default_cache_path, encode_cached
from bot.nlu.encoder import Vectors, default_encoder
from bot.nlu.intent_model import IntentModel, IntentModelConfig
from bot.nlu.words import normal_forms
from bot.services.knowledge import ROOT

_FOLDER = ROOT.parent / "shared/benchmarks"
_REGULARISATIONS = (0.5, 1.0)
# The topic of CLINC150's out-of-scope messages.
_OTHER_THINGS = "oos"
# What is asked of accuracy in scope and of recall out of scope at the same threshold.
_IN_SCOPE, _OUT_OF_SCOPE = 0.955, 0.80


@dataclass(frozen=True)
class Part:
    """One partition."""

    normal: list[str]
    intents: npt.NDArray[np.str_]
    vectors: Vectors


@dataclass(frozen=True)
class Guesses:
    """Guessed intents and scope scores of one partition."""

    right: npt.NDArray[np.bool_]
    scope: npt.NDArray[np.float32]

    def accuracy(self, least_scope: float = -np.inf) -> float:
        """Share that is right; what the scope score rejects counts as wrong."""
        return float((self.right & (self.scope >= least_scope)).mean())

    def rejected(self, least_scope: float) -> float:
        """Share that the scope score rejects."""
        return float((self.scope < least_scope).mean())


def run() -> None:
    """Print accuracies, or say that the data are not here."""
    if not _FOLDER.is_dir():
        print(f"left out: no {_FOLDER}")
        return
    massive()
    clinc()


def massive() -> None:
    """Intent accuracy on the test partition."""
    parts = _read("massive-id-ID.tsv.gz")
    model, dev = _best_model(parts["train"], parts["dev"], "MASSIVE id-ID")
    test = _guesses(model, parts["test"])
    print(f"  dev {dev.accuracy():.4f}  test {test.accuracy():.4f}", flush=True)


def clinc() -> None:
    """In-scope accuracy and out-of-scope recall on the test partitions; the threshold is fixed on val and oos_val.

    The 100 out-of-scope training messages are a topic, as messages about other things are with us.
    """
    parts = _read("clinc150-full.tsv.gz")
    model, val = _best_model(_joined(parts["train"], parts["oos_train"]), parts["val"], "CLINC150 full")
    least = _safest_threshold(val, _guesses(model, parts["oos_val"]))
    print(f"  least scope score {least:.3f}, the safest on val for {_IN_SCOPE} and {_OUT_OF_SCOPE}")
    for inside, outside in (("val", "oos_val"), ("test", "oos_test")):
        within, beyond = _guesses(model, parts[inside]), _guesses(model, parts[outside])
        print(
            f"  {inside:4} in scope {within.accuracy(least):.4f} (without rejecting {within.accuracy():.4f})"
            f"  out-of-scope recall {beyond.rejected(least):.4f}",
            flush=True,
        )


def _joined(first: Part, second: Part) -> Part:
    return Part(
        first.normal + second.normal,
        np.concatenate([first.intents, second.intents]),
        np.concatenate([first.vectors, second.vectors]),
    )


def _safest_threshold(inside: Guesses, outside: Guesses) -> float:
    """The threshold that most likely holds both aims on other messages.

    Where the smaller of the two distances to the aims, in standard errors of each share, is largest.
    """

    def margin(least: float) -> float:
        found = ((inside.accuracy(least), _IN_SCOPE, inside), (outside.rejected(least), _OUT_OF_SCOPE, outside))
        return min(float((share - aim) / np.sqrt(aim * (1 - aim) / len(part.scope))) for share, aim, part in found)

    return float(max(np.sort(inside.scope), key=margin))


def _best_model(train: Part, dev: Part, name: str) -> tuple[IntentModel, Guesses]:
    """The model with the regularisation that is best on dev, and its guesses there."""
    tried = []
    for regularisation in _REGULARISATIONS:
        started = time.perf_counter()
        config = replace(IntentModelConfig(), regularisation=regularisation)
        model = IntentModel.train(train.normal, train.vectors, list(train.intents), config)
        seconds = time.perf_counter() - started
        tried.append((model, _guesses(model, dev), seconds))
    model, guesses, seconds = max(tried, key=lambda each: each[1].accuracy())
    print(f"{name}: {len(train.normal)} training sentences, {len(model.labels)} intents, trained in {seconds:.1f} s")
    print(f"  C {model.config.regularisation} chosen on dev, n-gram weight {model.calibration.ngram_weight} calibrated")
    return model, guesses


def _read(name: str) -> dict[str, Part]:
    with gzip.open(_FOLDER / name, "rt", encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    parts = {}
    for partition in dict.fromkeys(row["partition"] for row in rows):
        mine = [row for row in rows if row["partition"] == partition]
        texts = [row["utterance"] for row in mine]
        vectors = encode_cached(default_encoder(), texts, default_cache_path())
        intents = np.array([row["intent"] for row in mine])
        parts[partition] = Part(normal_forms(texts), intents, vectors)
    return parts


def _guesses(model: IntentModel, part: Part) -> Guesses:
    probabilities, scope = model.predict(part.normal, part.vectors)
    guessed = np.array(model.labels)[probabilities.argmax(axis=1)]
    # Whatever the score, a message that is taken for one about other things is rejected.
    return Guesses(guessed == part.intents, np.where(guessed == _OTHER_THINGS, -np.inf, scope))
