"""What may be wrong with the training sentences: copies, thin topics, leaks, personal data. No model is needed."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.helpdesk.training_sentences import TrainingSentence
from bot.text.masking import mask_personal_data
from bot.text.normalise import normalise
from bot.text.patterns import find_mentions
from bot.text.similarity import NEAR_COPY, is_telling, near_copies, same_words_key

LEAST_A_TOPIC = 150
# Our own evaluation messages are about the same questions as the training data: short ones meet by chance below this.
OWN_LEAK = 0.7
# Addresses that are nobody's: contoh.* and example.* are what trainers are told to write.
_MADE_UP = re.compile(r"[\w.+-]+@(?:contoh|example)\.[\w.]+", re.IGNORECASE)
# A mobile phone or identity number is one, also where it stands like an invoice number.
_ALWAYS = re.compile(r"(?<!\d)(?:(?:\+?62|0)8\d{8,}|\d{16}(?!\d))")


@dataclass(frozen=True)
class Copies:
    """Two sentences of the same words (`exact`), of the same normal form (similarity 1.0), or nearly so."""

    first: TrainingSentence
    second: TrainingSentence
    similarity: float
    exact: bool

    @property
    def across(self) -> bool:
        """Whether the two stand in different intents."""
        return self.first.intent != self.second.intent


@dataclass(frozen=True)
class EvaluationMessage:
    """A message that training must never see; `threshold` is the likeness from which a sentence is a leak."""

    text: str
    file: str
    line: int
    threshold: float = NEAR_COPY

    @property
    def place(self) -> str:
        """Such as tests/data/heldout.jsonl:12."""
        return f"{self.file}:{self.line}"


@dataclass(frozen=True)
class Leak:
    """A training sentence that is an evaluation message, or nearly so."""

    sentence: TrainingSentence
    message: EvaluationMessage
    similarity: float
    exact: bool


@dataclass(frozen=True)
class ThinTopic:
    """A clause topic with too few sentences."""

    intent: str
    sentences: int


@dataclass(frozen=True)
class PersonalData:
    """A sentence that seems to hold personal data; `masked` is the text without it."""

    sentence: TrainingSentence
    masked: str


def copies_of(sentences: Sequence[TrainingSentence]) -> list[Copies]:
    """Sentences with the words of an earlier one, case and punctuation aside; each is listed beside the first.

    In two intents the same normal form is enough: spellings of one sentence cannot mean two things.
    """
    first: dict[str, TrainingSentence] = {}
    first_form: dict[str, TrainingSentence] = {}
    found = []
    for sentence in sentences:
        form = normalise(sentence.text)
        earlier = first.setdefault(same_words_key(sentence.text), sentence)
        same_form = first_form.setdefault(form, sentence) if form else sentence
        if earlier is not sentence:
            found.append(Copies(earlier, sentence, 1.0, exact=True))
        elif same_form.intent != sentence.intent:
            found.append(Copies(same_form, sentence, 1.0, exact=False))
    return sorted(found, key=lambda copies: not copies.across)


def near_copies_across(sentences: Sequence[TrainingSentence], threshold: float = NEAR_COPY) -> list[Copies]:
    """Nearly the same sentence in two intents, the likest first; copies as above and very short ones are left out."""
    telling = [sentence for sentence in sentences if is_telling(sentence.text)]
    texts = [sentence.text for sentence in telling]
    found = []
    for pair in near_copies(texts, texts, threshold):
        left, right = telling[pair.left], telling[pair.right]
        is_new = pair.left < pair.right and left.intent != right.intent
        if is_new and normalise(left.text) != normalise(right.text):
            found.append(Copies(left, right, pair.similarity, exact=False))
    return sorted(found, key=lambda copies: -copies.similarity)


def thin_topics(
    sentences: Iterable[TrainingSentence], topics: Iterable[str], least: int = LEAST_A_TOPIC
) -> list[ThinTopic]:
    """The clause topics with fewer than `least` sentences, the thinnest first."""
    counts = Counter(sentence.intent for sentence in sentences)
    thin = [ThinTopic(topic, counts[topic]) for topic in topics if counts[topic] < least]
    return sorted(thin, key=lambda topic: topic.sentences)


def leaks(sentences: Sequence[TrainingSentence], messages: Sequence[EvaluationMessage]) -> list[Leak]:
    """Evaluation messages among the training sentences, exactly or nearly; very short ones are everybody's."""
    by_threshold: defaultdict[float, list[EvaluationMessage]] = defaultdict(list)
    for message in messages:
        if is_telling(message.text):
            by_threshold[message.threshold].append(message)
    texts = [sentence.text for sentence in sentences]
    found = []
    for threshold, group in by_threshold.items():
        for pair in near_copies([message.text for message in group], texts, threshold):
            message, sentence = group[pair.left], sentences[pair.right]
            exact = same_words_key(message.text) == same_words_key(sentence.text)
            found.append(Leak(sentence, message, pair.similarity, exact))
    return sorted(found, key=lambda leak: (not leak.exact, -leak.similarity))


def personal_data(sentences: Iterable[TrainingSentence]) -> Iterator[PersonalData]:
    """Sentences with an address, a long number, a token or a password in them that is not plainly made up."""
    for sentence in sentences:
        rest = _MADE_UP.sub("", _without_invoices(sentence.text))
        if _ALWAYS.search(sentence.text) or mask_personal_data(rest) != rest:
            yield PersonalData(sentence, mask_personal_data(sentence.text))


def _without_invoices(text: str) -> str:
    """Invoice numbers are long, but say nothing about anybody."""
    for mention in reversed(find_mentions(text)):
        if mention.label == "nomor_invoice":
            text = text[: mention.start] + text[mention.end :]
    return text
