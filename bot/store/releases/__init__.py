"""Repositories of models and their jobs."""
