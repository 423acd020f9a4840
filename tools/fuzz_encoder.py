"""Feeds the sentence encoder with hostile texts and stops at the first vector that is not finite and of length one.

python -m tools.fuzz_encoder --count 1000000 --seconds 300
"""

from __future__ import annotations

import argparse
import sys
import time
from itertools import islice

import numpy as np

from bot.nlu.encoder import default_encoder
from tools.hostile_texts import hostile_texts

_BATCH = 500


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.fuzz_encoder", description="Fuzzes the sentence encoder.")
    parser.add_argument("--count", type=int, default=10_000, help="how many texts (default: %(default)s)")
    parser.add_argument("--seconds", type=float, default=float("inf"), help="end after this time (default: never)")
    parser.add_argument("--seed", type=int, default=0, help="other texts for another seed (default: %(default)s)")
    arguments = parser.parse_args()
    encoder = default_encoder()
    texts = hostile_texts(arguments.seed, arguments.count)
    started = time.monotonic()
    done, slowest = 0, 0.0
    while batch := list(islice(texts, _BATCH)):
        begun = time.monotonic()
        vectors = encoder.encode(batch)
        slowest = max(slowest, (time.monotonic() - begun) / len(batch))
        wrong = ~(np.abs(np.linalg.norm(vectors, axis=1) - 1) < 1e-3)
        # A text has the vector that it has alone, too.
        wrong[0] |= bool((encoder.encode(batch[:1])[0] != vectors[0]).any())
        if wrong.any():
            text = batch[int(wrong.argmax())]
            print(f"Error: text {done + int(wrong.argmax())} has a wrong vector: {text!a}", file=sys.stderr)
            return 1
        done += len(batch)
        passed = time.monotonic() - started
        if done % (20 * _BATCH) == 0:
            print(f"{done} of {arguments.count} texts, {done / passed:.0f} a second", flush=True)
        if passed > arguments.seconds:
            break
    print(f"{done} texts, no fault; slowest batch {slowest * 1000:.1f} ms a text")
    return 0


if __name__ == "__main__":
    sys.exit(main())
