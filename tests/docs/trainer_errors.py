"""The errors that docs/trainer-protocol.md adds to those of the desk."""

from __future__ import annotations

import re

from bot import errors
from tests.docs.markdown import ROOT, section, table_rows

_CODE = re.compile(r"`([a-z_]+)`")


def trainer_error_statuses() -> dict[str, int]:
    """Status by code, as documented."""
    text = (ROOT / "docs/trainer-protocol.md").read_text(encoding="utf-8")
    rows = table_rows(section(text, "Errors"))
    return {code: int(status) for codes, status, _ in rows for code in _CODE.findall(codes)}


def trainer_errors_of_the_code() -> dict[str, str]:
    """A reason for each documented code of which there is a class: only the trainer console meets it."""
    known = {value.code for value in vars(errors).values() if isinstance(value, type) and hasattr(value, "code")}
    return dict.fromkeys(known & set(trainer_error_statuses()), "of the trainer console: docs/trainer-protocol.md")
