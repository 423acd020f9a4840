"""Parts of a message go through the pipeline beside it, and come out as one intent for two requests."""

from __future__ import annotations

from pathlib import Path

import pytest
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RANKING_KEY, TEXT

from bot.nlu.request_parts import PART, REQUESTS, IndonesianRequestSplitter, IndonesianTwoRequests
from tests.nlu.components.pipeline import Pipeline, create, message

pytestmark = pytest.mark.rasa

BOTH = "kak bisa bayar pakai qris ga? satu lagi, pindah hosting dari tempat lama ke sini gratis?"
# The topics that the small pipeline confuses or that open a message; config.yml has the real list.
ALONE = ["nlu_fallback", "tidak_jelas", "salam", "terima_kasih"]


@pytest.fixture(name="pipeline")
def _pipeline(pipeline: Pipeline, tmp_path: Path) -> Pipeline:
    """Trained on a handful of sentences, so it is less sure of itself than the real one."""
    judge = create(IndonesianTwoRequests, tmp_path, alone=ALONE, threshold=0.5, adding_threshold=0.5)
    return Pipeline((*pipeline.components[:-1], judge), pipeline.folder)


def test_two_requests_get_their_own_intent_and_are_carried_in_the_message(pipeline: Pipeline) -> None:
    (found,) = pipeline.process(BOTH)
    assert found.get(INTENT)["name"] == "dua_permintaan"
    assert [request["intent"] for request in found.get(REQUESTS)] == ["cara_bayar", "migrasi"]
    assert all(request["text"] in BOTH for request in found.get(REQUESTS))
    assert found.get(INTENT)["confidence"] == min(request["confidence"] for request in found.get(REQUESTS))
    assert found.get(INTENT_RANKING_KEY)[0] == found.get(INTENT)
    assert found.get(TEXT) == BOTH


def test_the_requests_are_part_of_what_rasa_gives_out(pipeline: Pipeline) -> None:
    out = pipeline.process(BOTH)[0].as_dict(only_output_properties=True)
    assert out[REQUESTS]
    assert PART not in out


@pytest.mark.parametrize(
    "text",
    [
        "halo kak, bisa bayar pakai qris?",
        "bisa bayar pakai qris? makasih banyak ya",
        "bisa bayar pakai qris? kalau pakai virtual account bisa?",
        "bisa bayar pakai qris? satu lagi, hjkhjk qwrtp zxcvb bnmlk",  # the second part meets the fallback
        "bisa bayar pakai qris? satu lagi, domainnya tokobudi.co.id",  # only a detail
        "/migrasi",
    ],
)
def test_one_request_stays_one(text: str, pipeline: Pipeline) -> None:
    (found,) = pipeline.process(text)
    assert found.get(REQUESTS) is None
    assert (found.get(INTENT) or {}).get("name") != "dua_permintaan"


def test_entities_are_those_of_the_whole_message(pipeline: Pipeline) -> None:
    text = "bisa bayar pakai qris untuk toko.id? satu lagi, pindah hosting ke sini gratis?"
    entities = pipeline.process(text)[0].get(ENTITIES)
    assert [text[found["start"] : found["end"]] for found in entities] == ["toko.id"]


def test_parts_stand_behind_all_messages_and_are_taken_out_again(tmp_path: Path) -> None:
    splitter, judge = create(IndonesianRequestSplitter, tmp_path), create(IndonesianTwoRequests, tmp_path)
    given = [message(BOTH), message("halo"), message(BOTH)]
    with_parts = splitter.process(given)
    assert with_parts[:3] == given
    assert [part.get(PART).message for part in with_parts[3:]] == [0, 0, 2, 2]
    assert judge.process(with_parts) == given


def test_no_more_places_are_tried_than_set(tmp_path: Path) -> None:
    splitter = create(IndonesianRequestSplitter, tmp_path, most_cuts=1)
    text = "bisa bayar qris? revisi berapa kali? migrasi gratis kan?"
    assert len(splitter.process([message(text)])) == 3


@pytest.mark.parametrize("config", [{"threshold": 1.5}, {"whole_share": -1}, {"among": 1}])
def test_limits_that_make_no_sense_are_refused(config: dict[str, float], tmp_path: Path) -> None:
    with pytest.raises(InvalidConfigException, match=next(iter(config))):
        create(IndonesianTwoRequests, tmp_path, **config)
