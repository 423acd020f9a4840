"""`python -m bot.commands.compare_models`: a candidate against the live model, for the trainer console."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bot.commands.assistant import Answered, converse_each, loaded
from bot.helpdesk.evaluation import Judged, evaluate
from bot.helpdesk.releases.comparing import Answers, Comparison, KeptConversation, Limits, Understood, compare
from bot.helpdesk.scoring import Labelled
from bot.services.knowledge import Knowledge
from bot.services.releases.sets import compared_messages, kept_conversations
from bot.settings import Settings

_MOST_VERDICTS = 200
_MOST_PROBES = 64


def main() -> None:
    """Writes comparison.json and the pictures into --out; what the live model said is kept for the next time."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--candidate", type=Path, required=True)
    parser.add_argument("--live", type=Path)
    parser.add_argument("--against", type=int, default=0)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    settings = Settings.from_env()
    gold = compared_messages(settings.project)
    kept = kept_conversations(settings.project)
    texts = [label.text for label, _ in gold]
    cache = settings.home / "trainer" / "answers"
    # One after the other: two models in memory would be one too many on a small machine.
    live = _answers(arguments.live, texts, kept, cache) if arguments.live else None
    candidate = _answers(arguments.candidate, texts, kept, cache)
    limits = Limits(settings.gate_topic_loss, settings.gate_scope_recall)
    compared = compare(gold, kept, candidate, live, limits)
    arguments.out.mkdir(parents=True, exist_ok=True)
    pictures = _draw([label for label, _ in gold], candidate, compared, arguments.out)
    data = as_json(compared, arguments.against or None, candidate, texts, pictures)
    temporary = arguments.out / "comparison.tmp"
    temporary.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    temporary.replace(arguments.out / "comparison.json")


def as_json(
    compared: Comparison, against: int | None, candidate: Answers, texts: Sequence[str], pictures: Sequence[str]
) -> dict[str, Any]:
    """The comparison as plain data; topics by intent and title."""
    names = _topic_names()
    gates = [{**asdict(gate), "about": _intent(gate.about, names)} for gate in compared.gates]
    step = max(1, len(texts) // _MOST_PROBES)
    return {
        "against": against,
        "scores": compared.scores,
        "live_scores": compared.live_scores,
        "gates": gates,
        "gains": [asdict(one) for one in compared.gains[:_MOST_VERDICTS]],
        "losses": [asdict(one) for one in compared.losses[:_MOST_VERDICTS]],
        "topics": [
            {
                "intent": _intent(one.topic, names),
                "title": names.get(one.topic, ("", one.topic))[1],
                **{key: value for key, value in asdict(one).items() if key != "topic"},
            }
            for one in compared.topics
        ],
        "conversations": [{"name": name, "before": was, "after": now} for name, was, now in compared.conversations],
        "probes": [
            {"text": text, "outcome": u.outcome, "clauses": list(u.clauses)}
            for text, u in list(zip(texts, candidate.messages))[::step]
        ],
        "pictures": list(pictures),
    }


def _topic_names() -> dict[str, tuple[str, str]]:
    return {clause.id: (clause.topic, clause.title) for clause in Knowledge.load().clauses}


def _intent(topic: str | None, names: Mapping[str, tuple[str, str]]) -> str | None:
    return None if topic is None else names.get(topic, (topic, ""))[0]


def _answers(model: Path, texts: Sequence[str], kept: Sequence[KeptConversation], cache: Path) -> Answers:
    """What `model` makes of everything; what it was asked before is not asked again."""
    file = cache / f"{model.name.removesuffix('.tar.gz')}.json"
    known = _read(file)
    new = [text for text in texts if text not in known]
    conversations: list[list[Understood]] = []
    if new or kept:
        with loaded(model) as (assistant, loop):
            for number, text in enumerate(new, start=1):
                turn = loop.run_until_complete(assistant.first_turn(text))
                first = turn.replies[0]
                known[text] = [first.outcome or "", first.clauses, turn.intent or "", round(turn.confidence, 4)]
                if number % 100 == 0:
                    sys.stderr.write(f"{number}/{len(new)}\n")
            asked = ([turn.text for turn in one.turns] for one in kept)
            conversations = [[_understood(a) for a in turns] for turns in converse_each(asked, assistant, loop)]
        with suppress(OSError):  # the next comparison then asks again
            cache.mkdir(parents=True, exist_ok=True)
            temporary = file.with_suffix(f".{os.getpid()}.tmp")
            temporary.write_text(json.dumps(known, ensure_ascii=False), encoding="utf-8")
            temporary.replace(file)
    return Answers([Understood(o, tuple(c), i, p) for o, c, i, p in (known[text] for text in texts)], conversations)


def _read(file: Path) -> dict[str, Any]:
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return data if isinstance(data, dict) else {}


def _understood(answered: Answered) -> Understood:
    return Understood(answered.outcome, tuple(answered.clauses), answered.intent or "", answered.confidence)


def _draw(gold: Sequence[Labelled], candidate: Answers, compared: Comparison, folder: Path) -> list[str]:
    # Imported here: drawing takes half a second to load.
    from bot.reports.confusion import draw_confusion
    from bot.reports.reliability import draw_reliability
    from bot.reports.topics import draw_topics

    judged = [Judged(g, u.predicted, u.confidence, u.intent) for g, u in zip(gold, candidate.messages)]
    titles = {clause: title for clause, (_, title) in _topic_names().items()}
    draw_confusion(judged, titles, "kandidat", folder / "confusion.png")
    draw_reliability([("kandidat", evaluate(judged))], folder / "reliability.png")
    draw_topics(compared.topics, titles, folder / "topics.png")
    return ["confusion.png", "reliability.png", "topics.png"]


if __name__ == "__main__":
    main()
