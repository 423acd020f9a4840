"""Rules of training, comparing and publishing models."""
