"""Cross-validation of the shipped intent model on our own sentences, for the commands that report on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bot.commands.progress import report_progress
from bot.errors import CatalogueError
from bot.helpdesk.label_check import Guess
from bot.helpdesk.training_sentences import TrainingSentence


def out_of_fold_guesses(sentences: Sequence[TrainingSentence]) -> list[Guess]:
    """A guess for each sentence by a model that has not seen it; takes minutes.

    Raises CatalogueError when there is too little to compare.
    """
    counts = Counter(sentence.intent for sentence in sentences)
    if sum(count >= 2 for count in counts.values()) < 2:
        raise CatalogueError("cross-validation needs two intents with two sentences each")
    # Imported here: the encoder and scikit-learn take seconds, and other commands do without them.
    from bot.nlu.cross_validation import out_of_fold
    from bot.nlu.sentences import Sentences

    report_progress("cross-validation: sentence vectors")
    encoded = Sentences.of([(sentence.text, sentence.intent) for sentence in sentences])
    return [Guess(*guess) for guess in out_of_fold(encoded, report_progress)]
