"""The n-grams: taken apart word by word, but those of scikit-learn."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.nlu.ngrams import NgramConfig, NgramVectoriser

_TEXTS = ["bisa bayar pakai qris", "qris bisa  bisa", "a b", "a", "", "e-mail saya\u00a0mati"]


def test_features_are_those_of_scikit_learn() -> None:
    config = NgramConfig()
    settings = {"sublinear_tf": True, "lowercase": False, "dtype": np.float32}
    characters = TfidfVectorizer(analyzer="char_wb", ngram_range=config.characters, **settings)
    expected = characters.fit_transform(_TEXTS)
    vectoriser, features = NgramVectoriser(config).fit_transform(_TEXTS)
    vocabularies, arrays = vectoriser.state()
    assert vocabularies["characters"] == sorted(characters.vocabulary_)
    assert (arrays["idf_characters"] == characters.idf_.astype(np.float32)).all()
    assert (features[:, : expected.shape[1]] != expected).nnz == 0


def test_texts_seen_later_get_the_features_of_the_fit() -> None:
    vectoriser, features = NgramVectoriser(NgramConfig()).fit_transform(_TEXTS)
    assert np.allclose(vectoriser.transform(_TEXTS).toarray(), features.toarray(), atol=1e-6)


@pytest.mark.parametrize("texts", [[""], [" ", "  "]])
def test_texts_without_words_cannot_be_fitted(texts: list[str]) -> None:
    with pytest.raises(ValueError, match="empty vocabulary"):
        NgramVectoriser(NgramConfig()).fit(texts)
