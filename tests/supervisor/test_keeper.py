"""One part kept up, with real processes."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from bot.supervisor.backoff import Backoff
from bot.supervisor.errors import StartError
from bot.supervisor.keeper import Keeper, Surroundings
from bot.supervisor.part import Part
from bot.supervisor.process import Guard
from tests.supervisor.parts import is_alive, make_part

# Each test starts processes and waits for them.
pytestmark = pytest.mark.slow

Keep = Callable[[Part], Awaitable[Keeper]]


@pytest.fixture(name="keep")
async def _keep(tmp_path: Path) -> AsyncIterator[Keep]:
    guard = await Guard.start()
    keepers: list[Keeper] = []
    shared = Surroundings(
        guard=guard,
        log_dir=tmp_path,
        changed=lambda: None,
        make_backoff=lambda: Backoff(first=0.01, longest=0.2),
    )

    async def keep(part: Part) -> Keeper:
        keepers.append(Keeper(part, shared))
        keepers[-1].start()
        return keepers[-1]

    yield keep
    for keeper in keepers:
        await keeper.kill()
    await guard.stop()


async def until(holds: Callable[[], object], limit: float = 8.0) -> None:
    """Waits for `holds()`, and fails when it does not come true in time."""
    end = asyncio.get_running_loop().time() + limit
    while not holds():
        assert asyncio.get_running_loop().time() < end, "not in time"
        await asyncio.sleep(0.01)


async def test_a_killed_part_is_started_again_on_its_port(keep: Keep, capsys: pytest.CaptureFixture[str]) -> None:
    """The operator reads one line about it."""
    keeper = await keep(make_part("web"))
    await until(lambda: keeper.is_healthy)
    first = keeper.pid
    assert first
    os.kill(first, signal.SIGKILL)
    await until(lambda: keeper.is_healthy and keeper.pid not in (None, first))
    assert not is_alive(first)
    assert "web was ended by signal 9; it is started again in" in capsys.readouterr().out


async def test_what_a_killed_part_had_started_goes_with_it(keep: Keep, tmp_path: Path) -> None:
    """Else it would hold ports and files of the next one."""
    keeper = await keep(make_part("web", "parent"))
    await until(lambda: keeper.is_healthy)
    child = int((tmp_path / "web.log").read_text().split("child ")[1].split()[0])
    first = keeper.pid
    assert first
    assert is_alive(child)
    os.kill(first, signal.SIGKILL)
    await until(lambda: not is_alive(child))


async def test_a_deaf_part_is_killed_and_started_again(
    keep: Keep, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """A process that lives but answers nothing is of no use."""
    part = make_part("rasa", "stubborn")
    keeper = await keep(part)
    await until(lambda: keeper.is_healthy)
    first = keeper.pid
    _, writer = await asyncio.open_connection("127.0.0.1", part.port)
    writer.write(b"GET /hang HTTP/1.0\r\n\r\n")
    await until(lambda: keeper.is_healthy and keeper.pid not in (None, first))
    writer.close()
    assert "rasa failed its health check 2 times" in capsys.readouterr().out


async def test_a_stopped_process_is_deaf_too(keep: Keep) -> None:
    """SIGSTOP stands for a process that the system does not let run."""
    keeper = await keep(make_part("rasa"))
    await until(lambda: keeper.is_healthy)
    first = keeper.pid
    assert first
    os.kill(first, signal.SIGSTOP)
    await until(lambda: keeper.is_healthy and keeper.pid not in (None, first))


async def test_a_part_that_cannot_start_is_reported_once_and_without_traceback(
    keep: Keep, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is tried again all the same."""
    starts: list[None] = []
    part = make_part("web", "dies")
    argv = part.argv

    def counted() -> list[str]:
        starts.append(None)
        return list(argv())

    await keep(make_part("web", "dies", argv=counted))
    await until(lambda: len(starts) >= 6)
    output = capsys.readouterr().out
    assert output.count("web cannot start: it ended with exit code 1, 5 times in a row.") == 1
    assert "  web: RuntimeError: no such setting" in output
    assert "Traceback" not in output
    assert output.count("\n") <= 9


async def test_a_missing_program_is_reported(keep: Keep, capsys: pytest.CaptureFixture[str]) -> None:
    """In words."""
    keeper = await keep(make_part("web", argv=lambda: ["/no/such/program"]))
    await until(lambda: "cannot be run" in capsys.readouterr().out)
    assert not keeper.is_healthy


async def test_a_part_that_never_answers_is_killed_after_its_limit(
    keep: Keep, capsys: pytest.CaptureFixture[str]
) -> None:
    """Waiting for ever would look like a start that is merely slow."""
    await keep(make_part("web", health_url="http://127.0.0.1:9/health", start_limit=0.2))
    await until(lambda: "web was not ready within 0.2 s" in capsys.readouterr().out)


async def test_a_broken_part_says_why_once(keep: Keep, capsys: pytest.CaptureFixture[str]) -> None:
    """Rasa without its model answers, but never well."""
    keeper = await keep(make_part("rasa", "broken"))
    await until(lambda: keeper.broken)
    await asyncio.sleep(0.3)
    assert capsys.readouterr().out == "rasa cannot start: The file x is broken: delete it.\n"


async def test_a_part_without_what_it_needs_says_so(keep: Keep, capsys: pytest.CaptureFixture[str]) -> None:
    """There may be no model any more when Rasa is started again."""

    def no_model() -> list[str]:
        raise StartError("There is no trained model.")

    keeper = await keep(make_part("rasa", argv=no_model))
    await until(lambda: keeper.broken)
    assert capsys.readouterr().out == "rasa cannot start: There is no trained model.\n"


async def test_a_stubborn_part_is_killed_after_its_stop_limit(keep: Keep) -> None:
    """It was asked first."""
    keeper = await keep(make_part("web", "stubborn"))
    await until(lambda: keeper.is_healthy)
    pid = keeper.pid
    assert pid
    await keeper.stop()
    assert not is_alive(pid)


async def test_kill_in_the_middle_of_a_start_leaves_nothing(keep: Keep) -> None:
    """The second Ctrl-C may come at any time."""
    part = make_part("web")
    for pause in (0.0, 0.005, 0.02):
        keeper = await keep(part)
        await asyncio.sleep(pause)
        await keeper.kill()
        pid = keeper.pid
        assert pid is None or not is_alive(pid)
