"""The search itself, on made-up vectors: what counts, and in which direction."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.clause_search import ClauseIndex, Floats, SearchSpace, Signs, Weights
from bot.text.normalise import normalise

_SIZE = 12
_RANDOM = np.random.default_rng(5)
_LINES = [normalise(line) for line in ("cara bayar tagihan", "bayar lewat bank", "web mati", "web error lagi")] * 20
_TOPICS = ["bayar", "bayar", "mati", "mati"] * 20
_CLAUSES = {"H18": "Menolak kunjungan ke ruang colocation.", "K10": "Menerbitkan ulang sertifikat."}
_KNOWN = ["Menyediakan jalur pembayaran.", "Menjamin kualitas."]


def _unit(rows: Floats) -> Floats:
    return np.asarray(rows / np.linalg.norm(rows, axis=-1, keepdims=True), dtype=np.float32)


_SUBJECT = {text: _unit(_RANDOM.normal(size=_SIZE)) for text in [*_CLAUSES.values(), *_KNOWN]}
_VECTORS = _unit(_RANDOM.normal(size=(len(_LINES), _SIZE)))


def _encode(texts: list[str]) -> Floats:
    return np.stack([_SUBJECT[text] for text in texts])


@pytest.fixture(scope="module", name="space")
def _space() -> SearchSpace:
    return SearchSpace.learn(_LINES, _VECTORS, _TOPICS)


@pytest.fixture(scope="module", name="index")
def _index(space: SearchSpace) -> ClauseIndex:
    return space.index(_CLAUSES, _KNOWN, _encode)


def _asked(clause: str) -> Floats:
    return _SUBJECT[_CLAUSES[clause]].reshape(1, -1)


@pytest.mark.parametrize("clause", _CLAUSES)
def test_the_clause_that_a_message_is_about_is_found(index: ClauseIndex, clause: str) -> None:
    match = index.best(normalise(_CLAUSES[clause]), _asked(clause), 0.1, Weights())
    assert match is not None
    assert match.clause == clause
    assert match.score > 0.5


def test_a_training_sentence_is_not_about_any(index: ClauseIndex) -> None:
    for line, vector in zip(_LINES, _VECTORS):
        match = index.best(line, vector.reshape(1, -1), 0.99, Weights())
        assert match is not None
        assert match.score < 0.5


def test_shared_words_count_by_their_rarity(index: ClauseIndex) -> None:
    vector = _asked("H18")
    lines = ["bayar", "kunjungan", "berkunjung ke ruang", "ruang colocation kunjungan"]
    shared = [float(index.signs("H18", [line], vector, [0.5]).shared_words[0]) for line in lines]
    assert shared == sorted(shared)
    assert shared[0] == 0.0 < shared[1]


@given(st.floats(0, 1), st.floats(0, 1))
def test_the_surer_a_trained_topic_the_lower_the_score(one: float, other: float) -> None:
    low, high = sorted((one, other))
    signs = [
        Signs(np.float32([2]), np.float32([5]), np.float32([np.log(1 - settled + 1e-3)])) for settled in (low, high)
    ]
    scores = [float(found.scores(Weights())[0]) for found in signs]
    assert 0.0 <= scores[1] <= scores[0] <= 1.0


def test_without_known_clauses_it_works_too(space: SearchSpace) -> None:
    match = space.index(_CLAUSES, [], _encode).best("apa", _asked("H18"), 0.1, Weights())
    assert match is not None
    assert match.clause == "H18"


def test_without_clauses_nothing_is_found(space: SearchSpace) -> None:
    assert space.index({}, _KNOWN, _encode).best("apa", _asked("H18"), 0.1, Weights()) is None


def test_a_stored_space_searches_the_same(space: SearchSpace, index: ClauseIndex, tmp_path: Path) -> None:
    space.save(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"clause_search.json", "clause_search.safetensors"}
    loaded = SearchSpace.load(tmp_path)
    again = loaded.index(_CLAUSES, _KNOWN, _encode)
    for clause in _CLAUSES:
        assert again.best("kunjungan", _asked(clause), 0.3, Weights()) == index.best(
            "kunjungan", _asked(clause), 0.3, Weights()
        )


@pytest.mark.parametrize("blocks", [1, 3])
def test_vectors_may_have_any_size_and_length(blocks: int, tmp_path: Path) -> None:
    """Those of several encoders side by side, say."""

    def wide(vectors: Floats) -> Floats:
        return np.tile(vectors, blocks)

    SearchSpace.learn(_LINES, wide(_VECTORS), _TOPICS).save(tmp_path)
    found = SearchSpace.load(tmp_path).index(_CLAUSES, _KNOWN, lambda texts: wide(_encode(texts)))
    for clause, wording in _CLAUSES.items():
        match = found.best(normalise(wording), wide(_asked(clause)), 0.3, Weights())
        assert match is not None
        assert match.clause == clause
        assert match.score > 0.5


def test_sentences_that_are_all_the_same_are_no_failure() -> None:
    same = np.repeat(_VECTORS[:1], 5, axis=0)
    index = SearchSpace.learn(["halo"] * 5, same, ["salam"] * 5).index(_CLAUSES, _KNOWN, _encode)
    match = index.best("halo", same[:1], 0.5, Weights())
    assert match is not None
    assert np.isfinite(match.score)
