"""Texts that try to break what reads them."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

_SPECIAL = (
    *(
        "",
        " ",
        "\x00",
        "\ufeff",
        "\u200b",
        "\u202e",
        "\u0301",
        "\ud83d",
        "\udfff",
        "\uffff",
        "\U0010ffff",
        "▁",
        "\u2581▁",
    ),
    *(
        "<s>",
        "</s>",
        "<unk>",
        "<pad>",
        "<mask>",
        "<0x00>",
        "query: ",
        "%s%n",
        "\\u0000",
        "'; DROP TABLE",
        "😀",
        "👨‍👩‍👧",
        "🇮🇩",
    ),
    *("\ufdfa", "ﷺ", "ß", "İ", "ǆ", "①", "½", "㎏", "ꦲ", "क्ष", "각", "א", "1" * 50, "a" * 50, "wk" * 30, "\r\n", "\t"),
)
_WORDS = ("halo", "kak", "hosting", "saya", "mati", "bayar", "QRIS", "domain", "gak", "bisa", "transfer", "kapan aktif")


def _any(random_: random.Random) -> str:
    return chr(random_.randrange(0x110000))


def _low(random_: random.Random) -> str:
    return chr(random_.randrange(0x3000))


def _special(random_: random.Random) -> str:
    return random_.choice(_SPECIAL)


def _word(random_: random.Random) -> str:
    return random_.choice(_WORDS) + " "


_SOURCES: tuple[Callable[[random.Random], str], ...] = (_any, _low, _special, _word)


def hostile_texts(seed: int, count: int) -> Iterator[str]:
    """`count` texts of random characters, odd signs and words, from empty to over-long; the same for the same seed."""
    random_ = random.Random(seed)  # noqa: S311 - nothing secret
    for _ in range(count):
        length = int(2 ** random_.uniform(0, 10.5 if random_.random() < 0.02 else 5)) - 1
        sources = random_.choices(_SOURCES, k=random_.randint(1, len(_SOURCES)))
        if random_.random() < 0.05:
            yield random_.choice(sources)(random_) * length
        else:
            yield "".join(random_.choice(sources)(random_) for _ in range(length))
