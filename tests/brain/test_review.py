"""Reading a review of the Rasa server."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from bot.brain.rasa_client import review_from_json
from bot.errors import BrainUnavailableError

_VECTOR = base64.b64encode(b"\x00\x00\x80\x3f" * 2).decode()


def one(**changes: Any) -> dict[str, Any]:
    """What the server says of a text."""
    nearest = [{"text": "bayarnya gimana", "intent": "cara_bayar", "similarity": 0.9}]
    return {
        "ranking": [{"intent": "cara_bayar", "probability": 0.7}],
        "vector": _VECTOR,
        "nearest": nearest,
        **changes,
    }


def test_a_review_is_read() -> None:
    review = review_from_json({"encoder": "e", "reviews": [one(), one(nearest=[])]}, 2)
    assert review.encoder == "e"
    assert [reviewed.similarity for reviewed in review.reviewed] == [0.9, None]
    assert review.reviewed[0].ranking[0].intent == "cara_bayar"


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        {"reviews": [one()]},
        {"encoder": "e"},
        {"encoder": "e", "reviews": []},
        {"encoder": "e", "reviews": [one(), one()]},
        {"encoder": "e", "reviews": [one(vector="")]},
        {"encoder": "e", "reviews": [one(vector="AAA=")]},
        {"encoder": "e", "reviews": [one(vector="ä")]},
        {"encoder": "e", "reviews": [one(ranking=None)]},
        {"encoder": "e", "reviews": [one(nearest=[{"text": "x"}])]},
        {"encoder": "e", "reviews": [one(ranking=[{"intent": "x", "probability": "viel"}])]},
    ],
)
def test_another_shape_is_no_review(data: Any) -> None:
    with pytest.raises(BrainUnavailableError):
        review_from_json(data, 1)
