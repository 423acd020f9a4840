"""Long texts that make careless regular expressions take quadratic time or worse."""

import time
from collections.abc import Callable

_UNITS = [
    "a", "1", "1,", "a.", "a-", "-", ".", ",", "@", "a@", "a@a.", "inv-", "invoice ", "#1", "#", "rp", "rp1.", "1/",
    "08", "+62", "(0", "tgl", "1 januari", "password ", "password:", "pin saya ", "token.", "aaaaaaaa.", "_", "a ",
    " ", "\n", "\u00a0", "\u0301", "😀", "'", "a'", "1(", "https://", "1.000.", ",-", "1gb", "x2", "A1a.", "(", "!",
]  # fmt: skip
_TAILS = ["", "!", "_"]
_SHORT = 1_500
# Between linear and quadratic growth of a 16 times longer text, with room for noise.
LINEAR = 64


def texts(length: int) -> list[str]:
    """Every unit repeated up to `length`, with tails that make a match fail at the very end."""
    return [(unit * length)[:length] + tail for unit in _UNITS for tail in _TAILS]


def slowest_growth(function: Callable[[str], object]) -> tuple[float, str]:
    """(time on a 16 times longer text / time on the shorter one, the text's start), the worst of all.

    A ratio of processor times on one machine, so that it says linear (near 16) or quadratic (near 256) on slow
    and busy machines too.
    """

    def best(text: str, runs: int) -> float:
        durations = []
        for _ in range(runs):
            start = time.process_time()
            function(text)
            durations.append(time.process_time() - start)
        return min(durations)

    growth = []
    for small, large in zip(texts(_SHORT), texts(_SHORT * 16)):
        # Below the clock's resolution there is nothing to compare: less than half a millisecond is no problem.
        growth.append((best(large, 2) / max(best(small, 3), 0.0005), small[:20]))
    return max(growth)
