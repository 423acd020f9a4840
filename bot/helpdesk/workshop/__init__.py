"""Editing the training data: what a sentence may be, and where it stands in its file."""
