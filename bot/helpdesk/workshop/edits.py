"""Edits of single sentences; each gives the new text of the file, checked to differ by that sentence alone."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.errors import SentenceExistsError, SentenceGoneError, SentenceInvalidError, TrainingDataBrokenError
from bot.helpdesk.training_sentences import TrainingSentence
from bot.helpdesk.workshop.changes import Change
from bot.helpdesk.workshop.nlu_file import NluFile

# Cross-validation and Rasa need two of a topic.
_FEWEST = 2


@dataclass(frozen=True)
class Place:
    """Which sentence is meant: the `occurrence`-th (from 0) of this very text in its intent and file."""

    file: str
    intent: str
    text: str
    occurrence: int = 0

    @property
    def id(self) -> str:
        """Short, and safe in an address; another one as soon as the text is another one."""
        named = "\0".join((self.file, self.intent, self.text, str(self.occurrence)))
        return hashlib.sha256(named.encode("utf-8", "surrogatepass")).hexdigest()[:20]

    def sentence(self, file: NluFile) -> TrainingSentence:
        """Where it stands now. Raises SentenceGoneError."""
        same = [sentence for sentence in file.of(self.intent) if sentence.text == self.text]
        if self.occurrence >= len(same):
            raise SentenceGoneError("the sentence is not there any more")
        return same[self.occurrence]


def places(sentences: Sequence[TrainingSentence]) -> list[Place]:
    """The place of each, in their order."""
    seen: dict[tuple[str, str, str], int] = {}
    found = []
    for sentence in sentences:
        name = (sentence.file, sentence.intent, sentence.text)
        occurrence = seen.get(name, 0)
        seen[name] = occurrence + 1
        found.append(Place(*name, occurrence))
    return found


def added(file: NluFile, intent: str, text: str) -> str:
    """With `text` as the last sentence of `intent`. Raises SentenceExistsError, SentenceGoneError for no such topic."""
    _check_new(file, intent, text)
    pairs = _pairs(file)
    own = [number for number, (_, of) in enumerate(pairs) if of == intent]
    if own:
        at = own[-1] + 1
    elif intent in file.blocks:  # the first sentence of its topic
        at = sum(sentence.line < file.blocks[intent][0] for sentence in file.sentences)
    else:
        raise SentenceGoneError("the file has no such topic")
    return _checked(file, file.with_added(intent, text), [*pairs[:at], (text, intent), *pairs[at:]])


def changed(file: NluFile, place: Place, text: str) -> str:
    """With `text` in the place of a sentence. Raises as `added`."""
    sentence = place.sentence(file)
    _check_new(file, place.intent, text)
    at = file.sentences.index(sentence)
    pairs = _pairs(file)
    return _checked(file, file.with_changed(sentence, text), [*pairs[:at], (text, place.intent), *pairs[at + 1 :]])


def removed(file: NluFile, place: Place) -> str:
    """Without a sentence. Raises SentenceGoneError, and SentenceInvalidError for one of the last two of its topic."""
    sentence = place.sentence(file)
    if len(file.of(place.intent)) <= _FEWEST:
        raise SentenceInvalidError("too few would be left", "Sebuah topik harus memuat paling sedikit dua kalimat.")
    at = file.sentences.index(sentence)
    pairs = _pairs(file)
    return _checked(file, file.without(sentence), [*pairs[:at], *pairs[at + 1 :]])


def takes_back(change: Change, files: Sequence[tuple[str, str, str]]) -> bool:
    """Whether `files` (name, old text, new text) take `change` of a sentence back, and change nothing else."""
    old = Counter(pair for name, text, _ in files for pair in _pairs(NluFile.parse(name, text)))
    new = Counter(pair for name, _, text in files for pair in _pairs(NluFile.parse(name, text)))
    came: Counter[tuple[str, str]] = Counter()
    went: Counter[tuple[str, str]] = Counter()
    if change.before is not None:
        came[change.before, change.intent or ""] += 1
    if change.after is not None:
        went[change.after, change.to_intent or change.intent or ""] += 1
    return new - old == came - went and old - new == went - came


def _check_new(file: NluFile, intent: str, text: str) -> None:
    if any(sentence.text == text for sentence in file.of(intent)):
        raise SentenceExistsError("the topic holds this text", text=text)


def _pairs(file: NluFile) -> list[tuple[str, str]]:
    return [(sentence.text, sentence.intent) for sentence in file.sentences]


def _checked(file: NluFile, new: str, wanted: Sequence[tuple[str, str]]) -> str:
    """`new`, if it says just what is wanted; what YAML or we would misread is not written."""
    try:
        written = _pairs(NluFile.parse(file.name, new))
    except TrainingDataBrokenError as error:
        raise SentenceInvalidError(str(error), "Kalimat ini tidak dapat ditulis ke berkas data latih.") from error
    if written != list(wanted):
        raise SentenceInvalidError("read back differently", "Kalimat ini akan terbaca lain di berkas data latih.")
    return new
