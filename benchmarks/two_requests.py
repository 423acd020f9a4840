"""Messages with two requests: how many get both answers, and how many with one request get two, as shipped."""

from __future__ import annotations

import asyncio
import json
import logging
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML

from actions.in_process import InProcessActions
from bot.nlu.local import LocalAssistant
from bot.nlu.turn import Turn
from bot.nlu.two_requests import Limits
from bot.services.knowledge import ROOT
from bot.settings import Settings
from bot.training import ensure_model

_PAIRS = 600
_ANNOUNCED = [
    *(". Oh iya, ", ", satu lagi, ", " sekalian mau tanya ", ". Selain itu, ", ", btw "),
    *("? Sekalian, ", " sama mau tanya ", ". NB: "),
]
_JOINED = ["? ", ". ", ", terus ", " dan ", ", lalu ", ", sama ", "\n", "? Terus "]


@dataclass(frozen=True)
class Labelled:
    """A message with the intents of its one or two requests."""

    text: str
    intents: tuple[str, ...]


def run() -> None:
    """Print recall and false doubles on made pairs and on messages written by hand."""
    logging.disable(logging.WARNING)
    assistant = LocalAssistant(ensure_model(ROOT, Settings.from_env().home, print), InProcessActions())
    single = _read(ROOT / "tests/data/heldout.jsonl")
    limits = _limits()
    for name, joints in (("announced", _ANNOUNCED), ("joined", _JOINED)):
        _print_pairs(f"held-out pairs, {name}", _pairs(single, joints, limits), assistant)
    _print_single("held-out messages", single, assistant)
    written = _read(ROOT / "tests/data/two_requests.jsonl")
    _print_pairs("written by hand", [m for m in written if len(m.intents) == 2], assistant)
    _print_single("written by hand", [m for m in written if len(m.intents) == 1], assistant)


def settled_intents(turn: Turn) -> tuple[str, ...]:
    """The intents of a turn: two where it answers two requests."""
    return tuple(request["intent"] for request in turn.replies[0].requests) or (turn.intent or "",)


def _print_pairs(name: str, messages: Sequence[Labelled], assistant: LocalAssistant) -> None:
    turns = _turns(messages, assistant)
    two = [(m, t) for m, t in zip(messages, turns) if len(settled_intents(t)) == 2]
    right = sum(settled_intents(turn) == message.intents for message, turn in two)
    line = f"{name}: {len(messages)} messages, both answers {right / len(messages):.3f}"
    print(f"{line}, of those answered twice {right / max(1, len(two)):.3f}", flush=True)


def _print_single(name: str, messages: Sequence[Labelled], assistant: LocalAssistant) -> None:
    turns = _turns(messages, assistant)
    false = [m.text for m, t in zip(messages, turns) if len(settled_intents(t)) == 2]
    print(f"{name}: {len(messages)} with one request, answered twice {len(false) / len(messages):.4f}", flush=True)
    for text in false:
        print(f"  {text}")


def _turns(messages: Sequence[Labelled], assistant: LocalAssistant) -> list[Turn]:
    async def ask() -> list[Turn]:
        return [await assistant.first_turn(message.text) for message in messages]

    return asyncio.run(ask())


def _pairs(single: Sequence[Labelled], joints: Sequence[str], limits: Limits) -> list[Labelled]:
    """Two held-out messages in one, of topics that count as two requests; the same every time."""
    choose = random.Random(11)  # noqa: S311 - a sample, no secret
    short = [m for m in single if 3 <= len(m.text.split()) <= 15 and m.intents[0] not in limits.alone]
    pairs: list[Labelled] = []
    while len(pairs) < _PAIRS:
        first, second = choose.choice(short), choose.choice(short)
        intents = (first.intents[0], second.intents[0])
        if intents[0] == intents[1] or frozenset(intents) in limits.neighbours:
            continue
        before, joint = first.text.rstrip(" .?!,"), choose.choice(joints)
        pairs.append(Labelled(f"{before}{joint}{second.text[0].lower()}{second.text[1:]}", intents))
    return pairs


def _limits() -> Limits:
    pipeline = YAML(typ="safe").load((ROOT / "config.yml").read_text(encoding="utf-8"))["pipeline"]
    return Limits.of_config(next(c for c in pipeline if c["name"].endswith("IndonesianTwoRequests")))


def _read(file: Path) -> list[Labelled]:
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return [Labelled(r["text"], tuple(r.get("intents") or [r["intent"]])) for r in rows]
