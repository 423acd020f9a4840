"""data/tests/test_conversations.yml: kept conversations as Rasa's test stories (`rasa test core --e2e`).

What each turn must come to stands in the story's `metadata`, which Rasa reads over; actions follow from the intents.
Every change splices lines, so that all other stories, comments and blank lines stay as they are.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from bot.errors import InvalidMessageError, TrainingDataBrokenError
from bot.helpdesk.conversation import Outcome
from bot.helpdesk.kept_tests import KeptConversation, KeptTurn
from bot.helpdesk.scoring import Predicted
from bot.text.patterns import find_mentions

STORY_FILE = "data/tests/test_conversations.yml"
_HEAD = """version: "3.1"

# Conversations that trainers keep as tests: rasa test core --e2e --stories data/tests
# None of them may be training data. What each turn must come to stands in `metadata`, in the order of the messages.
stories:
"""
# A mark of an entity, in each of the ways that Rasa reads.
_MARK = re.compile(r"\[([^\]]+?)\](?:\([^)]+?\)|\{[^}]+?\}|\[(?:\{[^}]+?\}(?:,\s*)?)+\])")
_PLAIN = re.compile(r"[^\W\d_][\w ,.()/'-]*")
_OUR_STEPS = {"user", "intent", "action", "active_loop"}

# The steps that follow an intent, such as [{"action": "utter_salam"}].
Steps = Mapping[str, Sequence[Mapping[str, Any]]]


@dataclass(frozen=True)
class Story:
    """A kept conversation at its lines (from `start`, up to but without `end`, counted from 0).

    Not `ours`: it has steps that a change here would lose.
    """

    conversation: KeptConversation
    start: int
    end: int
    ours: bool


def conversations_of(content: str, answers: Mapping[str, Predicted]) -> list[KeptConversation]:
    """In the order of the file; what a story without metadata expects, its intents say through `answers`.

    Raises TrainingDataBrokenError.
    """
    return [story.conversation for story in _stories(content, answers)]


def texts_with_lines(content: str) -> list[tuple[int, str]]:
    """What customers ask in all stories, with the line (from 1) where it begins: no buttons, and no small talk.

    Everybody greets and thanks in the same words. Raises TrainingDataBrokenError.
    """
    found = []
    for item in _listed(content):
        said = [step for step in item["steps"] if "user" in step or "intent" in step]
        for step, turn in zip(said, _conversation(item, {}, set()).turns):
            if step.get("user") and turn.outcome != Outcome.SMALLTALK.value and not turn.text.startswith("/"):
                found.append((int(step.lc.key("user")[0]) + 2, turn.text))
    return found


def with_conversation(content: str, conversation: KeptConversation, steps: Steps) -> str:
    """`content` with the conversation in place of the one of the same id, else behind all others.

    Raises TrainingDataBrokenError, and InvalidMessageError where a change would lose steps written by hand.
    """
    known = _find(content, conversation.id)
    if known is not None and not known.ours:
        raise InvalidMessageError("the story has steps of its own: change it in the file", field="steps")
    lines = _written(conversation, steps)
    if known is None:
        return _appended(content, lines)
    return _replaced(content, known, lines)


def without_conversation(content: str, conversation_id: str) -> str:
    """`content` without the conversation of this id; as it is where there is none. Raises TrainingDataBrokenError."""
    known = _find(content, conversation_id)
    if known is None:
        return content
    shorter = _replaced(content, known, [])
    if not _stories(shorter, {}, or_none=True):
        shorter = re.sub(r"^stories:[ \t]*$", "stories: []", shorter, count=1, flags=re.MULTILINE)
    return shorter


def _find(content: str, conversation_id: str) -> Story | None:
    return next((story for story in _stories(content, {}) if story.conversation.id == conversation_id), None)


def _stories(content: str, answers: Mapping[str, Predicted], *, or_none: bool = False) -> list[Story]:
    listed = _listed(content, or_none=or_none)
    if not listed:
        return []
    starts = [int(listed.lc.item(n)[0]) for n in range(len(listed))]
    found: list[Story] = []
    for item, start, limit in zip(listed, starts, [*starts[1:], None]):
        end = _last_line(content, start, limit)
        taken = {story.conversation.id for story in found}
        found.append(Story(_conversation(item, answers, taken), start, end, _has_only_our_steps(item)))
    return found


def _listed(content: str, *, or_none: bool = False) -> CommentedSeq:
    """The stories as they were loaded, with their lines; with `or_none` there may be no list."""
    data = _load(content) if content.strip() else {"stories": CommentedSeq()}
    listed = data.get("stories") if isinstance(data, dict) else None
    if listed is None and or_none:
        return CommentedSeq()
    if not isinstance(listed, CommentedSeq) or not all(_is_story(item) for item in listed):
        raise TrainingDataBrokenError(file=STORY_FILE, line=None, problem="Daftar `stories` tidak dapat dibaca.")
    return listed


def _load(content: str) -> Any:
    try:
        return YAML(typ="rt").load(content)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise TrainingDataBrokenError(file=STORY_FILE, line=line, problem="YAML pada baris ini salah.") from error
    except YAMLError as error:
        raise TrainingDataBrokenError(file=STORY_FILE, line=None, problem="Isi berkas ini bukan YAML.") from error


def _is_story(item: object) -> bool:
    return (
        isinstance(item, CommentedMap)
        and isinstance(item.get("story"), str)
        and isinstance(item.get("steps"), list)
        and all(isinstance(step, dict) for step in item["steps"])
    )


def _last_line(content: str, start: int, limit: int | None) -> int:
    """Where a story ends: behind it may stand blank lines and comments that belong to what follows."""
    lines = _lines(content)
    end = len(lines) if limit is None else limit
    if limit is None:
        # A key of the top level may follow the list.
        for number in range(start + 1, end):
            if re.match(r"[^\s#-]", lines[number]):
                end = number
                break
    while end > start + 1 and re.match(r"\s*(#|$)", lines[end - 1]):
        end -= 1
    return end


def _conversation(item: CommentedMap, answers: Mapping[str, Predicted], taken: set[str]) -> KeptConversation:
    about = item.get("metadata")
    about = about if isinstance(about, dict) else {}
    expected = about.get("turns")
    said = [step for step in item["steps"] if "user" in step or "intent" in step]
    rows = expected if isinstance(expected, list) and len(expected) == len(said) else [{}] * len(said)
    turns = tuple(_turn(step, row, answers) for step, row in zip(said, rows))
    name = " ".join(item["story"].split())
    known = about.get("id")
    own = known if isinstance(known, str) and known else _id_of(name)
    while own in taken:
        own = _id_of(own)
    return KeptConversation(own, name, turns)


def _turn(step: Mapping[str, Any], row: object, answers: Mapping[str, Predicted]) -> KeptTurn:
    intent = str(step.get("intent") or "").split("/")[0]
    # Without a text it is a button.
    text = _MARK.sub(r"\1", str(step["user"]).strip()) if step.get("user") else f"/{intent}"
    if isinstance(row, dict) and isinstance(row.get("outcome"), str):
        clauses = row.get("clauses")
        return KeptTurn(text, intent, row["outcome"], tuple(map(str, clauses if isinstance(clauses, list) else [])))
    answer = answers.get(intent, Predicted("clarify", ()))
    return KeptTurn(text, intent, answer.outcome, answer.clauses)


def _has_only_our_steps(item: CommentedMap) -> bool:
    return set(item) <= {"story", "metadata", "steps"} and all(set(step) <= _OUR_STEPS for step in item["steps"])


def _id_of(name: str) -> str:
    return f"k{hashlib.sha256(name.encode()).hexdigest()[:11]}"


def _written(conversation: KeptConversation, steps: Steps) -> list[str]:
    lines = [
        f"  - story: {_scalar(conversation.name)}",
        "    metadata:",
        f"      id: {conversation.id}",
        "      turns:",
    ]
    lines += [
        f"        - {{outcome: {turn.outcome}, clauses: [{', '.join(turn.clauses)}]}}" for turn in conversation.turns
    ]
    lines.append("    steps:")
    for turn in conversation.turns:
        lines += ["      - user: |", *(f"          {line}" for line in marked(turn.text).split("\n"))]
        intent = turn.intent or "nlu_fallback"
        lines.append(f"        intent: {intent}")
        lines += [f"      - {key}: {_plain(value)}" for step in steps.get(intent, ()) for key, value in step.items()]
    return lines


def marked(text: str) -> str:
    """`text` with what the bot finds in it marked as Rasa's test stories do: `[toko.co.id](nama_domain)`."""
    for mention in reversed(find_mentions(text)):
        before, inside = text[: mention.start], text[mention.start : mention.end]
        # Within brackets a mark would be read otherwise.
        if before.rfind("[") <= before.rfind("]") and not re.search(r"[\[\]\n]", inside):
            text = f"{before}[{inside}]({mention.label}){text[mention.end :]}"
    return text


def _scalar(text: str) -> str:
    """One line of YAML for a text on one line."""
    if _PLAIN.fullmatch(text) and YAML(typ="safe").load(f"a: {text}") == {"a": text}:
        return text
    return json.dumps(text, ensure_ascii=False)


def _plain(value: object) -> str:
    return "null" if value is None else str(value)


def _appended(content: str, lines: list[str]) -> str:
    if not content.strip():
        return _HEAD + "".join(f"{line}\n" for line in lines)
    stories = _stories(content, {}, or_none=True)
    if not stories:
        opened, count = re.subn(r"^stories:[^\n]*$", "stories:", content, count=1, flags=re.MULTILINE)
        if not count:
            raise TrainingDataBrokenError(file=STORY_FILE, line=None, problem="Daftar `stories` tidak ada.")
        place = opened.split("\n").index("stories:") + 1
        return _spliced(opened, place, place, lines)
    indent = _indent(content, stories[-1])
    return _spliced(content, stories[-1].end, stories[-1].end, ["", *_indented(lines, indent)])


def _replaced(content: str, known: Story, lines: list[str]) -> str:
    start, end = known.start, known.end
    if not lines:
        # The blank lines behind a story go with it; of the last one, those before it.
        kept = _lines(content)
        while end < len(kept) and not kept[end].strip():
            end += 1
        while end == len(kept) and not kept[start - 1].strip():
            start -= 1
    return _spliced(content, start, end, _indented(lines, _indent(content, known)))


def _indent(content: str, story: Story) -> int:
    line = _lines(content)[story.start]
    return len(line) - len(line.lstrip(" "))


def _indented(lines: list[str], indent: int) -> list[str]:
    return [f"{' ' * indent}{line[2:]}" for line in lines]


def _lines(content: str) -> list[str]:
    lines = content.split("\n")
    return lines[:-1] if not lines[-1] else lines


def _spliced(content: str, start: int, end: int, lines: list[str]) -> str:
    ending = "\r" if "\r\n" in content else ""
    kept = _lines(content)
    return "".join(f"{line}\n" for line in [*kept[:start], *(f"{line}{ending}" for line in lines), *kept[end:]])
