"""Whether a message holds two requests: what its parts mean, beside what the whole message means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.text.splitting import Mark


@dataclass(frozen=True)
class Reading:
    """What a text was understood as: intent and probability."""

    intent: str
    probability: float


@dataclass(frozen=True)
class Split:
    """A message in two at a cut, both parts read on their own."""

    mark: Mark
    first: Reading
    second: Reading

    @property
    def certainty(self) -> float:
        """The probability of the less certain part."""
        return min(self.first.probability, self.second.probability)


@dataclass(frozen=True)
class Limits:
    """When a split is accepted; chosen on out-of-fold training sentences (docs/adr/0013)."""

    # Least probability of each part where words announce another matter, and elsewhere.
    adding_threshold: float
    threshold: float
    # Among how many topics of the whole message both must be, and with which share where nothing is announced.
    among: int
    whole_share: float
    # Intents that are no request of their own.
    alone: frozenset[str]
    # Pairs of intents that one story raises.
    neighbours: frozenset[frozenset[str]]

    @classmethod
    def of_config(cls, config: Mapping[str, Any]) -> Limits:
        """From the options of `IndonesianTwoRequests` in config.yml. Raises ValueError naming the wrong one."""
        for key in ("adding_threshold", "threshold", "whole_share"):
            if not 0.0 <= config[key] <= 1.0:
                raise ValueError(f"{key} must lie between 0 and 1, not {config[key]}")
        if config["among"] < 2:
            raise ValueError(f"among must be 2 or more, not {config['among']}")
        return cls(
            adding_threshold=config["adding_threshold"],
            threshold=config["threshold"],
            among=config["among"],
            whole_share=config["whole_share"],
            alone=frozenset(config["alone"]),
            neighbours=pairs_of(config["neighbours"]),
        )


def pairs_of(groups: Iterable[Sequence[str]]) -> frozenset[frozenset[str]]:
    """Every two intents that stand together in a group."""
    return frozenset(frozenset((a, b)) for group in groups for a in group for b in group if a != b)


def best_split(splits: Iterable[Split], whole: Sequence[Reading], limits: Limits) -> Split | None:
    """The most certain of the splits that hold two requests, or None; `whole` is the message's ranking, best first."""
    accepted = [split for split in splits if _holds_two(split, whole, limits)]
    return max(accepted, key=lambda split: split.certainty, default=None)


def _holds_two(split: Split, whole: Sequence[Reading], limits: Limits) -> bool:
    intents = {split.first.intent, split.second.intent}
    if len(intents) < 2 or intents & limits.alone or intents in limits.neighbours:
        return False
    is_announced = split.mark is Mark.ADDING
    if split.certainty < (limits.adding_threshold if is_announced else limits.threshold):
        return False
    near = {reading.intent: reading.probability for reading in whole[: limits.among]}
    # The best of the whole is one of both: an upset message, say, stays what it is.
    if not intents <= near.keys() or whole[0].intent not in intents:
        return False
    return is_announced or min(near[intent] for intent in intents) >= limits.whole_share
