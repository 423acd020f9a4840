"""The three parts of the helpdesk and how each is started."""

import sys
from collections.abc import Mapping, Sequence
from urllib.parse import quote

from bot.supervisor.errors import StartError
from bot.supervisor.part import Part
from bot.supervisor.secret_file import Secrets
from bot.supervisor.settings import SupervisorSettings
from bot.training import newest_model, unusable_model_line

_COMMON = {"PYTHONUNBUFFERED": "1", "RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "2"}

# Only the web process talks to the payment service; an empty variable counts as not set.
_WITHOUT_KEYS = {"HELPDESK_MIDTRANS_SERVER_KEY": ""}


def helpdesk_parts(settings: SupervisorSettings, secrets: Secrets, rasa_port: int, actions_port: int) -> list[Part]:
    """Action server, Rasa server and web server; only the last faces the outside."""
    common = {
        **_COMMON,
        "HELPDESK_HOME": str(settings.home),
        "HELPDESK_DATABASE_URL": settings.database_url,
    }
    return [
        Part(
            name="actions",
            argv=lambda: [sys.executable, "-m", "rasa_sdk", "--actions", "actions", "--port", str(actions_port)],
            # The supported way to keep rasa_sdk off the network.
            env={**common, **_WITHOUT_KEYS, "SANIC_HOST": "127.0.0.1"},
            cwd=settings.root,
            port=actions_port,
            health_url=f"http://127.0.0.1:{actions_port}/health",
        ),
        _rasa_part(settings, secrets, common, rasa_port, actions_port),
        Part(
            name="web",
            argv=lambda: [sys.executable, "-m", "bot.web"],
            env={
                **common,
                "PORT": str(settings.port),
                "HELPDESK_HOST": settings.host,
                "HELPDESK_RASA_URL": f"http://127.0.0.1:{rasa_port}",
                "HELPDESK_RASA_TOKEN": secrets.rasa_token,
                "HELPDESK_ACTIONS_URL": f"http://127.0.0.1:{actions_port}",
                "HELPDESK_SECRET_KEY": secrets.secret_key,
            },
            cwd=settings.root,
            port=settings.port,
            health_url=f"{settings.url}/healthz",
            stop_order=0,
            stop_limit=10.0,
        ),
    ]


def _rasa_part(
    settings: SupervisorSettings, secrets: Secrets, common: Mapping[str, str], port: int, actions_port: int
) -> Part:
    def argv() -> Sequence[str]:
        model = newest_model(settings.home)
        if model is None:
            raise StartError(unusable_model_line(model))
        return [
            *(sys.executable, "-m", "rasa", "run", "--enable-api", "--auth-token", secrets.rasa_token),
            *("-i", "127.0.0.1", "-p", str(port), "--endpoints", "deploy/rasa/endpoints.yml"),
            *("--credentials", "deploy/rasa/credentials.yml"),
            *("-m", str(model)),
        ]

    return Part(
        name="rasa",
        argv=argv,
        env={
            **common,
            **_WITHOUT_KEYS,
            # The matrices of a message are small. With more threads OpenBLAS shares them out all the same, and the
            # others then wait in a busy loop, which takes as much processor time as the message itself.
            "OPENBLAS_NUM_THREADS": "1",
            "RASA_ACTIONS_URL": f"http://127.0.0.1:{actions_port}/webhook",
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
        broken_statuses={409: lambda: unusable_model_line(newest_model(settings.home))},
    )
