"""`helpdesk tests`: runs the messages and conversations that trainers keep, and says which come out otherwise."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.commands.assistant import actual_turns, loaded
from bot.helpdesk.kept_tests import Actual, KeptConversation, KeptMessage, KeptTurn, is_right
from bot.project import project_folder
from bot.services.kept_tests.reading import KeptTests, read_kept_tests
from bot.services.training_data import answers_by_intent
from bot.settings import Settings
from bot.training import newest_model

_BUTTON = re.compile(r"/\w+")


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser("tests", help="run the messages and conversations that trainers keep in data/tests")
    parser.add_argument("--model", type=Path, help="a model file (default: the newest)")
    parser.add_argument(
        "--json", action="store_true", help='JSON lines: {"done", "all"} after each test, last the results'
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """1 where a test comes out otherwise."""
    root = project_folder()
    kept = read_kept_tests(root, answers_by_intent(root))
    results: dict[str, list[dict[str, Any]]] = {"messages": [], "conversations": []}
    count = len(kept.messages) + len(kept.conversations)
    for done, (kind, result) in enumerate(_results(kept, arguments.model), start=1):
        results[kind].append(result)
        if arguments.json:
            print(json.dumps({"done": done, "all": count}), flush=True)
    print(json.dumps(results, ensure_ascii=False) if arguments.json else _described(kept, results))
    return 0 if all(result["right"] for found in results.values() for result in found) else 1


def _results(kept: KeptTests, model: Path | None) -> Iterator[tuple[str, dict[str, Any]]]:
    if not kept.messages and not kept.conversations:
        return
    with loaded(model or newest_model(Settings.from_env().home)) as (assistant, loop):
        for message in kept.messages:
            [actual] = actual_turns([(message.text, None)], assistant, loop)
            yield "messages", {"id": message.id, **_turn(message, actual)}
        for conversation in kept.conversations:
            said = [(turn.text, turn.text if _BUTTON.fullmatch(turn.text) else None) for turn in conversation.turns]
            turns = [_turn(*pair) for pair in zip(conversation.turns, actual_turns(said, assistant, loop))]
            right = all(turn["right"] for turn in turns)
            yield "conversations", {"id": conversation.id, "right": right, "turns": turns}


def _turn(turn: KeptTurn | KeptMessage, actual: Actual) -> dict[str, Any]:
    return {"text": turn.text, "right": is_right(turn, actual), "actual": _shown(actual)}


def _shown(actual: Actual) -> dict[str, Any]:
    return {"outcome": actual.outcome, "clauses": list(actual.clauses), "intent": actual.intent}


def _described(kept: KeptTests, results: dict[str, list[dict[str, Any]]]) -> str:
    lines = []
    for message, result in zip(kept.messages, results["messages"]):
        if not result["right"]:
            lines.append(f"{_label('/'.join(message.outcomes), message.clauses)} -> {_got(result)}: {message.text}")
    for conversation, result in zip(kept.conversations, results["conversations"]):
        lines += _failures(conversation, result)
    found = [result for kind in results.values() for result in kind]
    return "\n".join([*lines, f"{sum(result['right'] for result in found)} of {len(found)} right"])


def _failures(conversation: KeptConversation, result: dict[str, Any]) -> list[str]:
    return [
        f"{conversation.name}, {number}: {_label(turn.outcome, turn.clauses)} -> {_got(actual)}: {turn.text}"
        for number, (turn, actual) in enumerate(zip(conversation.turns, result["turns"]), start=1)
        if not actual["right"]
    ]


def _got(result: dict[str, Any]) -> str:
    actual = result["actual"]
    return f"{_label(actual['outcome'], actual['clauses'])} ({actual['intent']})"


def _label(outcome: str, clauses: Any) -> str:
    return f"{outcome} {','.join(clauses)}".strip()
