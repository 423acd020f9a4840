"""The network as an ONNX graph, in floats or with matrix products of 8-bit numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

from tools.encoder.products import Integers, Product
from tools.encoder.weights import BLOCK, Floats, Weights, unpacked

# Positions kept of the model's 512: the encoder never reads more tokens than this.
MAX_TOKENS = 256
# The vector has a block for the state after each of these.
LAYERS = (4, 8, 12)
_MICROSOFT = "com.microsoft"


def embedding_rows(weights: Weights, kept: Sequence[int]) -> tuple[npt.NDArray[np.int8], Floats]:
    """The rows of the pieces `kept`, and the scale of each, shape (pieces, 1)."""
    width = weights.hidden
    rows = unpacked(weights.tensors["emb.word"].reshape(-1, width // BLOCK)[list(kept)], width)
    scales = np.abs(rows).max(axis=1, keepdims=True) / 127
    scales[scales == 0] = 1
    return np.rint(rows / scales).astype(np.int8), scales.astype(np.float32)


class _Network:
    """A graph under construction; every result has the name it is given."""

    def __init__(self, weights: Weights, products: Mapping[str, Product], integers: Mapping[str, Integers]) -> None:
        self.weights = weights
        self.products = products
        self.integers = integers
        self.inputs: dict[str, str] = {}
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
        rows, scales = embedding_rows(weights, kept)
        positions = weights.vector("emb.pos").reshape(-1, width)[:MAX_TOKENS]
        self.constant("word", rows)
        self.constant("word_scale", scales)
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
        return self.add("LayerNormalization", ["embedding", *norm], "state0", axis=-1, epsilon=weights.epsilon)

    def layer(self, number: int, state: str) -> str:
        """`state` after layer `number`, the first being 1."""
        index = number - 1
        heads = self._product(f"qkv{number}", state, *(f"{part}{number}" for part in "qkv"))
        # No mask: the texts of a run have the same length, so there is no padding.
        self.add("MultiHeadAttention", heads, f"context{number}", domain=_MICROSOFT, num_heads=self.weights.heads)
        mixed = self._product(f"mixed{number}", f"context{number}", f"mixed{number}")
        attended = self._sum(f"attended{number}", *mixed, state, f"l{index}.ao", f"l{index}.aln")
        inner = self._product(f"inner{number}", attended, f"inner{number}")
        # GELU by tanh, off by .0005 at most, which is less than a step of the 8 bits that follow.
        self.add("FastGelu", inner, f"active{number}", domain=_MICROSOFT)
        outer = self._product(f"outer{number}", f"active{number}", f"outer{number}")
        return self._sum(f"state{number}", *outer, attended, f"l{index}.fo", f"l{index}.oln")

    def _product(self, product_name: str, value: str, *names: str) -> list[str]:
        """The product's columns in as many results as there are `names`."""
        product, integers = self.products[product_name], self.integers.get(product_name)
        self.inputs[product_name] = value
        if product.divided:
            inverse = self.constant(f"{product_name}_inverse", 1 / product.divisors)
            value = self.add("Mul", [value, inverse], f"{product_name}_smooth")
        biases = [[]] * len(names) if product.bias is None else self._parts("bias", product.bias, names)
        if integers is None:
            for name, matrix, bias in zip(names, self._parts("weight", product.matrix, names), biases):
                result = self.add("MatMul", [value, *matrix], f"{name}_product" if bias else name)
                if bias:
                    self.add("Add", [result, *bias], name)
            return list(names)
        scale = self.constant(f"{product_name}_scale", np.float32(integers.scale))
        zero = self.constant(f"{product_name}_zero", np.uint8(integers.zero))
        rounded = self.add("QuantizeLinear", [value, scale, zero], f"{product_name}_uint8")
        matrices = self._parts("weight", integers.matrix, names)
        scales = self._parts("weight_scale", integers.matrix_scale, names)
        for name, matrix, matrix_scale, bias in zip(names, matrices, scales, biases):
            inputs = [rounded, *matrix, scale, *matrix_scale, zero, *(["", *bias] if bias else [])]
            self.add("MatMulIntegerToFloat", inputs, name, domain=_MICROSOFT)
        return list(names)

    def _parts(self, kind: str, value: npt.NDArray[Any], names: Sequence[str]) -> list[list[str]]:
        """Constants with the columns of `value`, shared out among `names`."""
        parts = np.split(value, len(names), axis=-1)
        return [[self.constant(f"{name}_{kind}", part)] for name, part in zip(names, parts)]

    def _sum(self, name: str, value: str, state: str, biased: str, norm: str) -> str:
        """Normalised sum of `value`, its bias and the state before."""
        tensors = {"norm": f"{norm}.w", "norm_bias": f"{norm}.b", "bias": f"{biased}.b"}
        constants = [self.constant(f"{name}_{key}", self.weights.vector(tensor)) for key, tensor in tensors.items()]
        inputs = [value, state, *constants]
        return self.add("SkipLayerNormalization", inputs, name, domain=_MICROSOFT, epsilon=self.weights.epsilon)

    def pooled(self, states: Sequence[str]) -> str:
        """The means over all tokens, each of length 1 and then together of length 1."""
        # A product with ones: ReduceMean adds in another order for one text than for several.
        one = helper.make_tensor("one", TensorProto.FLOAT, [1], [1.0])
        self.add("Concat", [self.constant("single", np.array([1], np.int64)), "length"], "row", axis=0)
        self.add("ConstantOfShape", ["row"], "ones", value=one)
        blocks = []
        for state in states:
            self.add("MatMul", ["ones", state], f"{state}_total")
            blocks.append(self.add("LpNormalization", [f"{state}_total"], f"{state}_unit", axis=-1, p=2))
        self.add("Concat", blocks, "blocks", axis=-1)
        self.add("Squeeze", ["blocks", "single"], "joined")
        return self.add("Mul", ["joined", self.constant("share", np.float32(len(blocks) ** -0.5))], "vector")


def network(
    weights: Weights,
    kept: Sequence[int],
    products: Mapping[str, Product],
    integers: Mapping[str, Integers] | None = None,
    *,
    with_inputs: bool = False,
) -> onnx.ModelProto:
    """From token numbers (texts, length) to unit vectors (texts, blocks · hidden).

    Products without `integers` are of floats. `with_inputs` adds the input of each product as an output of its name
    with `_input` after it.
    """
    graph = _Network(weights, products, integers or {})
    states = [graph.embedding(kept)]
    for number in range(1, weights.layers + 1):
        states.append(graph.layer(number, states[-1]))
    graph.pooled([states[number] for number in LAYERS])
    outputs = [
        helper.make_tensor_value_info("vector", TensorProto.FLOAT, ["texts", len(LAYERS) * weights.hidden]),
    ]
    if with_inputs:
        for name, value in graph.inputs.items():
            graph.add("Identity", [value], f"{name}_input")
            outputs.append(helper.make_tensor_value_info(f"{name}_input", TensorProto.FLOAT, None))
    made = helper.make_graph(
        graph.nodes,
        "multilingual-e5-small",
        [helper.make_tensor_value_info("tokens", TensorProto.INT64, ["texts", "length"])],
        outputs,
        graph.constants,
    )
    versions = [helper.make_opsetid("", 17), helper.make_opsetid(_MICROSOFT, 1)]
    return helper.make_model(made, opset_imports=versions, ir_version=8, producer_name="tools.build_encoder")
