"""Log files: rotation and reading back."""

from pathlib import Path

import pytest

from bot.supervisor.logs import open_log, plain_lines, tail, without_noise


def test_a_small_log_is_appended_to(tmp_path: Path) -> None:
    """Nothing of the run before is lost."""
    path = tmp_path / "logs" / "web.log"
    for text in (b"one\n", b"two\n"):
        with open_log(path) as log:
            log.write(text)
    assert path.read_bytes() == b"one\ntwo\n"


def test_a_large_log_is_rotated_and_old_ones_are_dropped(tmp_path: Path) -> None:
    """The newest three old files stay."""
    path = tmp_path / "web.log"
    for number in range(6):
        with open_log(path, max_bytes=3) as log:
            log.write(f"run {number}\n".encode())
    contents = {file.name: file.read_text() for file in tmp_path.iterdir()}
    assert contents == {
        "web.log": "run 5\n",
        "web.log.1": "run 4\n",
        "web.log.2": "run 3\n",
        "web.log.3": "run 2\n",
    }


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a\nb", ["a", "b"]),
        ("\x1b[92mgreen\x1b[0m", ["green"]),
        ("0%\r50%\r100% done", ["100% done"]),
        ("dos\r\nline", ["dos", "line"]),
        ("bell\x07\x00", ["bell"]),
    ],
)
def test_lines_are_plain_text(text: str, lines: list[str]) -> None:
    """No colours, no control characters, only the last state of a progress bar."""
    assert plain_lines(text) == lines


def test_tracebacks_and_warnings_are_left_out() -> None:
    """The error that a traceback ends in stays."""
    text = """starting
/lib/x.py:52: DeprecationWarning: old
  from jax import y
Traceback (most recent call last):
  File "x.py", line 1, in <module>
    import nope

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "y.py", line 2
ModuleNotFoundError: No module named 'nope'
"""
    assert without_noise(text.splitlines()) == ["starting", "ModuleNotFoundError: No module named 'nope'"]


def test_tail_starts_where_this_run_started(tmp_path: Path) -> None:
    """Lines of an earlier run are not shown again."""
    path = tmp_path / "x.log"
    path.write_text("earlier\nnow 1\nnow 2\nnow 3\n")
    assert tail(path, len("earlier\n"), 2) == ["now 2", "now 3"]
    assert tail(path, len("earlier\n"), 9) == ["now 1", "now 2", "now 3"]
    assert tail(tmp_path / "missing.log", 0, 9) == []
