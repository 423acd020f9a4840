"""Where the trainer console's API lies."""

from __future__ import annotations

PREFIX = "/api/trainer/v1"
