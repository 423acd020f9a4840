"""One file of training sentences: where each stands, and the file's text with one of them added, changed or removed.

A change is a splice of lines: everything else stays byte for byte, which no YAML writer would promise (ADR 0024).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from bot.errors import CatalogueError, SentenceGoneError, TrainingDataBrokenError
from bot.helpdesk.training_sentences import TrainingSentence, parse_sentences


@dataclass(frozen=True)
class NluFile:
    """A parsed file; `name` is its path below the project, `text` its content as it lies on the disk."""

    name: str
    text: str
    sentences: tuple[TrainingSentence, ...]
    # By intent: the number (from 1) of the first line of its sentences, and what stands before their dash.
    blocks: dict[str, tuple[int, str]]

    @classmethod
    def parse(cls, name: str, text: str) -> NluFile:
        """Raises TrainingDataBrokenError, naming the line where there is one."""
        entries = _entries(name, text)
        data = {"nlu": [{key: _plain(node) for key, node in entry.items()} for entry in entries]}
        firsts = [_line_below_examples(entry) for entry in entries]
        try:
            found = tuple(parse_sentences(data, firsts, name))
        except CatalogueError as error:
            raise TrainingDataBrokenError(name, None, str(error)) from error
        lines = text.split("\n")
        for sentence in found:
            # Where YAML sees other line ends than we do, nothing must be spliced.
            if sentence.line > len(lines) or not _says(lines[sentence.line - 1], sentence.text):
                raise TrainingDataBrokenError(name, sentence.line, "a line is not what YAML makes of it")
        return cls(
            name, text, found, _blocks([_plain(entry.get("intent")) or "" for entry in entries], firsts, found, lines)
        )

    def of(self, intent: str) -> list[TrainingSentence]:
        """The sentences of an intent, in their order."""
        return [sentence for sentence in self.sentences if sentence.intent == intent]

    def with_added(self, intent: str, text: str, *, before: int | None = None) -> str:
        """The file with one more sentence, as the last of its intent or before line `before`."""
        if intent not in self.blocks:
            raise SentenceGoneError("the file has no such topic")
        first, indent = self.blocks[intent]
        own = self.of(intent)
        at = before if before is not None else (own[-1].line + 1 if own else first)
        return self._spliced(at, at, [f"{indent}- {text}"])

    def with_changed(self, sentence: TrainingSentence, text: str) -> str:
        """The file with `text` in the place of `sentence`."""
        line = self._line(sentence)
        indent = line[: len(line) - len(line.lstrip())]
        return self._spliced(sentence.line, sentence.line + 1, [f"{indent}- {text}"])

    def without(self, sentence: TrainingSentence) -> str:
        """The file without `sentence`."""
        self._line(sentence)
        return self._spliced(sentence.line, sentence.line + 1, [])

    def _line(self, sentence: TrainingSentence) -> str:
        lines = self.text.split("\n")
        if sentence not in self.sentences:
            raise SentenceGoneError("the sentence is not there any more")
        return lines[sentence.line - 1]

    def _spliced(self, start: int, end: int, new: Sequence[str]) -> str:
        """Lines `start` (from 1) to `end` (left out) replaced; line ends are those of the file."""
        lines = self.text.split("\n")
        ending = "\r" if len(lines) > 1 and lines[0].endswith("\r") else ""
        if start > len(lines):  # below a last line that has no end of its own: then the new one has none
            return "\n".join([*lines[:-1], lines[-1] + ending, *new])
        if new and end > len(lines):
            ending = ""
        lines[start - 1 : end - 1] = [line + ending for line in new]
        return "\n".join(lines)


def _entries(name: str, text: str) -> list[dict[str, Node]]:
    """The list `nlu` as YAML's nodes, which know their lines; libyaml makes them, as for Rasa, in a millisecond."""
    try:
        root = YAML(typ="safe").compose(text)
        nlu = _mapping(root).get("nlu")
        if not isinstance(nlu, SequenceNode) or not all(isinstance(entry, MappingNode) for entry in nlu.value):
            raise TrainingDataBrokenError(name, None, "there is no list `nlu` of entries")
        return [_mapping(entry) for entry in nlu.value]
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise TrainingDataBrokenError(name, line, str(error.problem or error.context or error)) from error
    except (YAMLError, ValueError) as error:
        raise TrainingDataBrokenError(name, None, str(error)) from error


def _mapping(node: Node | None) -> dict[str, Node]:
    """Raises ValueError where a key stands twice: then one of them would be overlooked."""
    pairs = [(str(key.value), value) for key, value in node.value] if isinstance(node, MappingNode) else []
    if len({key for key, _ in pairs}) < len(pairs):
        raise ValueError(f"line {node.start_mark.line + 1}: a key stands twice" if node else "a key stands twice")
    return dict(pairs)


def _plain(node: Node | None) -> Any:
    return node.value if isinstance(node, ScalarNode) else None


def _blocks(
    intents: Sequence[str], firsts: Sequence[int], found: Sequence[TrainingSentence], lines: Sequence[str]
) -> dict[str, tuple[int, str]]:
    blocks: dict[str, tuple[int, str]] = {}
    for intent, first in zip(intents, firsts):
        if not intent or not first or intent in blocks:
            continue
        own = next((sentence for sentence in found if sentence.intent == intent), None)
        line = lines[own.line - 1] if own else "    "
        blocks[intent] = (first, line[: len(line) - len(line.lstrip())] or "    ")
    return blocks


def _says(line: str, text: str) -> bool:
    stripped = line.strip()
    return stripped.startswith("- ") and stripped[2:].strip() == text


def _line_below_examples(entry: dict[str, Node]) -> int:
    """Counted from 1; YAML counts from 0 and gives the line of `examples: |` itself."""
    return int(entry["examples"].start_mark.line) + 2 if "examples" in entry else 0
