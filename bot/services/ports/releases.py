"""What training, comparing and publishing models need from outside."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from bot.helpdesk.releases.comparing import Understood
from bot.helpdesk.releases.jobs import Job, JobState, Progress
from bot.helpdesk.releases.versions import ModelVersion, Serving

if TYPE_CHECKING:
    from bot.services.ports import UnitOfWork


class JobRepository(Protocol):
    """Jobs; at most one of them waits or runs. Who runs a job holds a lease on it."""

    async def add(self, job: Job) -> bool:
        """False when another one is active; the row is then not there."""
        ...

    async def get(self, job_id: str) -> Job | None: ...

    async def by_key(self, key: str) -> Job | None: ...

    async def newest(self) -> Job | None: ...

    async def active(self) -> Job | None: ...

    async def ask_to_cancel(self, job_id: str, now: datetime) -> bool:
        """A waiting job ends at once, a running one is asked to; False when it has ended already."""
        ...

    async def claim(self, holder: str, now: datetime, until: datetime) -> Job | None:
        """The job that waits, for `holder` from now on."""
        ...

    async def note(self, job_id: str, holder: str, progress: Progress, until: datetime) -> Job | None:
        """Tells how far it is and renews the lease; None when `holder` has lost it."""
        ...

    async def set_version(self, job_id: str, version: int) -> None: ...

    async def end(self, job_id: str, holder: str, state: JobState, now: datetime, problem: str | None) -> bool: ...

    async def fail_abandoned(self, now: datetime, problem: str) -> list[str]:
        """Jobs whose holder gave no sign of life until its lease was over fail; their ids."""
        ...


class VersionRepository(Protocol):
    """Versions of the model, and which of them is served."""

    async def add(self, version: ModelVersion) -> ModelVersion:
        """With the next free number, whatever number it comes with."""
        ...

    async def get(self, number: int) -> ModelVersion | None: ...

    async def put(self, version: ModelVersion) -> None: ...

    async def all(self) -> list[ModelVersion]:
        """Newest number first, without those whose rows were removed."""
        ...

    async def remove(self, number: int) -> None: ...

    async def serving(self) -> Serving | None: ...

    async def serve(self, serving: Serving) -> None:
        """Replaces the one row."""
        ...


@dataclass(frozen=True)
class Difference:
    """A message that two models understand differently; `text` is masked."""

    id: int
    text: str
    at: datetime
    live: Understood
    candidate: Understood


@dataclass(frozen=True)
class HeardMessage:
    """A customer's message with the bot's answer to it."""

    conversation_id: str
    seq: int
    at: datetime
    text: str
    understood: Understood


# Where an answer stands in the order of all answers.
Place = tuple[datetime, str, int]


class ShadowRepository(Protocol):
    """What a candidate that listens would have said."""

    async def note(self, version: int, heard: HeardMessage, difference: Difference | None) -> None:
        """The candidate has heard a message; what is different, if anything is, once for each message."""
        ...

    async def differences(self, version: int, *, before: int | None, limit: int) -> list[Difference]:
        """Newest first."""
        ...

    async def answered_since(self, at: datetime, after: Place | None, limit: int) -> list[tuple[Place, HeardMessage]]:
        """What customers typed and the bot has answered since `at`, beyond the answer at `after`, oldest first."""
        ...


class JobReport(Protocol):
    """How a job tells what it does; every call is a sign of life."""

    async def __call__(self, stage: str, percent: int, remaining: float | None = None) -> None:
        """Raises JobCancelledError when somebody has asked for that, or when the job was given to another process."""
        ...

    async def version(self, number: int) -> None:
        """The version that the job is about."""
        ...

    async def end_in(self, work: UnitOfWork) -> None:
        """The job is done with this very transaction.

        Raises JobCancelledError where it is not this process's any more.
        """
        ...


class JobWork(Protocol):
    """What is done for one kind of job. Raises JobFailedError with what the trainer reads."""

    async def __call__(self, job: Job, report: JobReport) -> None: ...


class TriedModel(Protocol):
    """A Rasa server whose answers are looked at and given to nobody."""

    async def loaded(self) -> str | None:
        """The file name of the model that it has; empty when it came up without one; None while it is not up."""
        ...

    async def try_text(self, text: str) -> Understood | None:
        """What it would make of `text` as a first message; None without an answer."""
        ...


class Slots(Protocol):
    """The places in which the supervisor keeps Rasa servers up."""

    def wanted(self) -> Mapping[str, str | None]:
        """File of a model by slot, as it was last asked for."""
        ...

    def want(self, slots: Mapping[str, str | None]) -> None:
        """Asks for exactly these; raises OSError when that cannot be written down."""
        ...

    def tried(self, slot: str) -> TriedModel: ...


class ModelFiles(Protocol):
    """The files of versions, below HELPDESK_HOME."""

    def is_complete(self, file: str) -> bool: ...

    def fits(self, version: ModelVersion) -> bool:
        """Whether it was trained by the code and configuration of now; any other may load wrongly, or not at all."""
        ...

    def path(self, file: str) -> str: ...

    def remove(self, version: ModelVersion) -> None: ...

    def comparison(self, number: int) -> Mapping[str, Any] | None:
        """What the comparison of this version has written, or None."""
        ...

    def picture(self, number: int, name: str) -> bytes | None: ...

    def note_live(self, version: ModelVersion, slot: str) -> None:
        """The next start, and commands without a server, take this version. Best effort."""
        ...


class PublishedSet(Protocol):
    """Keeps what was published, such as in git."""

    async def expect(self, version: ModelVersion) -> None:
        """Told before `version` goes live, so that a process that dies in between can be made up for."""
        ...

    async def commit_published(self, version: ModelVersion) -> None: ...


@dataclass(frozen=True)
class Trained:
    """What a training has made: the file of the model, and what it was made of."""

    file: str
    frame: str
    data_digest: str
    seconds: float
    sentences: int


class ModelMaking(Protocol):
    """Training and comparing in processes of their own. All raise JobFailedError with what the trainer reads."""

    async def snapshot(self, name: str) -> str:
        """Copies the project's files as they are now; the path of the copy."""
        ...

    async def train(self, snapshot: str, tell: Callable[[str], None]) -> Trained: ...

    async def compare(self, number: int, file: str, live: tuple[int, str] | None, snapshot: str) -> Mapping[str, Any]:
        """What was written as the comparison of version `number`."""
        ...

    async def keep_snapshot(self, snapshot: str, number: int) -> None: ...

    async def forget_snapshot(self, snapshot: str) -> None: ...

    async def cross_validate(self, number: int) -> Mapping[str, float]:
        """Over the kept snapshot of version `number`; its figures, and the guesses for the workshop."""
        ...
