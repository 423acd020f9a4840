"""Slots as the trainer part asks for them; `bot.served_model` keeps what is asked, the supervisor follows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from bot.served_model import want_slots, wanted_slots
from bot.services.ports.releases import TriedModel


class SlotsFile:
    """`bot.services.ports.releases.Slots` over the file in HELPDESK_HOME; models by the name of their file."""

    def __init__(self, home: Path, tried: Callable[[str], TriedModel]) -> None:
        self._home = home
        self._tried = tried

    def wanted(self) -> Mapping[str, str | None]:
        return wanted_slots(self._home)

    def want(self, slots: Mapping[str, str | None]) -> None:
        want_slots(self._home, slots)

    def tried(self, slot: str) -> TriedModel:
        return self._tried(slot)
