"""What the supervisor has to know of a part."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Part:
    """One program that is kept up. It listens on `port`, which it keeps over restarts."""

    name: str
    # Asked anew at each start: Rasa is then started with the newest model.
    argv: Callable[[], Sequence[str]]
    port: int
    health_url: str
    # Added to the supervisor's own environment.
    env: Mapping[str, str] = field(default_factory=dict)
    cwd: Path | None = None
    # Seconds until it must be healthy, between two checks, for one check; failed checks in a row until it is killed.
    start_limit: float = 60.0
    probe_every: float = 5.0
    probe_limit: float = 5.0
    probe_failures: int = 3
    # Seconds between SIGTERM and SIGKILL; parts of a lower order are stopped first.
    stop_limit: float = 5.0
    stop_order: int = 1
    # Answers of the health check that waiting cannot mend, with the line for the operator.
    broken_statuses: Mapping[int, Callable[[], str]] = field(default_factory=dict)
