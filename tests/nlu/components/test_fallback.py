"""Nothing unknown leaves the pipeline as a confident guess."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY

from bot.nlu.fallback import IndonesianFallback
from tests.nlu.components.pipeline import Pipeline

pytestmark = pytest.mark.rasa

# Both ask back; keyboard mash stands in the training data of the second.
_ASKS_BACK = {"nlu_fallback", "tidak_jelas"}
_slow = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module", name="pipeline")
def _pipeline(pipeline: Pipeline) -> Pipeline:
    return pipeline.until(IndonesianFallback)


_NOISE = ["", " ", "123 456", "a b c", "asdkjh qweiru", "sdkfjh skdjfh", "привет как дела", "\u200b"]
_SIGNS_AND_MASH = ".... ??? !! 2024 😀 👍🏽👍🏽 aaaaa ggggg qqqqqq x hjkhjk zxcvbnm 你好吗 สวัสดี مرحبا - @ _"


@pytest.mark.parametrize("text", [*_NOISE, *_SIGNS_AND_MASH.split()])
def test_noise_asks_back(text: str, pipeline: Pipeline) -> None:
    assert pipeline.intent(text) in _ASKS_BACK


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("qris bisa?", "cara_bayar"),
        ("halo kak", "salam"),
        ("makasih ya", "terima_kasih"),
        ("boleh nyicil bayarnya bulan depan?", "tunda_bayar"),
        ("web gw down", "kasus_layanan"),
    ],
)
def test_a_short_real_question_does_not_fall_back(text: str, intent: str, pipeline: Pipeline) -> None:
    assert pipeline.intent(text) == intent


@pytest.mark.parametrize("text", ["gratis?", "EPP", "va bca", "migrasi", "paket hosting", "nyicil boleh?"])
def test_a_real_word_is_known(text: str, pipeline: Pipeline) -> None:
    message = pipeline.process(text)[0]
    assert pipeline.components[-1]._is_known(message)


def test_the_fallback_keeps_the_likeliest_topics_behind_it(pipeline: Pipeline) -> None:
    message = pipeline.process("hjkhjk qwpoi")[0]
    ranking = message.get(INTENT_RANKING_KEY)
    assert ranking[0] == message.get(INTENT)
    assert len(ranking) == 13
    assert 0.0 <= ranking[0]["confidence"] <= 1.0


# Strategies try the strings of our own sources as well: "https" has no vowel, but is a word that customers write.
_consonants = st.text("bcdfghjklmnpqrstvwxz", min_size=5, max_size=12).filter(lambda letters: letters != "https")
_beyond_latin = st.characters(min_codepoint=0x370, max_codepoint=0xFEFF, exclude_categories=["Cs"])
_other_scripts = st.text(_beyond_latin, max_size=40)
_emoji = st.text(st.characters(min_codepoint=0x1F300, max_codepoint=0x1FAFF), min_size=1, max_size=20)
_signs = st.text(" .,;:!?-_()[]{}*+#@&%$0123456789\n\t", max_size=40)


@_slow
@given(st.one_of(_signs, _emoji))
def test_signs_digits_and_emoji_always_fall_back(pipeline: Pipeline, text: str) -> None:
    assert pipeline.intent(text) == "nlu_fallback"


@_slow
@given(_other_scripts)
def test_other_scripts_always_ask_back(pipeline: Pipeline, text: str) -> None:
    assert pipeline.intent(text) in _ASKS_BACK


@_slow
@given(st.lists(_consonants, min_size=1, max_size=4).map(" ".join))
def test_random_letters_always_ask_back(pipeline: Pipeline, text: str) -> None:
    assert pipeline.intent(text) in _ASKS_BACK
