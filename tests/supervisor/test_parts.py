"""What the parts are started with."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.supervisor.part import Part
from bot.supervisor.parts import Ports, helpdesk_parts, rasa_slots
from bot.supervisor.process import Guard, PartProcess
from bot.supervisor.secret_file import load_secrets
from bot.supervisor.settings import SupervisorSettings

_ENCODER = {
    "HELPDESK_ENCODER_URL": "http://127.0.0.1:8081/v1",
    "HELPDESK_ENCODER_MODEL": "e5",
    "HELPDESK_ENCODER_KEY": "s3cret",
    "HELPDESK_ENCODER_PREFIX": "query:",
    "HELPDESK_ENCODER_TIMEOUT": "7",
}
_SHOW = "import os; [print(f'{n}={v}') for n, v in sorted(os.environ.items()) if n.startswith('HELPDESK_ENCODER')]"

_SHOW_THREADS = (
    "import numpy, threadpoolctl;"
    "print({pool['num_threads'] for pool in threadpoolctl.threadpool_info() if pool['user_api'] == 'blas'})"
)


def test_rasa_gets_the_settings_of_the_encoder_and_nobody_sees_the_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In its environment; neither its arguments nor the files of the home hold the key."""
    for name, value in _ENCODER.items():
        monkeypatch.setenv(name, value)
    settings = SupervisorSettings.from_env({**_ENCODER, "HELPDESK_HOME": str(tmp_path)})
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "m.tar.gz").touch()
    parts = _parts(settings, _ENCODER)
    assert [part.name for part in parts if "s3cret" in " ".join(part.argv())] == []
    assert [path for path in tmp_path.rglob("*") if path.is_file() and b"s3cret" in path.read_bytes()] == []
    rasa = next(part for part in parts if part.name == "rasa-a")
    shown = asyncio.run(_output_of(_SHOW, rasa.env, tmp_path / "out"))
    assert shown.splitlines() == [f"{name}={_ENCODER[name]}" for name in sorted(_ENCODER)]


def test_only_the_web_process_gets_the_key_of_the_payment_service(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rasa and the action server have no use for it."""
    monkeypatch.setenv("HELPDESK_MIDTRANS_SERVER_KEY", "s3cret")
    settings = SupervisorSettings.from_env({"HELPDESK_HOME": str(tmp_path)})
    show = "import os; print('key', os.environ.get('HELPDESK_MIDTRANS_SERVER_KEY'))"
    shown = {
        part.name: asyncio.run(_output_of(show, part.env, tmp_path / part.name)).split()[1:]
        for part in _parts(settings, {})
    }
    assert shown == {"actions": [], "rasa-a": [], "trainer": [], "web": ["s3cret"]}


def test_one_thread_works_out_the_matrices_of_rasa(tmp_path: Path) -> None:
    """Others would wait in a busy loop after each message."""
    settings = SupervisorSettings.from_env({"HELPDESK_HOME": str(tmp_path)})
    rasa = next(part for part in _parts(settings, {}) if part.name == "rasa-a")
    assert asyncio.run(_output_of(_SHOW_THREADS, rasa.env, tmp_path / "out")).split() == ["{1}"]


def test_a_token_that_begins_with_a_dash_is_no_option_of_rasas(tmp_path: Path) -> None:
    settings = SupervisorSettings.from_env({"HELPDESK_HOME": str(tmp_path)})
    rasa = next(part for part in _parts(settings, {"HELPDESK_RASA_TOKEN": "-t0ken"}) if part.name == "rasa-a")
    parser = argparse.ArgumentParser()
    parser.add_argument("-t", "--auth-token")
    assert parser.parse_known_args(rasa.argv())[0].auth_token == "-t0ken"


def _parts(settings: SupervisorSettings, environ: Mapping[str, str]) -> list[Part]:
    """All that run after a start: the Rasa server of the first slot is among them."""
    secrets, ports = load_secrets(settings.home, environ), Ports.of(range(1, Ports.count + 1))
    return [*helpdesk_parts(settings, secrets, ports), rasa_slots(settings, secrets, ports).part("rasa-a", "m.tar.gz")]


async def _output_of(script: str, environment: Mapping[str, str], log: Path) -> str:
    guard = await Guard.start()
    process = await PartProcess.start([sys.executable, "-c", script], environment, None, log, guard)
    await asyncio.wait_for(process.wait(), 30)
    await process.kill()
    await guard.stop()
    return await asyncio.to_thread(log.read_text)
