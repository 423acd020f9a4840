"""Ports of the training workshop."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from bot.helpdesk.workshop.changes import Change, ChangeState


class TrainingChangeRepository(Protocol):
    """The journal of what trainers change, and what the console knows of the files."""

    async def add(self, change: Change) -> int:
        """Its number; the one in `change` does not count."""
        ...

    async def get(self, number: int) -> Change | None: ...

    async def by_key(self, key: str) -> Change | None: ...

    async def planned(self) -> list[Change]:
        """Those whose files may not be written yet, in their order."""
        ...

    async def set_state(self, number: int, state: ChangeState) -> None: ...

    async def refuse(self, number: int) -> None:
        """Its files were edited by hand before they were written; its key may be used again."""
        ...

    async def set_undone(self, number: int, by: int | None) -> None: ...

    async def forget(self, number: int) -> None:
        """A planned change of which nothing was written."""
        ...

    async def page(self, before: int | None, limit: int, like: str | None = None) -> list[Change]:
        """Done ones, newest first; with `like` only those of this intent."""
        ...

    async def unpublished(self) -> int:
        """How many no published version was trained with; what was taken back before that does not count."""
        ...

    async def newest(self) -> int:
        """The number of the newest change that is done, 0 without any."""
        ...

    async def set_version(self, newest: int, version: int) -> None:
        """Everything up to `newest` that no version has yet was published in `version`."""
        ...

    async def paths_of(self, version: int) -> list[str]:
        """The files that the changes published in `version` touched, but for those edited by hand."""
        ...

    async def digests(self) -> dict[str, str]:
        """What each file held when the console last wrote or saw it."""
        ...

    async def set_digests(self, digests: Sequence[tuple[str, str]]) -> None: ...
