"""A project that tests may change."""

from __future__ import annotations

from pathlib import Path


def copy_project(source: Path, target: Path) -> Path:
    """The files of a project that kept tests and answers need."""
    for name in ("domain.yml", "data/catalogue.yml", "data/policy/clauses.yml", "data/rules/rules.yml"):
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_bytes((source / name).read_bytes())
    return target
