"""The messages that both subjects are asked, and how their guesses at the intent are scored."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.helpdesk.label_check import answer_to
from bot.helpdesk.scoring import Labelled, Predicted, score
from bot.services.knowledge import ROOT
from bot.services.labelled_messages import read_labelled


@dataclass(frozen=True)
class HeldOut:
    """Labelled messages with the intent wanted of each."""

    labelled: list[Labelled]
    intents: list[str]

    @classmethod
    def read(cls, file: Path = ROOT / "tests/data/heldout.jsonl") -> HeldOut:
        """Messages of another writer that training never sees."""
        lines = file.read_text(encoding="utf-8").splitlines()
        return cls(read_labelled(file), [json.loads(line)["intent"] for line in lines if line.strip()])

    @property
    def texts(self) -> list[str]:
        """What is asked."""
        return [message.text for message in self.labelled]

    def accuracies(
        self, intents: Sequence[str], guesses: Sequence[str], answers: Mapping[str, Predicted]
    ) -> dict[str, float]:
        """Shares of right messages; `guesses` are the intents before the subject's own fallback."""
        scored = score(self.labelled, [answer_to(intent, answers) for intent in intents])
        return {
            "intent": self._share(intents),
            "guess": self._share(guesses),
            "outcome": scored.outcome,
            "outcome_and_clause": scored.full,
        }

    def _share(self, got: Sequence[str]) -> float:
        return sum(one == wanted for one, wanted in zip(got, self.intents)) / len(self.intents)
