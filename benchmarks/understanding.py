"""How many held-out messages get the right intent: our model beside simpler ones, in one run."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from benchmarks.data import held_out_sentences, training_sentences
from bot.nlu.encoder import default_encoder
from bot.nlu.intent_model import IntentModel
from bot.nlu.ngrams import NgramConfig, NgramVectoriser
from bot.nlu.sentences import Sentences
from bot.services.knowledge import Knowledge

Method = Callable[[Sentences, Sentences], list[str]]


def ours(train: Sentences, test: Sentences) -> list[str]:
    """The shipped model."""
    model = IntentModel.train(train.normal, train.vectors, train.intents)
    return [model.labels[i] for i in model.probabilities(test.normal, test.vectors).argmax(axis=1)]


def ngrams_only(train: Sentences, test: Sentences) -> list[str]:
    """The n-gram head alone: a linear support vector machine."""
    vectoriser = NgramVectoriser(NgramConfig()).fit(train.normal)
    head = LinearSVC(C=1.0, random_state=13).fit(vectoriser.transform(train.normal), train.intents)
    return list(head.predict(vectoriser.transform(test.normal)))


def vectors_only(train: Sentences, test: Sentences) -> list[str]:
    """Logistic regression over the sentence vector."""
    head = LogisticRegression(C=100, max_iter=1000).fit(train.vectors, train.intents)
    return list(head.predict(test.vectors))


def search_policy(train: Sentences, test: Sentences) -> list[str]:
    """The clause whose title and summary are nearest by the encoder: no training at all."""
    clauses = list(Knowledge.load().clauses)
    texts = default_encoder().encode([f"{clause.title}. {clause.summary}" for clause in clauses])
    return [clauses[i].topic for i in (test.vectors @ texts.T).argmax(axis=1)]


def search_tfidf(train: Sentences, test: Sentences) -> list[str]:
    """The same search by word overlap."""
    clauses = list(Knowledge.load().clauses)
    vectoriser = TfidfVectorizer().fit([f"{clause.title}. {clause.summary}" for clause in clauses])
    texts = vectoriser.transform([f"{clause.title}. {clause.summary}" for clause in clauses])
    return [clauses[i].topic for i in (vectoriser.transform(test.texts) @ texts.T).toarray().argmax(axis=1)]


METHODS: list[Method] = [ours, ngrams_only, vectors_only, search_policy, search_tfidf]


def run() -> None:
    """Print accuracy over all held-out messages, and over those that a clause settles."""
    train, test = training_sentences(), held_out_sentences()
    topics = {clause.topic for clause in Knowledge.load().clauses}
    settled = np.array([intent in topics for intent in test.intents])
    wanted = np.array(test.intents)
    print(f"{len(train.texts)} training sentences, {len(test.texts)} held-out messages, {settled.sum()} with a clause")
    for method in METHODS:
        started = time.perf_counter()
        right = np.array(method(train, test)) == wanted
        seconds = time.perf_counter() - started
        print(
            f"{method.__name__:14} intent {right.mean():.3f}  of those with a clause {right[settled].mean():.3f}"
            f"  ({seconds:.1f} s)",
            flush=True,
        )
