"""The network as an ONNX graph, and its 8-bit form."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from tools.encoder.weights import BLOCK, Weights, unpacked

# Positions kept of the model's 512: the encoder never reads more tokens than this.
MAX_TOKENS = 256
_MICROSOFT = "com.microsoft"


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
        rows = unpacked(weights.tensors["emb.word"].reshape(-1, width // BLOCK)[list(kept)], width)
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
