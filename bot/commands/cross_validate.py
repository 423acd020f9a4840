"""`python -m bot.commands.cross_validate`: cross-validation of a project's sentences, for the trainer console."""

from __future__ import annotations

import argparse
import json
from datetime import datetime, timezone
from pathlib import Path

from bot.commands.cross_validation import out_of_fold_guesses
from bot.helpdesk.label_check import judge
from bot.helpdesk.releases.comparing import cross_validation_scores
from bot.services.training_data import answers_by_intent, read_training_sentences


def main() -> None:
    """Writes {"at", "scores", "guesses"} in one step."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=Path, required=True)
    out: Path = parser.parse_args().out
    sentences = read_training_sentences()
    guesses = out_of_fold_guesses(sentences)
    result = judge(sentences, guesses, answers_by_intent())
    rows = [
        {"text": s.text, "intent": s.intent, "guess": g.intent, "probability": g.probability}
        for s, g in zip(sentences, guesses)
    ]
    scores = dict(cross_validation_scores(result.intent, result.outcome, result.full))
    temporary = out.with_suffix(".tmp")
    at = datetime.now(timezone.utc).isoformat()
    temporary.write_text(json.dumps({"at": at, "scores": scores, "guesses": rows}, ensure_ascii=False), "utf-8")
    temporary.replace(out)


if __name__ == "__main__":
    main()
