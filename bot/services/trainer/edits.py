"""Changes of one file of the project, each with its author, in the journal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.helpdesk.staff import Staff
from bot.helpdesk.workshop.changes import Change, ChangeAction, ChangeKind, Planned
from bot.services.ports import Store
from bot.services.trainer.project_files import ProjectFiles, Reader

_PAGE = 100


@dataclass(frozen=True)
class Edited:
    """A file's new content, and what the journal says of the change: what stood there and what stands there now."""

    content: str
    before: str | None = None
    after: str | None = None


@dataclass(frozen=True)
class ProjectEdit:
    """One change of one file; `intent` is its subject, `key` makes it repeatable."""

    file: str
    kind: ChangeKind
    action: ChangeAction
    key: str
    intent: str | None = None
    reason: str = ""


class _NothingToDoError(Exception):
    """The file is as it should be."""


class ProjectEdits:
    """Over the project's files and their journal."""

    def __init__(self, files: ProjectFiles, store: Store) -> None:
        self._files = files
        self._store = store

    async def edit(self, staff: Staff, edit: ProjectEdit, change: Callable[[str], Edited]) -> Change | None:
        """Put `change` of the file's content (empty where there is none) in its place; gives the journal's entry.

        None where that changes nothing. The same key again changes nothing and gives the former entry. Raises what
        `change` raises, and DiskFullError.
        """

        def plan(reader: Reader) -> Planned:
            old = reader.text(edit.file)
            done = change(old or "")
            if done.content == (old or ""):
                raise _NothingToDoError
            return Planned(
                kind=edit.kind,
                action=edit.action,
                files=[(edit.file, done.content)],
                intent=edit.intent,
                before=done.before,
                after=done.after,
            )

        try:
            return await self._files.change(staff, plan, key=edit.key, reason=edit.reason)
        except _NothingToDoError:
            return None

    async def changes_of(self, kind: ChangeKind, intent: str) -> list[Change]:
        """The journal's entries of this kind about `intent`, newest first."""
        found: list[Change] = []
        before: int | None = None
        async with self._store.read() as work:
            while True:
                page = await work.training_changes.page(before, _PAGE, like=intent)
                found += [change for change in page if change.kind is kind]
                if len(page) < _PAGE:
                    return found
                before = page[-1].number
