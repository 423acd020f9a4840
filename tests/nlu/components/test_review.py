"""Reviewing texts for the trainers' inbox: a tiny assistant, really trained, behind the real channel and client."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np
import pytest
from aiohttp import ClientSession
from rasa.core.agent import Agent
from sanic import Sanic

from bot.brain.rasa_client import RasaBrain
from bot.errors import BrainUnavailableError
from bot.nlu import review as reviewing
from bot.nlu.encoder import default_encoder
from bot.nlu.nearest import NearestSentences
from tests.inbox import write_training_data
from tests.nlu.components.tiny_assistant import TOKEN, serving_channel, train_tiny_assistant

pytestmark = pytest.mark.rasa

_SENTENCES = {"cara_bayar": ["bisa bayar pakai qris?", "perpanjang [toko.id](nama_domain) bayar di mana"]}
_TEXTS = ["bayar pake qris bisa kan", "web saya mati dari tadi", "zxcv qwer"]


@pytest.fixture(scope="module", name="agent")
def _agent(tmp_path_factory: pytest.TempPathFactory) -> Agent:
    return Agent.load(train_tiny_assistant(tmp_path_factory.mktemp("project")))


@pytest.fixture(name="known")
def _known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> NearestSentences:
    write_training_data(tmp_path, _SENTENCES | {"kasus_layanan": ["web saya mati", "situs error 500"]})
    (tmp_path / "data/nlu/rusak.yml").write_text("nlu: [", encoding="utf-8")
    known = NearestSentences(tmp_path, lambda: tmp_path / "cache.sqlite")
    monkeypatch.setattr(reviewing, "training_sentences", lambda: known)
    return known


@pytest.fixture(name="app")
async def _app(unused_tcp_port: int) -> AsyncIterator[Sanic]:
    async with serving_channel(unused_tcp_port) as app:
        yield app


async def test_texts_are_ranked_with_vectors_and_nearest_sentences(
    app: Sanic, agent: Agent, known: NearestSentences
) -> None:
    app.ctx.agent = agent
    async with ClientSession() as session:
        brain = RasaBrain(lambda: session, app.ctx.address, TOKEN, timeout=10)
        first = await brain.review(_TEXTS)
        assert [one.nearest for one in first.reviewed] == [(), (), ()]  # not read yet, and nobody waits for it
        known.wait()
        review = await brain.review(_TEXTS)
    assert review.encoder == default_encoder().name
    assert "nlu_fallback" not in {candidate.intent for one in review.reviewed for candidate in one.ranking}
    assert [one.ranking[0].intent for one in review.reviewed[:2]] == ["cara_bayar", "kasus_layanan"]
    assert [one.nearest[0].text for one in review.reviewed[:2]] == ["bisa bayar pakai qris?", "web saya mati"]
    assert {near.text for near in review.reviewed[0].nearest} >= {"perpanjang toko.id bayar di mana"}
    vectors = np.stack([np.frombuffer(one.vector, dtype="<f4") for one in review.reviewed])
    assert np.allclose(vectors, default_encoder().encode(_TEXTS), atol=1e-6)
    for one in review.reviewed:
        cosines = [near.similarity for near in one.nearest]
        assert cosines == sorted(cosines, reverse=True)
        assert cosines[0] <= 1.001


async def test_another_model_has_its_sentences_read_anew(known: NearestSentences, tmp_path: Path) -> None:
    encoder = default_encoder()
    vectors = encoder.encode(["promo lebaran ada ga"])
    assert known.nearest(encoder, vectors, "first") == [[]]
    known.wait()
    assert len(known.nearest(encoder, vectors, "first")[0]) == 4
    (tmp_path / "data/nlu/promo.yml").write_text(
        'version: "3.1"\nnlu:\n- intent: promo\n  examples: |\n    - promo lebaran ada ga\n', encoding="utf-8"
    )
    assert known.nearest(encoder, vectors, "second") == [[]]
    known.wait()
    nearest = known.nearest(encoder, vectors, "second")[0][0]
    assert (nearest.text, nearest.intent) == ("promo lebaran ada ga", "promo")
    assert nearest.similarity == pytest.approx(1, abs=2e-3)


async def test_what_cannot_be_reviewed_is_refused(app: Sanic, agent: Agent, known: NearestSentences) -> None:
    async with ClientSession() as session:
        brain = RasaBrain(lambda: session, app.ctx.address, TOKEN, timeout=10)
        with pytest.raises(BrainUnavailableError):
            await brain.review(["halo"])  # no model
        app.ctx.agent = agent
        with pytest.raises(BrainUnavailableError):
            await RasaBrain(lambda: session, app.ctx.address, "wrong", timeout=10).review(["halo"])
        for texts in ([], ["halo"] * 33, ["halo", 1], [" "], "halo", None):
            async with session.post(
                f"{app.ctx.address}/webhooks/helpdesk/review",
                json={"texts": texts},
                headers={"Authorization": f"Bearer {TOKEN}"},
            ) as response:
                assert (response.status, await response.json()) == (400, {"error": "invalid_texts"})
