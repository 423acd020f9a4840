"""Tokenizer: spaCy's Indonesian rules, named things kept whole, normal forms as lemmas."""

from __future__ import annotations

from hashlib import md5
from typing import Any

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu import words
from bot.nlu.fingerprint import code_fingerprint, module_fingerprint, text_code_fingerprint
from bot.nlu.words import WordSplitter


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
        self._splitter = WordSplitter()

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
        return module_fingerprint(__name__) + code_fingerprint(words) + text_code_fingerprint()

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        text: str = message.get(attribute)
        # Never without a token: such a message would have no features, and fail as a whole.
        return [
            IndonesianToken(text[word.start : word.end], word.start, word.end, lemma=word.normal)
            for word in self._splitter.words(text)
        ]

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        with self._splitter.remembering():
            return super().process_training_data(training_data)


def normal_form(message: Message) -> str:
    """What `bot.nlu.words.normal_forms` gives, of a message that has its tokens."""
    return " ".join(token.lemma for token in message.get(TOKENS_NAMES[TEXT]))
