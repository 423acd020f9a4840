"""What the customer has named in a conversation: domains, invoice numbers, addresses."""

from __future__ import annotations

from collections.abc import Iterable

from bot.helpdesk.desk import Entity
from bot.text.patterns import find_mentions

# Nobody reads a longer list.
_MOST = 40


def named_entities(texts: Iterable[tuple[int, str]]) -> list[Entity]:
    """Each thing once, with the newest message that names it; `texts` are (seq, text), the newest first."""
    found: dict[tuple[str, str], Entity] = {}
    for seq, text in texts:
        for mention in find_mentions(text):
            found.setdefault((mention.label, mention.value.casefold()), Entity(mention.label, mention.value, seq))
    return list(found.values())[:_MOST]
