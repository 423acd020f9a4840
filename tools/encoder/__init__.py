"""The parts of tools.build_encoder: weights, tokenizer, list of pieces, network."""
