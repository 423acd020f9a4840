"""Publishing in the real stack while customers write; whatever breaks, the live model goes on."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.services.releases.problems import DISK_FULL, LIVE_GOES_ON, OUT_OF_MEMORY
from tests.publishing import Workshop, Writing, wait_for

pytestmark = [pytest.mark.rasa, pytest.mark.timeout(900)]

logger = logging.getLogger(__name__)
QUESTION = "Bisa bayar pakai QRIS tidak?"


@pytest.fixture(name="workshop", scope="module")
def _workshop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workshop]:
    workshop = Workshop(tmp_path_factory.mktemp("publishing"))
    workshop.start()
    yield workshop
    assert workshop.stack.stop() == 0


@pytest.fixture(name="goes_on", autouse=True)
def _goes_on(workshop: Workshop) -> Iterator[None]:
    """Customers write all the while; afterwards the live model is the same one and answers as before."""
    before = workshop.live(), Writing(workshop.stack).say(QUESTION)
    with Writing(workshop.stack), Writing(workshop.stack):
        yield
    assert (workshop.live(), Writing(workshop.stack).say(QUESTION)) == before


def test_a_publish_and_taking_it_back(workshop: Workshop) -> None:
    """Groups of the inbox that nobody has looked at are formed anew by it."""
    number, _ = workshop.add_version()
    Writing(workshop.stack).say("resep rendang padang yang enak gimana ya")
    wait_for(workshop.groups)
    groups = workshop.groups()
    job, loading = workshop.publish(number)
    assert (job["state"], job["problem"], workshop.live()) == ("done", None, number)
    wait_for(lambda: all(workshop.groups()[group] > revision for group, revision in groups.items()))
    job, back = workshop.publish(1)
    assert (job["state"], job["problem"], workshop.live()) == ("done", None, 1)
    logger.info("published in %.1f s, taken back in %.1f s", loading, back)


def test_a_file_that_is_cut_in_half_is_refused(workshop: Workshop) -> None:
    number, file = workshop.add_version()
    os.truncate(file, file.stat().st_size // 2)
    refused = workshop.begin(f"/versions/{number}/publish")["error"]
    assert refused["code"] == "version_unusable"
    assert "rusak" in refused["message"]


def test_a_file_that_holds_no_model_fails_and_says_so(workshop: Workshop) -> None:
    number, file = workshop.add_version()
    with tarfile.open(file, "w:gz") as archive:
        archive.add(workshop.project / "config.yml", "config.yml")
    job, _ = workshop.publish(number)
    assert job["state"] == "failed"
    assert "tidak dapat dimuat" in job["problem"]
    assert LIVE_GOES_ON in job["problem"]


def test_the_new_server_is_killed_while_it_loads(workshop: Workshop) -> None:
    """It is started again, or the job fails; then version 1 is served as before, or is taken back here."""
    number, file = workshop.add_version()
    workshop.begin(f"/versions/{number}/publish")
    wait_for(lambda: _processes(file.name))
    (pid,) = _processes(file.name)
    os.kill(pid, signal.SIGKILL)
    job = workshop.ended()
    if job["state"] == "done":
        assert workshop.live() == number
        assert workshop.publish(1)[0]["state"] == "done"
    else:
        assert LIVE_GOES_ON in job["problem"]


def test_yaml_broken_by_hand_fails_with_file_and_line(workshop: Workshop) -> None:
    file = workshop.project / "data/nlu/salam.yml"
    whole = file.read_text(encoding="utf-8")
    try:
        file.write_text(f'{whole.rstrip()}\nrusak: "a" b\n', encoding="utf-8")
        workshop.begin("/training")
        job = workshop.ended()
    finally:
        file.write_text(whole, encoding="utf-8")
    assert job["state"] == "failed"
    assert f"data/nlu/salam.yml baris {len(whole.rstrip().splitlines()) + 1} " in job["problem"]
    assert LIVE_GOES_ON in job["problem"]


def test_a_full_disk_fails_and_says_so(workshop: Workshop) -> None:
    folder = workshop.stack.home / "trainer" / "work"
    folder.mkdir(parents=True, exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "none", str(folder)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("this account may not mount a small file system")
    try:
        workshop.begin("/training")
        job = workshop.ended()
    finally:
        subprocess.run(["umount", str(folder)], check=True)  # noqa: S607
    assert (job["state"], job["problem"]) == ("failed", DISK_FULL)


def test_a_training_killed_by_the_kernel_says_that_memory_is_gone(workshop: Workshop) -> None:
    workshop.begin("/training")
    words = "bot.nlu.train", str(workshop.stack.home)
    wait_for(lambda: _processes(*words))
    (pid,) = _processes(*words)
    os.kill(pid, signal.SIGKILL)
    job = workshop.ended()
    assert (job["state"], job["problem"]) == ("failed", OUT_OF_MEMORY)
    assert not list((workshop.stack.home / "trainer" / "work").iterdir()), "no copies are left behind"


def _processes(*words: str) -> list[int]:
    """Processes whose command line holds all these words."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_text(encoding="utf-8", errors="replace")
        except OSError:  # it is gone
            continue
        if all(word in command for word in words):
            found.append(int(process.name))
    return found
