"""Clauses without a trained topic: each of today's clauses left out of training in turn and then searched.

`python -m benchmarks new-clauses` asks the held-out messages. `python -m benchmarks.new_clauses --fit` fits the
weights of `bot.nlu.clause_search` on data/nlu alone and prints them. The official wording lies in ../shared/policy,
which not every clone has beside it.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from benchmarks.data import held_out_sentences, training_sentences
from bot.helpdesk.clauses import Clause
from bot.helpdesk.policy_document import parse_policy
from bot.nlu.clause_search import SearchSpace, Signs, Weights
from bot.nlu.cross_validation import fold_numbers
from bot.nlu.embedding_cache import default_cache_path, encode_cached
from bot.nlu.encoder import Vectors, default_encoder
from bot.nlu.intent_model import IntentModel
from bot.nlu.new_clauses import IndonesianNewClauseSearch
from bot.nlu.sentences import Sentences
from bot.services.knowledge import ROOT, Knowledge

_DOCUMENT = ROOT.parent / "shared/policy/hak-dan-kewajiban.txt"
_CONFIG = IndonesianNewClauseSearch.get_default_config()
# While weights are fitted: the share of foreign messages that a new clause may take, on average. It is the largest at
# which no single one takes 1 % of them.
_MAY_STEAL = 0.004
# Of five folds of data/nlu, two train while weights are fitted and one is asked.
_TRAINING_FOLDS, _ASKED_FOLD = (0, 1), 2


@dataclass(frozen=True)
class Case:
    """One clause left out: the signs of all asked messages, and which of them belong to it."""

    clause: Clause
    signs: Signs
    own: npt.NDArray[np.bool_]


def run() -> None:
    """Print, for held-out messages, the share found for left-out clauses and the share stolen from others."""
    if not _DOCUMENT.exists():
        print(f"left out: no {_DOCUMENT}")
        return
    found, stolen = [], []
    weights = Weights()
    for case in left_out(training_sentences(), held_out_sentences()):
        taken = case.signs.scores(weights) >= _CONFIG["threshold"]
        found.append(taken[case.own].mean())
        stolen.append(taken[~case.own].mean())
        print(
            f"{case.clause.id:4}{case.clause.topic:28} found {found[-1]:.2f} of {case.own.sum():3}"
            f"  stolen {taken[~case.own].sum()} of {(~case.own).sum()}",
            flush=True,
        )
    print(
        f"mean of {len(found)} clauses: found {np.mean(found):.3f}, "
        f"stolen {np.mean(stolen):.4f}, by a single one {max(stolen):.4f} at most"
    )


def fit() -> Weights:
    """Weights by logistic regression over all left-out clauses; their sum is moved so that the threshold is .5."""
    sentences = training_sentences()
    folds = fold_numbers(sentences.intents, 5)
    train = sentences.take(np.flatnonzero(np.isin(folds, _TRAINING_FOLDS)).tolist())
    asked = sentences.take(np.flatnonzero(folds == _ASKED_FOLD).tolist())
    return fitted(list(left_out(train, asked)))


def fitted(cases: Sequence[Case]) -> Weights:
    """As `fit`. Each clause counts the same, however many messages it has."""
    signs = np.vstack([_columns(case.signs) for case in cases])
    own = np.concatenate([case.own for case in cases])
    weight = np.concatenate([np.where(case.own, 1000 / max(1, case.own.sum()), 1.0) for case in cases])
    scale = signs.std(axis=0)
    head = LogisticRegression(max_iter=500).fit(signs / scale, own, sample_weight=weight)
    factors = head.coef_[0] / scale
    bias = -float(np.quantile(signs[~own] @ factors, 1 - _MAY_STEAL))
    return Weights(*(round(float(value), 3) for value in (*factors, bias)))


def left_out(train: Sentences, asked: Sentences) -> Iterator[Case]:
    """Each clause in turn: intents and search learned from `train` without its topic, then `asked`."""
    knowledge = list(Knowledge.load().clauses)
    official = parse_policy(_DOCUMENT.read_text(encoding="utf-8-sig"))
    for clause in knowledge:
        rest = train.take([i for i, intent in enumerate(train.intents) if intent != clause.topic])
        model = IntentModel.train(rest.normal, rest.vectors, rest.intents)
        probabilities = model.probabilities(asked.normal, asked.vectors)
        yield case_of(clause, rest, asked, settled_by(probabilities, model.labels), official, knowledge)


def settled_by(probabilities: npt.NDArray[np.float32], labels: Sequence[str]) -> list[float]:
    """The probability of each message's best topic that settles anything."""
    columns = [i for i, label in enumerate(labels) if label not in _CONFIG["unsettling"]]
    return [float(value) for value in probabilities[:, columns].max(axis=1)]


def case_of(  # noqa: PLR0913, PLR0917 - what a case is made of
    clause: Clause,
    rest: Sentences,
    asked: Sentences,
    settled: Sequence[float],
    official: dict[str, str],
    knowledge: Sequence[Clause],
) -> Case:
    """`clause` is new: its official wording is searched, and nothing of its topic or summary is known."""
    others = [other for other in knowledge if other.id != clause.id]
    known = [*(official[other.id] for other in others), *(f"{other.title}. {other.summary}" for other in others)]
    space = SearchSpace.learn(rest.normal, rest.vectors, rest.intents)
    index = space.index({clause.id: official[clause.id]}, known, _encode)
    signs = index.signs(clause.id, asked.normal, asked.vectors, settled)
    return Case(clause, signs, np.array([intent == clause.topic for intent in asked.intents]))


def _encode(texts: list[str]) -> Vectors:
    return encode_cached(default_encoder(), texts, default_cache_path())


def _columns(signs: Signs) -> npt.NDArray[np.float32]:
    return np.stack([signs.similarity, signs.shared_words, signs.unsettled], axis=1)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.new_clauses")
    parser.add_argument("--fit", action="store_true", help="fit the weights on data/nlu instead of measuring")
    if parser.parse_args().fit:
        print(dict(zip(Weights.__dataclass_fields__, astuple(fit()))))
    else:
        run()
