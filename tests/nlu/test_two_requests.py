"""When two parts of a message count as two requests."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.nlu.two_requests import Limits, Reading, Split, best_split
from bot.text.splitting import Mark

CONFIG: dict[str, Any] = {
    "adding_threshold": 0.6,
    "threshold": 0.7,
    "among": 3,
    "whole_share": 0.01,
    "alone": ["salam", "nlu_fallback", "tidak_jelas"],
    "neighbours": [["layanan_ditahan", "kasus_transaksi", "tempo_bayar"]],
}
LIMITS = Limits.of_config(CONFIG)
WHOLE = [Reading("cara_bayar", 0.8), Reading("revisi_layanan", 0.1), Reading("migrasi", 0.005), Reading("salam", 0.001)]


def split(first: str, second: str, *, mark: Mark = Mark.QUESTION, p: float = 0.9, q: float = 0.9) -> Split:
    return Split(mark, Reading(first, p), Reading(second, q))


def ranking(*intents: str) -> list[Reading]:
    return [Reading(intent, 0.9 / 2**n) for n, intent in enumerate(intents)]


@pytest.mark.parametrize("mark", list(Mark))
def test_two_clear_parts_that_the_whole_agrees_with_are_two_requests(mark: Mark) -> None:
    found = split("cara_bayar", "revisi_layanan", mark=mark)
    assert best_split([found], WHOLE, LIMITS) == found


@pytest.mark.parametrize(
    ("case", "whole"),
    [
        (split("cara_bayar", "cara_bayar"), WHOLE),
        (split("cara_bayar", "revisi_layanan", p=0.69), WHOLE),
        (split("cara_bayar", "revisi_layanan", q=0.69), WHOLE),
        (split("cara_bayar", "revisi_layanan", q=0.59, mark=Mark.ADDING), WHOLE),
        (split("salam", "cara_bayar"), ranking("salam", "cara_bayar")),
        (split("cara_bayar", "tidak_jelas"), ranking("cara_bayar", "tidak_jelas")),
        (split("nlu_fallback", "cara_bayar"), ranking("cara_bayar", "nlu_fallback")),
        (split("", "cara_bayar"), ranking("cara_bayar")),
        (split("kasus_transaksi", "layanan_ditahan"), ranking("layanan_ditahan", "kasus_transaksi")),
        (split("tempo_bayar", "kasus_transaksi"), ranking("tempo_bayar", "kasus_transaksi")),
        (split("cara_bayar", "tunda_bayar", mark=Mark.ADDING), WHOLE),  # the whole knows nothing of the second
        (split("cara_bayar", "salam_lain"), WHOLE),
        (split("cara_bayar", "migrasi"), WHOLE),  # too small a share of the whole
        (split("revisi_layanan", "migrasi", mark=Mark.ADDING), WHOLE),  # the best of the whole is neither
        (split("cara_bayar", "revisi_layanan"), []),
    ],
)
def test_anything_less_is_one_request(case: Split, whole: list[Reading]) -> None:
    assert best_split([case], whole, LIMITS) is None


def test_words_that_announce_another_matter_ask_for_less() -> None:
    announced = split("cara_bayar", "migrasi", mark=Mark.ADDING, q=0.65)
    assert best_split([announced], WHOLE, LIMITS) == announced
    assert best_split([replace(announced, mark=Mark.QUESTION)], WHOLE, LIMITS) is None


def test_of_several_splits_the_most_certain_is_taken() -> None:
    weak, strong = split("cara_bayar", "revisi_layanan", p=0.75), split("revisi_layanan", "cara_bayar", p=0.95)
    assert best_split([weak, strong], WHOLE, LIMITS) == strong
    assert best_split([], WHOLE, LIMITS) is None


@pytest.mark.parametrize(
    "change", [{"threshold": 1.2}, {"adding_threshold": -0.1}, {"whole_share": 2}, {"among": 1}], ids=str
)
def test_limits_that_make_no_sense_are_refused_by_name(change: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=next(iter(change))):
        Limits.of_config({**CONFIG, **change})
