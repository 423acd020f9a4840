"""Repositories of paid support."""
