"""The network in PyTorch, with what can be learned beside the weights, which stay as they are."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.nn import functional

from tools.encoder.adaptation import DOWN, UP
from tools.encoder.network import LAYERS, MAX_TOKENS
from tools.encoder.weights import Floats, Weights


class _Matrix(nn.Module):
    """A linear layer: W + up · down, and a bias with what is added to it."""

    def __init__(self, weights: Weights, name: str, width: int, rank: int) -> None:
        super().__init__()
        self.name = name
        self.register_buffer("weight", torch.tensor(weights.matrix(f"{name}.w", width)))
        self.register_buffer("bias", torch.tensor(weights.vector(f"{name}.b")))
        self.down = nn.Parameter(torch.randn(rank, width) / math.sqrt(width))
        self.up = nn.Parameter(torch.zeros(len(self.bias), rank))
        self.added = nn.Parameter(torch.zeros(len(self.bias)))

    def forward(self, value: Tensor) -> Tensor:
        return functional.linear(value, torch.addmm(self.weight, self.up, self.down), self.bias + self.added)

    def changes(self, strength: float) -> dict[str, Tensor]:
        return {
            f"{self.name}.w{DOWN}": self.down,
            f"{self.name}.w{UP}": self.up * strength,
            f"{self.name}.b": self.added * strength,
        }


class _Norm(nn.Module):
    def __init__(self, weights: Weights, name: str) -> None:
        super().__init__()
        self.name, self.epsilon = name, weights.epsilon
        self.register_buffer("weight", torch.tensor(weights.vector(f"{name}.w")))
        self.register_buffer("bias", torch.tensor(weights.vector(f"{name}.b")))
        self.added_weight = nn.Parameter(torch.zeros_like(self.weight))
        self.added_bias = nn.Parameter(torch.zeros_like(self.bias))

    def forward(self, value: Tensor) -> Tensor:
        weight, bias = self.weight + self.added_weight, self.bias + self.added_bias
        return functional.layer_norm(value, weight.shape, weight, bias, self.epsilon)

    def changes(self, strength: float) -> dict[str, Tensor]:
        return {f"{self.name}.w": self.added_weight * strength, f"{self.name}.b": self.added_bias * strength}


class _Layer(nn.Module):
    def __init__(self, weights: Weights, index: int, rank: int, dropout: float) -> None:
        super().__init__()
        self.heads, self.dropout = weights.heads, nn.Dropout(dropout)
        parts = {
            name: _Matrix(weights, f"l{index}.{name}", weights.hidden, rank) for name in ("q", "k", "v", "ao", "fi")
        }
        self.parts = nn.ModuleDict(parts)
        self.parts["fo"] = _Matrix(weights, f"l{index}.fo", weights.inner, rank)
        self.norms = nn.ModuleDict({name: _Norm(weights, f"l{index}.{name}") for name in ("aln", "oln")})

    def forward(self, state: Tensor, mask: Tensor) -> Tensor:
        texts, length, _ = state.shape
        heads = [self.parts[name](state).view(texts, length, self.heads, -1).transpose(1, 2) for name in "qkv"]
        context = functional.scaled_dot_product_attention(*heads, attn_mask=mask).transpose(1, 2).flatten(2)
        state = self.norms["aln"](self.dropout(self.parts["ao"](context)) + state)
        inner = functional.gelu(self.parts["fi"](state))
        return self.norms["oln"](self.dropout(self.parts["fo"](inner)) + state)


class TorchNetwork(nn.Module):
    """From token numbers to unit vectors (texts, blocks · hidden), as `tools.encoder.network` builds it for ONNX."""

    def __init__(self, weights: Weights, words: Floats, rank: int, dropout: float) -> None:
        """`words` holds the embedding of each piece; it is not learned."""
        super().__init__()
        positions = weights.vector("emb.pos").reshape(-1, weights.hidden)[:MAX_TOKENS]
        positions = positions + weights.vector("emb.type").reshape(-1, weights.hidden)[0]
        self.register_buffer("words", torch.tensor(words))
        self.register_buffer("positions", torch.tensor(positions))
        self.norm, self.dropout = _Norm(weights, "emb.ln"), nn.Dropout(dropout)
        self.layers = nn.ModuleList(_Layer(weights, index, rank, dropout) for index in range(weights.layers))

    def forward(self, tokens: Tensor, lengths: Tensor) -> Tensor:
        """`tokens` (texts, longest) are filled up at the end; `lengths` says how many count."""
        count = tokens.shape[1]
        present = torch.arange(count, device=tokens.device)[None] < lengths[:, None]
        state = self.dropout(self.norm(self.words[tokens] + self.positions[:count]))
        blocks = []
        for number, layer in enumerate(self.layers, 1):
            state = layer(state, present[:, None, None, :])
            if number in LAYERS:
                blocks.append(functional.normalize((state * present[..., None]).sum(dim=1), dim=-1))
        return torch.cat(blocks, dim=-1) / math.sqrt(len(blocks))

    def changes(self, strength: float) -> dict[str, npt.NDArray[np.float16]]:
        """What was learned, by tensor, weakened to `strength` of it."""
        parts = [module for module in self.modules() if isinstance(module, _Matrix | _Norm)]
        found = {name: value for part in parts for name, value in part.changes(strength).items()}
        return {name: value.detach().cpu().numpy().astype(np.float16) for name, value in found.items()}
