"""Which pieces are kept, chosen from texts."""

from __future__ import annotations

import csv
import gzip
import importlib.metadata
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import sentencepiece
from ruamel.yaml import YAML

from tools.encoder.tokenizer import SPECIAL, tokenizer_model
from tools.encoder.weights import Weights

PIECES = 40_000
WORD_START = "▁"
_LATIN = re.compile("[▁!-~]+")


def texts_of(path: Path) -> Iterator[str]:
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


def lemmas() -> Iterator[str]:
    """The words and lemmas of spaCy's Indonesian table."""
    folder = Path(str(importlib.metadata.distribution("spacy-lookups-data").locate_file("spacy_lookups_data")))
    with gzip.open(folder / "data" / "id_lemma_lookup.json.gz", "rt", encoding="utf-8") as file:
        for word, lemma in json.load(file).items():
            yield from (word, lemma)


def choose_pieces(weights: Weights, texts: Iterable[str]) -> list[str]:
    """All characters, what occurs in `texts` in any capitals, then the most probable pieces of Latin letters."""
    everything = tokenizer_model(weights, range(len(weights.pieces) - 1))
    full = sentencepiece.SentencePieceProcessor(model_proto=everything)
    kept = {index for index, piece in enumerate(weights.pieces) if len(piece.replace(WORD_START, "")) <= 1}
    kept.update(range(len(SPECIAL)))
    for text in texts:
        for form in (text, text[:1].upper() + text[1:], text.title(), text.upper()):
            kept.update(full.encode(f"query: {form}"))
    for index in np.argsort(-weights.scores, kind="stable"):
        if len(kept) >= PIECES:
            break
        if _LATIN.fullmatch(weights.pieces[index]) and not weights.pieces[index].startswith("<"):
            kept.add(int(index))
    return [weights.pieces[index] for index in sorted(kept)]
