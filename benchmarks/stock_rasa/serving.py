"""A whole message through each subject's own server, over HTTP from the same client, asked in turns."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

from benchmarks.stock_rasa.processes import Command, Say, Server
from benchmarks.stock_rasa.sample import Questions, alternating, with_progress
from benchmarks.stock_rasa.training import Subject
from bot.served_model import SLOTS
from bot.supervisor.checks import free_ports
from bot.supervisor.part import Part
from bot.supervisor.parts import Ports, helpdesk_parts, rasa_slots
from bot.supervisor.secret_file import load_secrets
from bot.supervisor.settings import SupervisorSettings

_QUIET = {"PYTHONUNBUFFERED": "1", "RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "2"}
_LIMIT = aiohttp.ClientTimeout(total=60)


@dataclass
class Served:
    """Times of whole messages, how many stayed without a reply, and the memory of the server afterwards."""

    milliseconds: list[float] = field(default_factory=list)
    silent: int = 0
    resident_bytes: int = 0


@dataclass(frozen=True)
class Endpoint:
    """Where and how a subject takes a message; `body` makes the request of (conversation, text)."""

    url: str
    token: str
    conversation_key: str
    text_key: str
    replies_key: str | None
    constant: Mapping[str, str] = field(default_factory=dict)

    def body(self, conversation: str, text: str) -> dict[str, str]:
        return {self.conversation_key: conversation, self.text_key: text, **self.constant}

    def replies(self, answer: Any) -> list[Any]:
        return list(answer[self.replies_key] if self.replies_key else answer)


def serve_all(ours: Subject, stock: Subject, questions: Questions, logs: Path, say: Say) -> dict[str, Served]:
    """Each message once to each server, as the first of a fresh conversation; the servers end with this call.

    Both keep trackers in memory, and each has an action server of its own with our actions.
    """
    say("starting both servers for whole messages, in turns ...")
    with ExitStack() as stack:
        our_server, our_endpoint = _start_ours(stack, ours, logs)
        stock_server, stock_endpoint = _start_stock(stack, stock, ours.project, logs)
        servers = {ours.name: our_server, stock.name: stock_server}
        endpoints = {ours.name: our_endpoint, stock.name: stock_endpoint}
        results = asyncio.run(_ask(endpoints, questions, say))
        for name, server in servers.items():
            results[name].resident_bytes = server.resident_bytes
    return results


def _start_ours(stack: ExitStack, subject: Subject, logs: Path) -> tuple[Server, Endpoint]:
    """As the supervisor starts it, but without the web service."""
    settings = SupervisorSettings.from_env({"HELPDESK_HOME": str(subject.home)}, subject.project)
    secrets = load_secrets(subject.home, {})
    ports = Ports.of(free_ports(Ports.count))
    slot = SLOTS[0]
    rasa = rasa_slots(settings, secrets, ports).part(slot, subject.model.name)
    parts = [*(part for part in helpdesk_parts(settings, secrets, ports) if part.name == "actions"), rasa]
    servers = {
        part.name: stack.enter_context(Server(_command_of(part, subject.project, logs), part.health_url))
        for part in parts
    }
    url = f"http://127.0.0.1:{ports.rasa[slot]}/webhooks/helpdesk/turn"
    return servers[slot], Endpoint(url, secrets.rasa_token, "conversation_id", "text", "replies", {"message_id": "1"})


def _start_stock(stack: ExitStack, subject: Subject, actions: Path, logs: Path) -> tuple[Server, Endpoint]:
    """As its handbook says: `rasa run actions` and `rasa run`, with the files that `rasa init` wrote."""
    port, actions_port = free_ports(2)
    # The template's file is nothing but comments: trackers in memory, and no actions.
    endpoints = f"action_endpoint:\n  url: http://127.0.0.1:{actions_port}/webhook\n"
    (subject.project / "endpoints.yml").write_text(endpoints, encoding="utf-8")
    stack.enter_context(
        Server(
            Command(
                [sys.executable, "-m", "rasa_sdk", "--actions", "actions", "--port", str(actions_port)],
                actions,
                {**_QUIET, "SANIC_HOST": "127.0.0.1"},
                logs / "stock-actions.log",
            ),
            f"http://127.0.0.1:{actions_port}/health",
        )
    )
    server = stack.enter_context(
        Server(
            Command(
                [sys.executable, "-m", "rasa", "run", "-i", "127.0.0.1", "-p", str(port), "-m", str(subject.model)],
                subject.project,
                _QUIET,
                logs / "stock-rasa.log",
            ),
            f"http://127.0.0.1:{port}/",
        )
    )
    return server, Endpoint(f"http://127.0.0.1:{port}/webhooks/rest/webhook", "", "sender", "message", None)


def _command_of(part: Part, project: Path, logs: Path) -> Command:
    return Command(part.argv(), part.cwd or project, part.env, logs / f"ours-{part.name}.log")


async def _ask(endpoints: Mapping[str, Endpoint], questions: Questions, say: Say) -> dict[str, Served]:
    results = {name: Served() for name in endpoints}
    async with aiohttp.ClientSession(timeout=_LIMIT) as session:
        for number, (name, text) in enumerate(alternating(list(endpoints), questions.warm_up)):
            await _turn(session, endpoints[name], f"warm-up-{number}", text)
        for number, (name, text) in enumerate(with_progress(alternating(list(endpoints), questions.messages), say)):
            seconds, replies = await _turn(session, endpoints[name], f"conversation-{number}", text)
            results[name].milliseconds.append(seconds * 1000)
            results[name].silent += not replies
    return results


async def _turn(
    session: aiohttp.ClientSession, endpoint: Endpoint, conversation: str, text: str
) -> tuple[float, list[Any]]:
    headers = {"Authorization": f"Bearer {endpoint.token}"} if endpoint.token else {}
    started = time.perf_counter()
    async with session.post(endpoint.url, json=endpoint.body(conversation, text), headers=headers) as response:
        response.raise_for_status()
        answer = await response.json()
    return time.perf_counter() - started, endpoint.replies(answer)
