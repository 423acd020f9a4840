"""The comparison from the first sentence to the table."""

from __future__ import annotations

import json
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.stock_rasa.held_out import HeldOut
from benchmarks.stock_rasa.parsing import parse_all
from benchmarks.stock_rasa.projects import StockConfiguration
from benchmarks.stock_rasa.report import describe_training, machine, marks, percentiles, table
from benchmarks.stock_rasa.sample import Questions, evenly_spaced, sample
from benchmarks.stock_rasa.serving import serve_all
from benchmarks.stock_rasa.training import Sentences, Subject, our_subject, stock_subject, train
from bot.services.training_data import answers_by_intent, read_training_sentences
from bot.settings import Settings

SENTENCES = 1500
_WARM_UP = 20


def run(size: int | None = SENTENCES) -> None:
    """Print the comparison on about `size` sentences (None: all), and write it to benchmarks/stock-rasa.json."""
    started, about = time.perf_counter(), machine()
    everything, held_out, stock = read_training_sentences(), HeldOut.read(), StockConfiguration.read()
    chosen, added = sample(everything, size)
    print(f"both subjects: {len(chosen)} of {len(everything)} sentences, then {len(added)} more; our domain, rules,")
    print(f"stories and actions; {len(held_out.texts)} held-out messages, each asked once")
    print(f"stock: what `rasa init` writes, language {stock.language}: {stock.describe()}")
    print("\n".join(f"{name}: {value}" for name, value in about.items()), flush=True)
    figures: dict[str, Any] = {"machine": about, "sentences": len(chosen)}
    with tempfile.TemporaryDirectory(prefix="stock-rasa-") as folder:
        ours, stocks = compare(Path(folder), chosen, added, held_out)
        _write({**figures, "ours": ours, "stock": stocks})
        print(f"\n{table(ours, stocks)}\n")
        print("\n".join(f"- {line}" for line in marks(ours, stocks)), flush=True)
        if size is not None:
            of_all = _ours_of_all(Path(folder), everything)
            _write({**figures, "ours": ours, "stock": stocks, "ours_of_all": of_all})
            print(f"- ours on all {len(everything)} sentences: {describe_training(of_all)}")
    print(f"- {(time.perf_counter() - started) / 60:.0f} minutes in all; as JSON: {_figures_file()}", flush=True)


def compare(
    folder: Path, sentences: Sentences, added: Sentences, held_out: HeldOut
) -> tuple[dict[str, float], dict[str, float]]:
    """The figures of (ours, stock)."""
    ours, stock = our_subject(folder / "ours", sentences), stock_subject(folder / "stock", sentences)
    trained = train([ours, stock], sentences, added, _say)
    # From the training data, and enough of them for whatever is made at the first use.
    warm_up = [sentence.text for sentence in evenly_spaced(sentences, _WARM_UP)]
    questions = Questions(held_out.texts, warm_up)
    models = {subject.name: subject.model for subject in (ours, stock)}
    parsed = parse_all(models, questions, folder / "parse.log", _say)
    served = serve_all(ours, stock, questions, folder / "servers", _say)

    def figures(subject: Subject) -> dict[str, float]:
        parses, messages = parsed[subject.name], served[subject.name]
        parse_p50, parse_p99 = percentiles(parses.milliseconds)
        message_p50, message_p99 = percentiles(messages.milliseconds)
        return {
            **held_out.accuracies(parses.intents, parses.guesses, answers_by_intent()),
            **trained[subject.name],
            **{"parse_p50": parse_p50, "parse_p99": parse_p99},
            **{"message_p50": message_p50, "message_p99": message_p99},
            "serving_bytes": messages.resident_bytes,
            "silent": messages.silent,
        }

    return figures(ours), figures(stock)


def _ours_of_all(folder: Path, everything: Sentences) -> dict[str, float]:
    sentences, added = sample(everything, None)
    subject = our_subject(folder / "all", sentences, "ours, all sentences")
    return train([subject], sentences, added, _say)[subject.name]


def _figures_file() -> Path:
    return Settings.from_env().home / "benchmarks/stock-rasa.json"


def _write(figures: dict[str, Any]) -> None:
    _figures_file().parent.mkdir(parents=True, exist_ok=True)
    _figures_file().write_text(json.dumps(figures, indent=1), encoding="utf-8")


def _say(line: str) -> None:
    print(line, flush=True)
