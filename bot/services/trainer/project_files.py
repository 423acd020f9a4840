"""Changes of the project's files, one at a time, each written ahead in the journal (ADR 0024)."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import ParamSpec, TypeVar

from bot.errors import NotFoundError, SentenceGoneError
from bot.helpdesk.staff import Staff
from bot.helpdesk.workshop.changes import Change, ChangeAction, ChangeKind, ChangeState, Planned, Splice, digest
from bot.helpdesk.workshop.edits import takes_back
from bot.services.ports import Clock, Store, UnitOfWork
from bot.services.trainer.file_writing import lock_file, read_text, remove_leftovers, write_all

logger = logging.getLogger(__name__)
_Args = ParamSpec("_Args")
_Result = TypeVar("_Result")
LOCK = ".helpdesk.lock"
_PATTERNS = (
    *(f"data/{folder}/**/*.{ending}" for folder in ("nlu", "rules", "stories") for ending in ("yml", "yaml")),
    *("data/policy/*.yml", "data/tests/*", "domain.yml"),
)
# Who edits files by hand, as the history names them.
BY_HAND = "Penyuntingan berkas"


@dataclass(frozen=True)
class Reader:
    """The project's files as they are, while nobody else changes them."""

    root: Path

    def text(self, path: str) -> str | None:
        """The content of a file by its path below the project; None where there is none."""
        return read_text(self.root / path)


# Says what to write, from the files as they are; runs in a thread. What it raises leaves everything as it was.
Plan = Callable[[Reader], Planned]


class ProjectFiles:
    """Reads and changes files below `root`, whatever other processes of this machine do at the same time.

    A change that was acknowledged is in the files and in the journal, once; one that a crash cut off is carried on, or
    taken back, before the next one.
    """

    def __init__(self, store: Store, clock: Clock, root: Path) -> None:
        self._store = store
        self._clock = clock
        self._root = root
        # Only one waits for the lock file, in a thread: the others would use up the threads that its work needs.
        self._turn = asyncio.Lock()

    async def change(self, author: Staff, plan: Plan, *, key: str, reason: str = "") -> Change:
        """Writes what `plan` says; the same `key` again writes nothing and gives the former change.

        Raises what `plan` raises, and DiskFullError.
        """
        # Not to be stopped half-way by a client that hangs up: the thread that writes would go on all the same.
        return await asyncio.shield(self._change(author, plan, key, reason))

    async def undo(
        self,
        author: Staff,
        number: int,
        *,
        key: str,
        reason: str = "",
        otherwise: Callable[[Change], Plan] | None = None,
    ) -> Change:
        """Takes a change back by a further one.

        Where its place in the file has changed since, `otherwise` says how; without it, SentenceGoneError.
        Raises NotFoundError for no such change.
        """
        return await asyncio.shield(self._undo(author, number, key, reason, otherwise))

    async def done(self, key: str) -> Change | None:
        """The change that was made with `key`, all of it written."""
        return await asyncio.shield(self._done(key))

    async def look(self) -> None:
        """Carries on what a crash has cut off, and notes files that were edited by hand."""
        await asyncio.shield(self._look())

    async def _change(self, author: Staff, plan: Plan, key: str, reason: str) -> Change:
        async with self._locked():
            former = await self._former(key)
            if former is not None:
                return former
            planned = await _in_thread(plan, Reader(self._root))
            return await self._carry_out(author, planned, key, reason)

    async def _undo(
        self, author: Staff, number: int, key: str, reason: str, otherwise: Callable[[Change], Plan] | None
    ) -> Change:
        async with self._locked():
            former = await self._former(key)
            if former is not None:
                return former
            async with self._store.read() as work:
                change = await work.training_changes.get(number)
            if change is None or not change.splices:
                raise NotFoundError("no such change")
            if not change.can_undo:
                raise SentenceGoneError("the change was taken back already")
            try:
                planned = await _in_thread(_taking_back, change, Reader(self._root))
            except SentenceGoneError:
                if otherwise is None:
                    raise
                planned = await _in_thread(otherwise(change), Reader(self._root))
            return await self._carry_out(author, planned, key, reason)

    async def _done(self, key: str) -> Change | None:
        async with self._locked():
            return await self._former(key)

    async def _look(self) -> None:
        async with self._locked():
            found = await _in_thread(digests, self._root)
            async with self._store.begin() as work:
                known = await work.training_changes.digests()
                for path in sorted({*found, *known}):
                    now = found.get(path, "")
                    if path in known and known[path] != now:
                        await work.training_changes.add(self._by_hand(path))
                fresh = [(path, now) for path, now in found.items() if known.get(path) != now]
                gone = [(path, "") for path, was in known.items() if was and path not in found]
                await work.training_changes.set_digests([*fresh, *gone])
                await work.commit()

    async def _former(self, key: str) -> Change | None:
        async with self._store.read() as work:
            return await work.training_changes.by_key(key)

    async def _carry_out(self, author: Staff, planned: Planned, key: str, reason: str) -> Change:
        old = {path: await _in_thread(read_text, self._root / path) for path, _ in planned.files}
        change = Change(
            number=0,
            at=self._clock.now(),
            staff_id=author.id,
            by=author.display_name,
            kind=planned.kind,
            action=planned.action,
            intent=planned.intent,
            before=planned.before,
            after=planned.after,
            to_intent=planned.to_intent,
            reason=reason,
            undoes=planned.undoes,
            state=ChangeState.PLANNED,
            splices=tuple(Splice.between(path, old[path], new) for path, new in planned.files),
            key=key,
        )
        async with self._store.begin() as work:
            known = await work.training_changes.digests()
            for path, text in old.items():
                if path in known and known[path] != digest(text):
                    await work.training_changes.add(self._by_hand(path))
            await work.training_changes.set_digests([(path, digest(text)) for path, text in old.items()])
            number = await work.training_changes.add(change)
            await work.commit()
        try:
            await _in_thread(write_all, [(self._root / path, new) for path, new in planned.files])
        except Exception:
            await self._settle()
            raise
        async with self._store.begin() as work:
            await self._finish(work, number, change)
            await work.commit()
            done = await work.training_changes.get(number)
        assert done is not None  # noqa: S101 - it was added above
        return done

    async def _finish(self, work: UnitOfWork, number: int, change: Change) -> None:
        await work.training_changes.set_state(number, ChangeState.DONE)
        if change.undoes is not None:
            await work.training_changes.set_undone(change.undoes, number)
            undone = await work.training_changes.get(change.undoes)
            if undone is not None and undone.undoes is not None:  # what that one took back holds again
                await work.training_changes.set_undone(undone.undoes, None)
        await work.training_changes.set_digests([(splice.path, splice.after) for splice in change.splices])

    async def _settle(self) -> None:
        """Brings every planned change to its end: all of its files written, or none."""
        async with self._store.begin() as work:
            for change in await work.training_changes.planned():
                state = await _in_thread(self._roll, change)
                if state is ChangeState.DONE:
                    await self._finish(work, change.number, change)
                elif state is ChangeState.REFUSED:
                    logger.warning("Change %d was given up: a file of it was edited by hand", change.number)
                    await work.training_changes.refuse(change.number)
                else:
                    await work.training_changes.forget(change.number)
            await work.commit()

    def _roll(self, change: Change) -> ChangeState:
        """DONE where the change is in the files now: forward, where one is written already. PLANNED where none is.

        What was edited by hand in between stays so, around the change. REFUSED where it hides whether the change is in
        that file; then the others are as they were before.
        """
        for splice in change.splices:
            remove_leftovers(self._root / splice.path)
        files = [(splice, self._root / splice.path, read_text(self._root / splice.path)) for splice in change.splices]
        written = [(splice, path, text) for splice, path, text in files if splice.is_in(text)]
        waiting = [(s, path, text) for s, path, text in files if not s.is_in(text) and s.inverse.is_in(text)]
        if len(written) + len(waiting) < len(files):
            write_all([(path, splice.taken_back(text)) for splice, path, text in written])
            return ChangeState.REFUSED
        if not written:
            return ChangeState.PLANNED
        write_all([(path, splice.inverse.taken_back(text)) for splice, path, text in waiting])
        return ChangeState.DONE

    def _by_hand(self, path: str) -> Change:
        return Change(
            number=0,
            at=self._clock.now(),
            staff_id=None,
            by=BY_HAND,
            kind=ChangeKind.HAND,
            action=ChangeAction.EDIT,
            after=path,
        )

    @asynccontextmanager
    async def _locked(self) -> AsyncIterator[None]:
        async with self._turn:
            descriptor = await asyncio.to_thread(lock_file, self._root / LOCK)
            try:
                await self._settle()
                yield
            finally:
                os.close(descriptor)


async def _in_thread(function: Callable[_Args, _Result], /, *args: _Args.args, **kwargs: _Args.kwargs) -> _Result:
    """As asyncio.to_thread, but over only when the thread is: the lock must not be let go of while it writes."""
    running = asyncio.get_running_loop().run_in_executor(None, partial(function, *args, **kwargs))
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        await asyncio.wait([running])
        raise


def digests(root: Path) -> dict[str, str]:
    """What each file below `root` that decides about answers, or tests them, holds now."""
    paths = {path for pattern in _PATTERNS for path in root.glob(pattern) if path.is_file()}
    found = {}
    for path in paths:
        try:
            found[path.relative_to(root).as_posix()] = digest(read_text(path))
        except UnicodeDecodeError:
            continue  # named among the files that cannot be read
    return found


def _taking_back(change: Change, reader: Reader) -> Planned:
    texts = [(splice, reader.text(splice.path)) for splice in change.splices]
    files = [(splice.path, splice.taken_back(text)) for splice, text in texts]
    if change.kind is ChangeKind.SENTENCE:
        # Where lines were moved about by hand, those around it may be those of another topic.
        both = [(path, text or "", new or "") for (_, text), (path, new) in zip(texts, files)]
        if not takes_back(change, both):
            raise SentenceGoneError("the place of the change has changed since")
    return undoing(change, files)


def undoing(change: Change, files: Sequence[tuple[str, str | None]]) -> Planned:
    """What people see of a change that takes `change` back by writing `files`."""
    return Planned(
        kind=change.kind,
        action=ChangeAction.UNDO,
        files=files,
        intent=change.to_intent or change.intent,
        to_intent=change.intent if change.to_intent else None,
        before=change.after,
        after=change.before,
        undoes=change.number,
    )
