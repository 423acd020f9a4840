"""What trainers have changed, kept in git once a model that was trained with it is published."""

from __future__ import annotations

import asyncio
import logging
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from bot.services.ports import Store
from bot.services.trainer.project_files import ProjectFiles

logger = logging.getLogger(__name__)
_SECONDS = 30
_DOMAIN = "helpdesk.invalid"
# Nothing that the repository's settings would start, and nothing that asks a person.
_QUIET = ("core.hooksPath=/dev/null", "core.fsmonitor=false", "commit.gpgSign=false", "gc.auto=0", "maintenance.auto=0")
_HOOKLESS = [part for setting in _QUIET for part in ("-c", setting)]


class PublishedVersion(Protocol):
    """A version of the model, as far as it is told here."""

    @property
    def number(self) -> int: ...

    @property
    def note(self) -> str: ...

    @property
    def by_name(self) -> str:
        """Who had it trained."""
        ...

    @property
    def published_by(self) -> str | None: ...


class GitHistory:
    """`bot.services.ports.releases.PublishedSet`: a commit of the files that the published changes touched.

    `mark` is a file that holds the number of a version from before it is published until it is committed.
    """

    def __init__(self, store: Store, files: ProjectFiles, root: Path, mark: Path) -> None:
        self._store = store
        self._files = files
        self._root = root
        self._mark = mark

    async def expect(self, version: PublishedVersion) -> None:
        """Notes the version that is about to be published. Raises OSError."""
        self._mark.write_text(f"{version.number}\n")

    async def make_up(self) -> None:
        """Commits what a process has published that died before it could commit; at the start, before another does."""
        try:
            number = int(self._mark.read_text())
        except (FileNotFoundError, ValueError):
            return
        async with self._store.read() as work:
            serving, version = await work.versions.serving(), await work.versions.get(number)
        if serving is not None and serving.version == number and version is not None:
            await self.commit_published(version)
        else:
            self._mark.unlink(missing_ok=True)

    async def commit_published(self, version: PublishedVersion) -> None:
        """One commit by whoever published it; where that cannot be, the log says why. What is published stays so."""
        try:
            await self._commit_published(version)
        finally:
            self._mark.unlink(missing_ok=True)

    async def _commit_published(self, version: PublishedVersion) -> None:
        await self._files.look()  # no file is half of a change
        async with self._store.read() as work:
            paths = await work.training_changes.paths_of(version.number)
            everybody = await work.staff.all()
        name = version.published_by or version.by_name
        username = next((staff.username for staff in everybody if staff.display_name == name), "trainer")
        message = f"Model {version.number}" + (f": {version.note}" if version.note else "")
        problem = await asyncio.to_thread(commit, self._root, name, f"{username}@{_DOMAIN}", message, paths)
        if problem:
            logger.warning("Version %d is published, but not kept in git: %s", version.number, problem)


def commit(root: Path, name: str, email: str, message: str, paths: Sequence[str]) -> str | None:
    """Commits `paths` (below `root`) as they are, and nothing else: what somebody has staged meanwhile stays staged.

    Gives what went wrong, in git's words; None where nothing did, had changed, or `root` is no git work tree.
    """
    try:
        if not paths or _git(root, "rev-parse", "--is-inside-work-tree").returncode != 0:
            return None
        status = _git(root, "status", "--porcelain=v1", "-z", "--no-renames", "--untracked-files=all", "--", *paths)
        if status.returncode != 0:
            return _problem(status)
        prefix = _git(root, "rev-parse", "--show-prefix").stdout.strip("\n")
        entries = [entry for entry in status.stdout.split("\0") if entry]
        changed = [entry[3:].removeprefix(prefix) for entry in entries]
        fresh = [entry[3:].removeprefix(prefix) for entry in entries if entry.startswith("??")]
        if not changed:
            return None
        if fresh:  # `commit --only` knows no file that git has never heard of
            heard = _git(root, "add", "--intent-to-add", "--", *fresh)
            if heard.returncode != 0:
                return _problem(heard)
        author = f"{_one_line(name)} <{email}>"
        options = ["--only", "--no-verify", "--quiet", "--cleanup=verbatim", f"--author={author}", "--file=-"]
        done = _git(root, "commit", *options, "--", *changed, given=f"{message}\n", committer=(_one_line(name), email))
        return _problem(done) if done.returncode != 0 else None
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)


def _git(
    root: Path, *arguments: str, given: str = "", committer: tuple[str, str] = ("helpdesk", f"helpdesk@{_DOMAIN}")
) -> subprocess.CompletedProcess[str]:
    # Whoever started the helpdesk may have worked on another repository.
    environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    environment |= {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0"}
    environment |= {"GIT_COMMITTER_NAME": committer[0], "GIT_COMMITTER_EMAIL": committer[1]}
    command = ["git", "--literal-pathspecs", *_HOOKLESS, *arguments]
    return subprocess.run(
        command,
        cwd=root,
        env=environment,
        input=given,
        capture_output=True,
        encoding="utf-8",
        errors="surrogateescape",
        timeout=_SECONDS,
        check=False,
    )


def _problem(done: subprocess.CompletedProcess[str]) -> str:
    return done.stderr.strip() or done.stdout.strip() or f"git ended with {done.returncode}"


def _one_line(name: str) -> str:
    return " ".join("".join(sign for sign in name if sign not in "<>\0").split()) or "trainer"
