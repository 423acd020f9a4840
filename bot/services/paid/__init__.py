"""Use cases of paid support."""
