"""Use cases of training, comparing and publishing models."""
