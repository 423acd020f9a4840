"""Adapts the sentence encoder to telling intents apart: our own, and those of public data sets (docs/adr/0015).

    python -m tools.adapt_encoder massive-id-ID.tsv.gz clinc150-full.tsv.gz

writes tools/encoder_adaptation.safetensors, which tools/build_encoder.py builds in. Of the public files only the part
`train` is read. Needs the dependency groups `build` and `adapt`; minutes on a GPU, hours without. A run on other
hardware gives other numbers, so the file is in the repository.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import sentencepiece

from bot.nlu.onnx_encoder import token_numbers
from bot.services.training_data import read_training_sentences
from tools.build_encoder import VOCABULARY, kept_pieces, lines_of, packaged_weights
from tools.encoder.adaptation import ADAPTATION, write_changes
from tools.encoder.adapting import AdaptationConfig, DataSet, adapt
from tools.encoder.network import embedding_rows
from tools.encoder.tokenizer import tokenizer_model
from tools.encoder.weights import read_weights


def data_set(tokenizer: sentencepiece.SentencePieceProcessor, rows: Sequence[tuple[str, str]]) -> DataSet:
    """Pairs of text and intent for `adapt`."""
    names = sorted({intent for _, intent in rows})
    intents = np.array([names.index(intent) for _, intent in rows])
    return DataSet([token_numbers(tokenizer, text) for text, _ in rows], intents)


def benchmark_rows(path: Path) -> list[tuple[str, str]]:
    """Texts and intents of a benchmark's training part."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [(row["utterance"], row["intent"]) for row in rows if row["partition"] == "train"]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("benchmarks", nargs="*", type=Path, help="public data sets with partition, intent, utterance")
    parser.add_argument("--output", type=Path, default=ADAPTATION)
    arguments = parser.parse_args()
    weights = read_weights(packaged_weights())
    kept = kept_pieces(weights, lines_of(VOCABULARY))
    tokenizer = sentencepiece.SentencePieceProcessor(model_proto=tokenizer_model(weights, kept))
    own = [(sentence.text, sentence.intent) for sentence in read_training_sentences()]
    data = [data_set(tokenizer, rows) for rows in (own, *map(benchmark_rows, arguments.benchmarks))]
    rows, scales = embedding_rows(weights, kept)
    write_changes(adapt(weights, rows * scales, data, AdaptationConfig()), arguments.output)
    print(f"{arguments.output} written; now python -m tools.build_encoder")
    return 0


if __name__ == "__main__":
    sys.exit(main())
