"""What the intent model makes of sentences it has not seen: out-of-fold guesses and growing training sets."""

from __future__ import annotations

import math
import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

import numpy as np
import numpy.typing as npt

from bot.nlu.calibration import fit_temperature, softmax
from bot.nlu.intent_model import IntentModel, IntentModelConfig
from bot.nlu.sentences import Sentences

# The temperature is fitted on the out-of-fold margins, so the models need no held-out fold of their own.
_UNCALIBRATED = IntentModelConfig(calibration_folds=1)
# The margin of an intent that the training folds do not hold: below any that the model gives.
_NEVER_SEEN = -50.0

Progress = Callable[[str], None]


def fold_numbers(intents: Sequence[str], folds: int, seed: int = 1) -> npt.NDArray[np.int64]:
    """A fold for each row, every intent spread evenly over all of them; the same every time."""
    numbers = np.zeros(len(intents), dtype=np.int64)
    for rows in _shuffled_rows(intents, seed).values():
        for order, row in enumerate(rows):
            numbers[row] = order % folds
    return numbers


def out_of_fold(sentences: Sentences, progress: Progress, folds: int = 5) -> list[tuple[str, float, float]]:
    """For each sentence, by a model trained without its fold: the likeliest intent, its probability, the label's.

    Needs three intents or more, so that each training holds two.
    """
    labels = sorted(set(sentences.intents))
    numbers = fold_numbers(sentences.intents, folds)
    margins = np.full((len(sentences.texts), len(labels)), _NEVER_SEEN, dtype=np.float32)
    for fold in range(folds):
        progress(f"cross-validation: fold {fold + 1} of {folds}")
        test = np.flatnonzero(numbers == fold)
        if not len(test):
            continue
        asked = sentences.take(test.tolist())
        model = _train(sentences.take(np.flatnonzero(numbers != fold).tolist()))
        columns = np.array([labels.index(label) for label in model.labels])
        margins[np.ix_(test, columns)] = model.margins(asked.normal, asked.vectors)
    own = np.array([labels.index(intent) for intent in sentences.intents])
    probabilities = softmax(margins * fit_temperature(margins, own))
    best = probabilities.argmax(axis=1)
    return [
        (labels[top], round(float(row[top]), 4), round(float(row[label]), 4))
        for row, top, label in zip(probabilities, best.tolist(), own)
    ]


def guesses_by_share(
    train: Sentences, test: Sentences, shares: Sequence[float]
) -> Iterator[tuple[float, int, list[str]]]:
    """For each share of every intent's sentences: the share, how many these are, the guessed intents of `test`.

    A smaller share is part of every larger one.
    """
    rows_of = _shuffled_rows(train.intents, seed=2)
    for share in shares:
        rows = sorted(row for rows in rows_of.values() for row in rows[: math.ceil(share * len(rows) - 1e-9)])
        model = _train(train.take(rows))
        best = model.margins(test.normal, test.vectors).argmax(axis=1)
        yield share, len(rows), [model.labels[i] for i in best]


def _train(sentences: Sentences) -> IntentModel:
    return IntentModel.train(sentences.normal, sentences.vectors, sentences.intents, _UNCALIBRATED)


def _shuffled_rows(intents: Sequence[str], seed: int) -> dict[str, list[int]]:
    rows: defaultdict[str, list[int]] = defaultdict(list)
    for row, intent in enumerate(intents):
        rows[intent].append(row)
    shuffle = random.Random(seed).shuffle  # noqa: S311 - a split, no secret
    for intent in sorted(rows):
        shuffle(rows[intent])
    return rows
