"""What agents are offered to answer with."""

from __future__ import annotations

from bot.services.suggestions import Suggestions
from tests.services.conftest import Desk


async def test_what_the_bot_would_answer_comes_first_and_what_it_thinks_unlikely_not_at_all(desk: Desk) -> None:
    conversation, rina = await desk.queued(), await desk.agent("rina")
    await desk.handoffs.accept(conversation, rina)
    await desk.ask(conversation, "kalau telat bayar gimana")
    found = await Suggestions(desk.store, desk.brain).of(conversation)
    assert [(s.label, s.score) for s in found] == [("Hak 6", 0.9)]
    assert "Hak 6" in found[0].text


async def test_while_the_bot_is_away_likeness_to_training_sentences_counts(desk: Desk) -> None:
    conversation, rina = await desk.queued(), await desk.agent("rina")
    await desk.handoffs.accept(conversation, rina)
    await desk.ask(conversation, "bayarnya boleh ditunda bulan depan kak?")
    desk.brain.broken = True
    found = await Suggestions(desk.store, desk.brain).of(conversation)
    assert "H13" in [s.clause for s in found]
