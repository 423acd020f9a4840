"""The parts of the helpdesk and how each is started."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar
from urllib.parse import quote

from bot.served_model import LISTENING, SLOTS, model_path, wanted_slots
from bot.supervisor.part import Part
from bot.supervisor.secret_file import Secrets
from bot.supervisor.settings import SupervisorSettings
from bot.supervisor.slots import SlotPlan
from bot.training import unusable_model_line

_COMMON = {"PYTHONUNBUFFERED": "1", "RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "2"}

# Only the web process talks to the payment service; an empty variable counts as not set.
_WITHOUT_KEYS = {"HELPDESK_MIDTRANS_SERVER_KEY": ""}


@dataclass(frozen=True)
class Ports:
    """On loopback: the action server, the trainers' jobs, and the Rasa server of each slot."""

    actions: int
    trainer: int
    rasa: Mapping[str, int]

    @classmethod
    def of(cls, ports: Sequence[int]) -> Ports:
        """From as many free ports as `count` says."""
        actions, trainer, *rasa = ports
        return cls(actions, trainer, dict(zip(SLOTS, rasa)))

    count: ClassVar[int] = 2 + len(SLOTS)


def helpdesk_parts(settings: SupervisorSettings, secrets: Secrets, ports: Ports) -> list[Part]:
    """Action server, web server and what runs trainers' jobs; only the web server faces the outside."""
    common = _common(settings)
    actions_url = f"http://127.0.0.1:{ports.actions}"
    inner = {
        **common,
        "HELPDESK_RASA_URL": f"http://127.0.0.1:{ports.rasa[SLOTS[0]]}",
        "HELPDESK_RASA_SLOTS": " ".join(f"{slot}=http://127.0.0.1:{port}" for slot, port in ports.rasa.items()),
        "HELPDESK_RASA_TOKEN": secrets.rasa_token,
        "HELPDESK_ACTIONS_URL": actions_url,
        "HELPDESK_SECRET_KEY": secrets.secret_key,
    }
    return [
        Part(
            name="actions",
            argv=lambda: [sys.executable, "-m", "rasa_sdk", "--actions", "actions", "--port", str(ports.actions)],
            # The supported way to keep rasa_sdk off the network.
            env={**common, **_WITHOUT_KEYS, "SANIC_HOST": "127.0.0.1"},
            cwd=settings.root,
            port=ports.actions,
            health_url=f"{actions_url}/health",
        ),
        Part(
            name="web",
            argv=lambda: [sys.executable, "-m", "bot.web"],
            env={**inner, "PORT": str(settings.port), "HELPDESK_HOST": settings.host},
            cwd=settings.root,
            port=settings.port,
            health_url=f"{settings.url}/healthz",
            stop_order=0,
            stop_limit=10.0,
        ),
        Part(
            name="trainer",
            argv=lambda: [sys.executable, "-m", "bot.trainer"],
            env={**inner, **_WITHOUT_KEYS, "PORT": str(ports.trainer)},
            cwd=settings.root,
            port=ports.trainer,
            health_url=f"http://127.0.0.1:{ports.trainer}/health",
            stop_order=0,
        ),
    ]


def rasa_slots(settings: SupervisorSettings, secrets: Secrets, ports: Ports) -> SlotPlan:
    """A Rasa server for each slot, with the model that is wanted there."""

    def part(slot: str, file: str) -> Part:
        return _rasa_part(settings, secrets, ports, slot, model_path(settings.home, file))

    return SlotPlan(lambda: wanted_slots(settings.home), part)


def _common(settings: SupervisorSettings) -> dict[str, str]:
    return {
        **_COMMON,
        "HELPDESK_HOME": str(settings.home),
        "HELPDESK_DATABASE_URL": settings.database_url,
        "HELPDESK_PROJECT": str(settings.project),
    }


def _rasa_part(settings: SupervisorSettings, secrets: Secrets, ports: Ports, slot: str, model: Path) -> Part:
    port = ports.rasa[slot]
    return Part(
        name=slot,
        argv=lambda: [
            # A candidate that listens must not take the processor from the one that answers.
            *(("nice", "-n", "10") if slot == LISTENING else ()),
            # The token joined to its option: one of 64 begins with a dash, and would be taken for another option.
            *(sys.executable, "-m", "bot.nlu.serve", "run", "--enable-api", f"--auth-token={secrets.rasa_token}"),
            *("-i", "127.0.0.1", "-p", str(port), "--endpoints", "deploy/rasa/endpoints.yml"),
            *("--credentials", "deploy/rasa/credentials.yml"),
            *("-m", str(model)),
        ],
        env={
            **_common(settings),
            **_WITHOUT_KEYS,
            # The matrices of a message are small. With more threads OpenBLAS shares them out all the same, and the
            # others then wait in a busy loop, which takes as much processor time as the message itself.
            "OPENBLAS_NUM_THREADS": "1",
            "RASA_ACTIONS_URL": f"http://127.0.0.1:{ports.actions}/webhook",
            # The token of our channel (deploy/rasa/credentials.yml).
            "HELPDESK_RASA_TOKEN": secrets.rasa_token,
            "RASA_TRACKER_DB": str(settings.home / "tracker.db"),
        },
        cwd=settings.root,
        port=port,
        # Loading a model blocks Rasa's event loop for seconds, which is no reason to kill it.
        health_url=f"http://127.0.0.1:{port}/status?token={quote(secrets.rasa_token, safe='')}",
        start_limit=180.0,
        probe_limit=10.0,
        # Rasa comes up without a model when it cannot load the file, and then answers "conflict".
        broken_statuses={409: lambda: unusable_model_line(model)},
    )
