"""Parser of the policy document "Hak dan Kewajiban" as its owner publishes it."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Mapping

from bot.errors import CatalogueError
from bot.helpdesk.clauses import CLAUSE_IDS, is_clause_id

_SECTIONS = {"KEWAJIBAN": "K", "HAK": "H"}
_NUMBERED = re.compile(r"\s*(\d{1,2})[.)]\s+(.*\S)")


def parse_policy(document: str) -> dict[str, str]:
    """The official wording by clause id: K1.., H1.., and P for the closing sentence.

    Raises CatalogueError, naming what is missing, when the document has no such sections or a number is skipped.
    """
    wording: dict[str, str] = {}
    section, current = "", ""
    for line in document.splitlines():
        heading = line.strip().rstrip(".:").upper()
        if heading in _SECTIONS:
            section, current = _SECTIONS[heading], ""
        elif section and (numbered := _NUMBERED.match(line)):
            current = _next_id(section, int(numbered[1]), wording)
            wording[current] = numbered[2].strip()
        elif section and not line.strip():
            # A blank line ends a list; what stands below the last one is the closing sentence.
            current = "P" if section == "H" and current else ""
        elif current:
            wording[current] = f"{wording.get(current, '')} {line.strip()}".strip()
    missing = [clause_id for clause_id in CLAUSE_IDS if clause_id not in wording]
    if missing:
        raise CatalogueError(f"the policy document lacks {', '.join(missing)}")
    return wording


def parse_imported(stored: str) -> dict[str, str]:
    """The wording by clause id as an import stored it: a JSON object of texts. Raises CatalogueError for all else."""
    try:
        data = json.loads(stored)
    except (ValueError, RecursionError) as error:
        raise CatalogueError("the imported policy is damaged; import it again") from error
    if not isinstance(data, dict) or not all(
        is_clause_id(clause_id) and isinstance(text, str) and text.strip() for clause_id, text in data.items()
    ):
        raise CatalogueError("the imported policy is not of the expected shape; import it again")
    return data


def _next_id(section: str, number: int, wording: Mapping[str, str]) -> str:
    expected = 1 + sum(clause_id.startswith(section) for clause_id in wording)
    if number != expected:
        raise CatalogueError(f"the policy document has {section}{number} where {section}{expected} is expected")
    return f"{section}{number}"


def policy_diff(old: Mapping[str, str], new: Mapping[str, str]) -> list[str]:
    """Changed clauses as lines: the id, then words taken out as [-...-] and put in as {+...+}."""
    lines = []
    for clause_id in dict.fromkeys([*old, *new]):
        before, after = old.get(clause_id, ""), new.get(clause_id, "")
        if before != after:
            lines.append(f"{clause_id}: {_word_diff(before.split(), after.split())}")
    return lines


def _word_diff(old: list[str], new: list[str]) -> str:
    parts = []
    for kind, a, b, c, d in difflib.SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if kind == "equal":
            parts.append(" ".join(old[a:b]))
            continue
        if b > a:
            parts.append(f"[-{' '.join(old[a:b])}-]")
        if d > c:
            parts.append(f"{{+{' '.join(new[c:d])}+}}")
    return " ".join(parts)
