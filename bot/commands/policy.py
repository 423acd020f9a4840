"""`helpdesk policy`: the official wording of the policy, imported and never kept in the repository."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from bot.errors import CatalogueError
from bot.helpdesk.clauses import CLAUSE_IDS
from bot.helpdesk.policy_document import parse_policy, policy_diff
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
    show_parser.add_argument("clause", nargs="?", choices=CLAUSE_IDS, metavar="CLAUSE", help="such as H13")
    show_parser.set_defaults(run=show)


def import_file(arguments: argparse.Namespace) -> int:
    """Store the document's wording under HELPDESK_HOME; says what changed."""
    wording = _parse(arguments.file)
    path = _path()
    changes = policy_diff(_imported(path), wording) if path.exists() else []
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".tmp")
    temporary.write_text(json.dumps(wording, ensure_ascii=False, indent=1), encoding="utf-8")
    temporary.replace(path)
    print("\n".join([*changes, f"{len(wording)} clauses imported"]))
    return 0


def show(arguments: argparse.Namespace) -> int:
    """Print one clause, or all."""
    wording = _imported(_path())
    for clause_id in [arguments.clause] if arguments.clause else CLAUSE_IDS:
        print(f"{clause_id}: {wording[clause_id]}")
    return 0


def diff_file(arguments: argparse.Namespace) -> int:
    """Print clause by clause what the file would change; exit status 1 if anything."""
    changes = policy_diff(_imported(_path()), _parse(arguments.file))
    print("\n".join(changes) if changes else "No difference.")
    return 1 if changes else 0


def _parse(file: Path) -> dict[str, str]:
    try:
        return parse_policy(file.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogueError(f"{file} cannot be read: {error}") from error


def _imported(path: Path) -> dict[str, str]:
    if not path.exists():
        raise CatalogueError("no policy is imported yet: helpdesk policy import FILE")
    data: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return data


def _path() -> Path:
    return Settings.from_env().home / "policy.json"
