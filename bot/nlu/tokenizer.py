"""Tokenizer: spaCy's Indonesian rules, named things kept whole, normal forms as lemmas."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from hashlib import md5
from typing import Any

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from spacy.lang.id import Indonesian
from spacy.tokenizer import Tokenizer as SpacyTokenizer
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex
from spacy.vocab import Vocab

from bot.nlu.fingerprint import module_fingerprint, text_code_fingerprint
from bot.text.lexicon import slang
from bot.text.normalise import normalise_word
from bot.text.patterns import find_mentions

# spaCy takes one sign after the other off a piece and searches the rest anew, so the cost of a piece grows with
# the square of its length: 2,000 brackets or emoji in a row would take half a second.
_PIECE = re.compile(r"\S{1,60}")
_WORD = re.compile(r"[a-z]+")
_URL_PATH = re.compile(r"[/?#:][\w./?=&%#:@~+-]*[\w/]")
_HYPHEN = "-"
_SURROGATE = re.compile("[\ud800-\udfff]")


class IndonesianToken(Token):
    """A token whose fingerprint takes one hash instead of eight: a training asks for some 350,000."""

    def fingerprint(self) -> str:
        if self.data:
            return super().fingerprint()  # type: ignore[no-any-return]
        content = repr((self.text, self.start, self.end, self.lemma))
        return md5(content.encode("utf-8", "backslashreplace"), usedforsecurity=False).hexdigest()


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class IndonesianTokenizer(Tokenizer):
    """Splits Indonesian text; `Token.lemma` holds the normal form, `Token.text` what was written."""

    @staticmethod
    def supported_languages() -> list[str] | None:
        return ["id"]

    @staticmethod
    def required_packages() -> list[str]:
        return ["spacy"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {
            # Intents are labels here, never split.
            "intent_tokenization_flag": False,
            "intent_split_symbol": "_",
            "token_pattern": None,
        }

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__(config)
        self._special_cases = _SpecialCases()
        self._spacy = self._special_cases.tokenizer

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> IndonesianTokenizer:
        return cls(config)

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        # A change of the lexicon must retrain too.
        return module_fingerprint(__name__) + text_code_fingerprint()

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        text: str = message.get(attribute)
        tokens: list[Token] = [
            IndonesianToken(text[start:end], start, end, lemma=normalise_word(text[start:end]))
            for start, end in self._spans(text)
        ]
        # A message without tokens has no features and would fail as a whole.
        return tokens or [IndonesianToken(text, 0, lemma=text)]

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        # The same words come again and again. Of live messages nothing is remembered.
        self._split_piece = lru_cache(maxsize=None)(self._split_piece)  # type: ignore[method-assign]
        try:
            return super().process_training_data(training_data)
        finally:
            del self._split_piece

    def _spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Where the tokens stand: mentions as they are, spaCy's tokens between them."""
        # spaCy encodes to UTF-8, which half a character of UTF-16 cannot be.
        encodable = _SURROGATE.sub("\ufffd", text)
        position = 0
        for mention in find_mentions(text):
            if mention.start < position:
                continue
            yield from self._split_words(encodable, position, mention.start)
            path = _URL_PATH.match(text, mention.end) if mention.label == "nama_domain" else None
            position = path.end() if path else mention.end
            yield mention.start, position
        yield from self._split_words(encodable, position, len(text))

    def _split_words(self, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        for piece in _PIECE.finditer(text, start, end):
            for first, last in self._split_piece(piece[0]):
                yield piece.start() + first, piece.start() + last

    def _split_piece(self, piece: str) -> list[tuple[int, int]]:
        """Where spaCy's tokens stand in a piece."""
        # Small letters alone are one token to spaCy as well, and four pieces of five are nothing else.
        if _WORD.fullmatch(piece):
            return [(0, len(piece))]
        self._special_cases.add_those_in(piece)
        # Outside a memory zone spaCy would keep every word ever seen.
        with self._spacy.vocab.memory_zone():
            return [(token.idx, token.idx + len(token)) for token in self._spacy(piece)]


class _SpecialCases:
    """The tokenizer of spacy.blank("id") over a vocabulary that works out no attributes of words.

    spaCy lists 15,600 words with hyphens that stay whole, which takes more than a second at each start. They are told
    to the tokenizer when a piece holds them: none matters to a piece that does not.
    """

    def __init__(self) -> None:
        rules = Indonesian.Defaults
        special_cases: dict[str, Any] = dict(rules.tokenizer_exceptions or {})
        # spaCy splits at hyphens; the hyphenated words of the lexicon ("e-mail") are one word.
        for word in (variant for variant in slang() if _HYPHEN in variant):
            special_cases |= {form: [{"ORTH": form}] for form in (word, word.capitalize(), word.title(), word.upper())}
        self._waiting = {word: rule for word, rule in special_cases.items() if _HYPHEN in word}
        self._longest = max(map(len, self._waiting))
        self.tokenizer = SpacyTokenizer(
            Vocab(),
            rules={word: rule for word, rule in special_cases.items() if _HYPHEN not in word},
            prefix_search=compile_prefix_regex(rules.prefixes or ()).search,
            suffix_search=compile_suffix_regex(rules.suffixes or ()).search,
            infix_finditer=compile_infix_regex(rules.infixes or ()).finditer,
            token_match=rules.token_match,
            url_match=rules.url_match,
        )

    def add_those_in(self, piece: str) -> None:
        """Tells the tokenizer of all words with hyphens in `piece`."""
        for start in range(len(piece)):
            hyphen = piece.find(_HYPHEN, start)
            if hyphen < 0:
                return
            for end in range(hyphen + 1, min(len(piece), start + self._longest) + 1):
                word = piece[start:end]
                if word in self._waiting:
                    self.tokenizer.add_special_case(word, self._waiting.pop(word))
