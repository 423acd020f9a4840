"""An imported policy beside our clause catalogue: which clauses are new, which have moved to another number.

A number alone says little: whoever puts a clause in between renumbers all that follow. So each imported wording is
matched with what the catalogue says of each clause, by the words that they share.
"""

from __future__ import annotations

import difflib
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.text.stems import stems

# Likeness of two texts is between 0 and 1. The wording of a clause and our summary of it share .14 at least in the
# policy of today, unrelated ones hardly anything.
_SAME_CLAUSE = 0.1
# Neighbouring clauses share words: another number must be ahead of the clause's own by this.
_LEAD = 0.1
# Below this share of kept words a clause is another one, as far as our summary goes.
_MUCH_KEPT = 0.7


@dataclass(frozen=True)
class PolicyChanges:
    """What an imported policy holds that the catalogue does not say, by clause id in document order.

    `new`: numbers that the catalogue lacks, with a wording that it does not know. Only these are searched.
    `moved`: imported number → the number under which the catalogue has this clause.
    `replaced`: known numbers whose wording is not that of the catalogue's clause, nor of another one.
    """

    new: tuple[str, ...] = ()
    moved: Mapping[str, str] = field(default_factory=dict)
    replaced: tuple[str, ...] = ()


def compare_policy(wording: Mapping[str, str], catalogue: Mapping[str, str]) -> PolicyChanges:
    """`wording`: imported text by clause id; `catalogue`: our title and summary by clause id."""
    likeness = _Likeness([*wording.values(), *catalogue.values()])
    pairs = []
    for clause_id, text in wording.items():
        for known_id, summary in catalogue.items():
            score = likeness.of(text, summary)
            if score >= _SAME_CLAUSE:
                pairs.append((score + _LEAD * (clause_id == known_id), clause_id, known_id))
    partner: dict[str, str] = {}
    for _, clause_id, known_id in sorted(pairs, key=lambda pair: -pair[0]):
        if clause_id not in partner and known_id not in partner.values():
            partner[clause_id] = known_id
    return PolicyChanges(
        new=tuple(i for i in wording if i not in partner and i not in catalogue),
        moved={i: partner[i] for i in wording if partner.get(i, i) != i},
        replaced=tuple(i for i in wording if i not in partner and i in catalogue),
    )


def advice(changes: PolicyChanges, before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """Lines for the operator: what an import means for answers. `before` is empty at the first import."""
    lines = [
        f"NEW {clause_id}: not trained. The bot finds it by search from now on, where no trained topic fits "
        "(intent pasal_baru); how to train it: docs/panduan/data.md"
        for clause_id in changes.new
    ]
    lines += [
        f"MOVED {clause_id}: this is {known_id} of the catalogue, not a new clause, and is not searched. "
        f"Replies go on naming {known_id}: renumber data/policy/clauses.yml and domain.yml, then train"
        for clause_id, known_id in changes.moved.items()
    ]
    lines += [
        f"REPLACED {clause_id}: the catalogue says something else under this number. Replies that name {clause_id} "
        "may be wrong, and the new wording is not searched: bring data/policy/clauses.yml and domain.yml up to date"
        for clause_id in changes.replaced
    ]
    settled = {*changes.new, *changes.moved, *changes.replaced}
    for clause_id, text in after.items():
        if clause_id in settled or before.get(clause_id, text) == text:
            continue
        kept = difflib.SequenceMatcher(a=before[clause_id].split(), b=text.split(), autojunk=False).ratio()
        much = "MUCH of the wording: our summary may be wrong" if kept < _MUCH_KEPT else "some of the wording"
        lines.append(
            f"CHANGED {clause_id}: {much}. Replies use our own words: "
            f"read {clause_id} in data/policy/clauses.yml and its reply in domain.yml"
        )
    gone = [clause_id for clause_id in before if clause_id not in after]
    return [*lines, *(f"GONE {clause_id}: it was in the policy imported before" for clause_id in gone)]


class _Likeness:
    """Cosine of two texts over their stems, each weighted by its rarity among `texts`."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._stems = {text: stems(text) for text in texts}
        spread = Counter(stem for found in self._stems.values() for stem in found)
        self._weight = {stem: math.log(len(self._stems) / count) ** 2 for stem, count in spread.items()}

    def of(self, left: str, right: str) -> float:
        one, other = self._stems[left], self._stems[right]
        size = math.sqrt(self._sum(one) * self._sum(other))
        return self._sum(one & other) / size if size else 0.0

    def _sum(self, found: Iterable[str]) -> float:
        return math.fsum(self._weight[stem] for stem in found)
