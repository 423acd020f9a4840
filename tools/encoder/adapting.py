"""Teaches the network to tell apart the intents of several data sets at once, each with a classifier of its own.

The classifiers are thrown away; what stays is the change of the vectors.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.nn import functional

from tools.encoder.adaptation import Changes
from tools.encoder.network import LAYERS
from tools.encoder.torch_network import TorchNetwork
from tools.encoder.weights import Floats, Weights

_PADDING = 1
_MAX_TOKENS = 96
# The first tokens (begin, "query", ":") and the last are never left out.
_KEPT = 3
# Batches hold texts of like length out of so many batches' worth of shuffled texts.
_SORTED_BATCHES = 32
_REPORTED = 100


@dataclass(frozen=True)
class DataSet:
    """Texts as token numbers, and the number of each one's intent."""

    tokens: Sequence[Sequence[int]]
    intents: npt.NDArray[np.int64]


@dataclass(frozen=True)
class AdaptationConfig:
    """Sizes and rates; chosen on development parts and folds (docs/adr/0015)."""

    rank: int = 16
    epochs: int = 6
    batch: int = 128
    rate: float = 5e-4
    classifier_rate: float = 1e-3
    decay: float = 0.01
    warm_up: float = 0.06
    dropout: float = 0.2
    classifier_dropout: float = 0.5
    token_dropout: float = 0.2
    smoothing: float = 0.1
    # Of the learned change: between the network as it was and as it became the vectors are better than at either end
    # (Wortsman et al., CVPR 2022).
    strength: float = 0.7
    seed: int = 0


def adapt(weights: Weights, words: Floats, data: Sequence[DataSet], config: AdaptationConfig) -> Changes:
    """The changes of the network. On a GPU no two runs give the same to the last digit."""
    torch.manual_seed(config.seed)
    torch.set_float32_matmul_precision("high")
    device = "cuda" if torch.cuda.is_available() else "cpu"
    network = TorchNetwork(weights, words, config.rank, config.dropout).to(device)
    size = len(LAYERS) * weights.hidden
    classifiers = nn.ModuleList(_classifier(size, int(part.intents.max()) + 1, config) for part in data).to(device)
    learned = [parameter for parameter in network.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW(
        [{"params": learned, "lr": config.rate}, {"params": classifiers.parameters(), "lr": config.classifier_rate}],
        weight_decay=config.decay,
    )
    batches = list(_batches(data, config))
    rises = config.warm_up * len(batches) + 1
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / rises) * max(0.0, 1 - step / len(batches))
    )
    network.train()
    classifiers.train()
    started = time.monotonic()
    for step, batch in enumerate(batches, 1):
        loss = _loss(network, classifiers, batch, config)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(learned, 1.0)
        optimizer.step()
        schedule.step()
        if step % _REPORTED == 0:
            rate = step / (time.monotonic() - started)
            print(f"step {step} of {len(batches)}, loss {loss.item():.3f}, {rate:.1f} steps a second", flush=True)
    return network.changes(config.strength)


@dataclass(frozen=True)
class _Batch:
    tokens: npt.NDArray[np.int64]
    lengths: npt.NDArray[np.int64]
    sets: npt.NDArray[np.int64]
    intents: npt.NDArray[np.int64]


def _classifier(size: int, intents: int, config: AdaptationConfig) -> nn.Module:
    return nn.Sequential(
        nn.BatchNorm1d(size, affine=False), nn.Dropout(config.classifier_dropout), nn.Linear(size, intents)
    )


def _loss(network: TorchNetwork, classifiers: nn.ModuleList, batch: _Batch, config: AdaptationConfig) -> Tensor:
    device = network.words.device
    tokens, lengths = torch.tensor(batch.tokens, device=device), torch.tensor(batch.lengths, device=device)
    vectors = network(tokens, lengths)
    total = vectors.new_zeros(())
    for number, classifier in enumerate(classifiers):
        rows = np.flatnonzero(batch.sets == number)
        if len(rows) < 2:  # the deviation of one row is none
            continue
        wanted = torch.tensor(batch.intents[rows], device=device)
        scores = classifier(vectors[torch.tensor(rows, device=device)])
        total = total + functional.cross_entropy(
            scores, wanted, label_smoothing=config.smoothing, reduction="sum"
        ) / len(batch.intents)
    return total


def _batches(data: Sequence[DataSet], config: AdaptationConfig) -> Iterator[_Batch]:
    """The batches of all rounds: shuffled, texts of like length together, some of the tokens left out."""
    random = np.random.default_rng(config.seed)
    sets = np.concatenate([np.full(len(part.tokens), number) for number, part in enumerate(data)])
    intents = np.concatenate([part.intents for part in data])
    tokens = [list(text[:_MAX_TOKENS]) for part in data for text in part.tokens]
    lengths = np.array([len(text) for text in tokens])
    size = config.batch
    for _ in range(config.epochs):
        order = random.permutation(len(tokens))
        batches = []
        for start in range(0, len(order), size * _SORTED_BATCHES):
            rows = order[start : start + size * _SORTED_BATCHES]
            rows = rows[np.argsort(lengths[rows], kind="stable")]
            batches += [rows[at : at + size] for at in range(0, len(rows), size)]
        for number in random.permutation(len(batches)):
            rows = batches[number]
            if len(rows) < size // 2:
                continue
            kept = [_thinned(tokens[row], config.token_dropout, random) for row in rows]
            yield _Batch(_filled(kept), np.array([len(text) for text in kept]), sets[rows], intents[rows])


def _thinned(tokens: list[int], share: float, random: np.random.Generator) -> list[int]:
    """Without about `share` of the tokens, so that no intent hangs on a single word; very short texts stay whole."""
    if len(tokens) <= _KEPT + 4:
        return tokens
    kept = random.random(len(tokens)) >= share
    kept[:_KEPT] = kept[-1] = True
    return [token for token, keep in zip(tokens, kept) if keep]


def _filled(texts: Sequence[Sequence[int]]) -> npt.NDArray[np.int64]:
    rows = np.full((len(texts), max(map(len, texts))), _PADDING, dtype=np.int64)
    for row, text in zip(rows, texts):
        row[: len(text)] = text
    return rows
