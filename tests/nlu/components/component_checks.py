"""One list of checks that every component of ours must pass, whatever customers write."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
from rasa.nlu.constants import TOKENS_NAMES
from rasa.shared.nlu.constants import ACTION_TEXT, ENTITIES, INTENT, INTENT_RANKING_KEY, RESPONSE, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.classifier import SCOPE
from bot.nlu.request_parts import REQUESTS
from tests.nlu.components.pipeline import Pipeline

AWKWARD_TEXTS = {
    "empty": "",
    "blanks": " \t\n ",
    "no-break blank": "\u00a0",
    "emoji": "😀👍🏽👨‍👩‍👧",
    "signs": "?!...",
    "arabic": "مرحبا كيف حالك",
    "chinese": "你好，网站打不开了",
    "javanese script": "ꦱꦸꦒꦼꦁ ꦲꦺꦚ꧀ꦗꦶꦁ",
    "combining": "e\u0301\u0301\u0301 a\u030a",
    "right to left mark": "\u202edomain\u202c",
    "nul": "hosting\x00mati",
    "half a character": "web \ud83d mati",
    "long": "kapan hosting saya aktif lagi? " * 300,
    "long word": "a" * 10_000,
    "brackets": "(" * 5_000,
    "url": "https://tokobatik.co.id/blog/?a=1&b=2#x error 500",
    "url only": "https://tokobatik.id",
    "email": "kirim ke budi.s@tokobatik.id ya",
    "phone": "hubungi +62 812-3456-7890",
    "ticket": "status #INC-2024-0031 gimana",
    "amount": "sudah transfer Rp1.500.000,00",
    "reduplication": "tiap2 bulan jalan-jalan teman2nya",
    "clitics": "hostingku domainnya web-nya emailmu bayarlah",
    "command": "/restart",
    "two questions": "bisa bayar pakai qris? satu lagi, pindah hosting ke sini gratis?",
    "template": "{nama} $slot <b>x</b>",
}


def check_text_is_never_changed(pipeline: Pipeline) -> None:
    for text in AWKWARD_TEXTS.values():
        assert _alone(pipeline, text).get(TEXT) == text


def check_only_the_text_attribute_is_touched(pipeline: Pipeline) -> None:
    allowed = {TEXT, TOKENS_NAMES[TEXT], ENTITIES, INTENT, INTENT_RANKING_KEY, REQUESTS, SCOPE}
    for text in AWKWARD_TEXTS.values():
        processed = _alone(pipeline, text)
        assert set(processed.data) <= allowed
        assert {features.attribute for features in processed.features} <= {TEXT}
        assert not processed.get(RESPONSE) and not processed.get(ACTION_TEXT)


def check_several_messages_are_processed_like_each_alone(pipeline: Pipeline) -> None:
    texts = list(AWKWARD_TEXTS.values())
    together = pipeline.process(*texts)
    assert len(together) == len(texts)
    for text, processed in zip(texts, together):
        assert _outcome(processed) == _outcome(_alone(pipeline, text))


def check_no_messages_are_no_problem(pipeline: Pipeline) -> None:
    assert pipeline.process() == []


CHECKS: list[Callable[[Pipeline], None]] = [
    check_text_is_never_changed,
    check_only_the_text_attribute_is_touched,
    check_several_messages_are_processed_like_each_alone,
    check_no_messages_are_no_problem,
]


@cache
def _alone(pipeline: Pipeline, text: str) -> Message:
    return pipeline.process(text)[0]


def _outcome(processed: Message) -> tuple[Any, ...]:
    tokens = [(t.text, t.start, t.end, t.lemma) for t in processed.get(TOKENS_NAMES[TEXT]) or []]
    vectors = [np.asarray(features.features).tobytes() for features in processed.features]
    return tokens, processed.get(ENTITIES), processed.get(INTENT), processed.get(INTENT_RANKING_KEY), vectors
