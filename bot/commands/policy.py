"""`helpdesk policy`: the official wording of the policy, imported and never kept in the repository."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from datetime import datetime, timezone
from pathlib import Path

from bot.errors import CatalogueError
from bot.helpdesk.policy_changes import PolicyChanges, advice, compare_policy
from bot.helpdesk.policy_document import parse_policy, policy_diff
from bot.project import project_folder
from bot.services.knowledge import Knowledge
from bot.services.policy_imports import PolicyImports
from bot.services.policy_report import PolicyReport, review_lines
from bot.settings import Settings


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser("policy", help="import, show and compare the policy document")
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    for name, run in (("import", import_file), ("diff", diff_file)):
        action = actions.add_parser(name)
        action.add_argument("file", type=Path)
        action.set_defaults(run=run)
    show_parser = actions.add_parser("show")
    show_parser.add_argument("clause", nargs="?", metavar="CLAUSE", help="such as H13")
    show_parser.set_defaults(run=show)


def import_file(arguments: argparse.Namespace) -> int:
    """Store the document's wording under HELPDESK_HOME; says what changed, and which answers to look at again."""
    wording = _parse(arguments.file)
    imports = _imports()
    before = imports.current_or_none()
    imports.add(wording, datetime.now(timezone.utc))
    review = review_lines(PolicyReport(project_folder(), imports).overview())
    print("\n".join([*_report(before, wording), *review, f"{len(wording)} clauses imported"]))
    return 0


def show(arguments: argparse.Namespace) -> int:
    """Print one clause, or all; a new one is marked."""
    wording = _imports().current()
    if arguments.clause and arguments.clause not in wording:
        raise CatalogueError(f"the imported policy has no {arguments.clause}; it has {', '.join(wording)}")
    changes = _compare(wording)
    for clause_id in [arguments.clause] if arguments.clause else wording:
        print(f"{clause_id}{_mark(clause_id, changes)}: {wording[clause_id]}")
    return 0


def diff_file(arguments: argparse.Namespace) -> int:
    """Print clause by clause what the file would change; exit status 1 if anything."""
    before, after = _imports().current(), _parse(arguments.file)
    if before == after:
        print("No difference.")
        return 0
    print("\n".join(_report(before, after)))
    return 1


def _report(before: Mapping[str, str] | None, after: Mapping[str, str]) -> list[str]:
    """The differences word by word, then what they mean."""
    changes = policy_diff(before, after) if before is not None else []
    return [*changes, *advice(_compare(after), before or {}, after)]


def _mark(clause_id: str, changes: PolicyChanges) -> str:
    if clause_id in changes.new:
        return " (NEW: answered by search, not trained)"
    if clause_id in changes.moved:
        return f" (MOVED: {changes.moved[clause_id]} of the catalogue)"
    return " (REPLACED: the catalogue says something else)" if clause_id in changes.replaced else ""


def _compare(wording: Mapping[str, str]) -> PolicyChanges:
    return compare_policy(wording, Knowledge.load().clauses.texts())


def _parse(file: Path) -> dict[str, str]:
    try:
        return parse_policy(file.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogueError(f"{file} cannot be read: {error}") from error


def _imports() -> PolicyImports:
    return PolicyImports(Settings.from_env().home)
