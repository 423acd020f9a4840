"""Runs the kept tests with a model, in a process of its own."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections import deque
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from bot.errors import HelpdeskError

_LINES_KEPT = 5
_LONGEST_LINE = 2**22


class TestRunError(HelpdeskError):
    """The tests could not be run; the detail says why, for the log."""

    __test__ = False  # nothing for pytest
    code = "test_run_failed"
    message = "Uji tidak dapat dijalankan. Model yang melayani pelanggan tidak terpengaruh; coba lagi."


async def run_kept_tests(
    model: Path | None,
    progress: Callable[[int, int], None],
    *,
    root: Path,
    environment: Mapping[str, str] | None = None,
) -> Mapping[str, Any]:
    """What `helpdesk tests --json` prints last: for ResultFile.keep. `progress` gets how many of how many are done.

    `root`: the project folder. Cancelling ends the process. Raises TestRunError.
    """
    arguments = ["-m", "bot.cli", "tests", "--json", *(("--model", str(model)) if model else ())]
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, *arguments),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={**(environment or os.environ), "HELPDESK_PROJECT": str(root)},
        limit=_LONGEST_LINE,
    )
    assert process.stdout is not None  # noqa: S101 - a pipe was asked for
    assert process.stderr is not None  # noqa: S101
    said: deque[str] = deque(maxlen=_LINES_KEPT)
    reading = asyncio.create_task(_drain(process.stderr, said))
    results = None
    try:
        async for line in process.stdout:
            results = _step(line, progress) or results
        await process.wait()
        await reading
    finally:
        reading.cancel()
        if process.returncode is None:
            process.kill()
            await process.wait()
    if results is None or process.returncode not in {0, 1}:
        raise TestRunError(f"helpdesk tests ended with {process.returncode}: {' | '.join(said)}")
    return results


def _step(line: bytes, progress: Callable[[int, int], None]) -> Mapping[str, Any] | None:
    """The results, if the line holds them."""
    try:
        data = json.loads(line)
    except ValueError:
        return None
    if not isinstance(data, dict):
        return None
    if "messages" in data:
        return data
    if isinstance(data.get("done"), int) and isinstance(data.get("all"), int):
        progress(data["done"], data["all"])
    return None


async def _drain(stream: asyncio.StreamReader, said: deque[str]) -> None:
    async for line in stream:
        said.append(line.decode(errors="replace").strip())
