"""Use cases of trainers."""
