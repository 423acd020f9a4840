"""Where the words of a text stand, and their normal forms; what the tokenizer and the n-grams are made of.

spaCy's Indonesian rules, with named things kept whole. Nothing of Rasa here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, NamedTuple

from spacy.lang.id import Indonesian
from spacy.lang.id.punctuation import LIST_CURRENCY
from spacy.tokenizer import Tokenizer
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex
from spacy.vocab import Vocab

from bot.text.lexicon import slang
from bot.text.normalise import normalise_word
from bot.text.patterns import find_mentions

# spaCy takes one sign after the other off a piece and searches the rest anew, so the cost of a piece grows with
# the square of its length: 2,000 brackets or emoji in a row would take half a second.
_PIECE = re.compile(r"\S{1,60}")
# spaCy takes names of currencies off the front of a piece.
_PLAIN = re.compile(rf"(?!{'|'.join(filter(str.isalpha, LIST_CURRENCY))})([A-Za-z]*)[,?!]{{0,3}}")
_URL_PATH = re.compile(r"[/?#:][\w./?=&%#:@~+-]*[\w/]")
_HYPHEN = "-"
_SURROGATE = re.compile("[\ud800-\udfff]")


class Word(NamedTuple):
    """text[start:end], a word, a sign or a thing with a name, and its normal form."""

    start: int
    end: int
    normal: str


class WordSplitter:
    """Splits Indonesian text as spaCy does; an address or a number is one word."""

    def __init__(self) -> None:
        self._special_cases = _SpecialCases()
        self._spacy = self._special_cases.tokenizer

    def words(self, text: str) -> list[Word]:
        """In the order of `text`; a text without any, such as blanks alone, is one word."""
        found: list[Word] = []
        for start, end in self._named_things(text):
            self._add_words(text, found[-1].end if found else 0, start, found)
            found.append(_word(text, start, end))
        self._add_words(text, found[-1].end if found else 0, len(text), found)
        return found or [Word(0, len(text), text)]

    @contextmanager
    def remembering(self) -> Iterator[None]:
        """For many texts: what was split once is known until the block ends. Of live messages nothing is kept."""
        self._split_piece = lru_cache(maxsize=None)(self._split_piece)  # type: ignore[method-assign]
        try:
            yield
        finally:
            del self._split_piece

    def _named_things(self, text: str) -> Iterator[tuple[int, int]]:
        """Where mentions stand, an address with its path, in their order."""
        end = 0
        for mention in find_mentions(text):
            if mention.start >= end:
                path = _URL_PATH.match(text, mention.end) if mention.label == "nama_domain" else None
                end = path.end() if path else mention.end
                yield mention.start, end

    def _add_words(self, text: str, start: int, end: int, found: list[Word]) -> None:
        """Adds spaCy's tokens of text[start:end]."""
        for piece in _PIECE.finditer(text, start, end):
            begin = piece.start()
            found += [_word(text, begin + first, begin + last) for first, last in self._split_piece(piece[0])]

    def _split_piece(self, piece: str) -> list[tuple[int, int]]:
        """Where spaCy's tokens stand in a piece."""
        # Letters are one token to spaCy as well, these signs behind them one each, and most pieces are nothing else.
        if plain := _PLAIN.fullmatch(piece):
            letters = plain.end(1)
            return [(0, letters)] * bool(letters) + [(sign, sign + 1) for sign in range(letters, len(piece))]
        # spaCy encodes to UTF-8, which half a character of UTF-16 cannot be.
        piece = _SURROGATE.sub("\ufffd", piece)
        self._special_cases.add_those_in(piece)
        # Outside a memory zone spaCy would keep every word ever seen.
        with self._spacy.vocab.memory_zone():
            return [(token.idx, token.idx + len(token)) for token in self._spacy(piece)]


def _word(text: str, start: int, end: int) -> Word:
    return Word(start, end, normalise_word(text[start:end]))


def normal_forms(texts: Iterable[str]) -> list[str]:
    """The normal forms of all words of each text, joined by blanks: what n-gram features are made of."""
    splitter = WordSplitter()
    with splitter.remembering():
        return [" ".join(word.normal for word in splitter.words(text)) for text in texts]


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
        self.tokenizer = Tokenizer(
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
