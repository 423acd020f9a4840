"""A hand-written stand-in for an OpenAI-compatible embeddings server, on a loopback port of its own."""

from __future__ import annotations

import json
import socket
import threading
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal

from bot.settings import Settings

KEY = "k3y-that-nobody-may-see"


@dataclass(frozen=True)
class Reply:
    """What the server says; `manner` is how."""

    body: bytes = b"{}"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    manner: Literal["", "hangs up", "silent", "trickles"] = ""


@dataclass
class EmbeddingsEndpoint:
    """Vectors are counts of hashed letter triples: not of length one, and said in reverse order.

    `replies` are said first, one a request; `change` alters the data of later answers; another `seed` is another model.
    """

    dimension: int = 48
    seed: str = ""
    replies: list[Reply] = field(default_factory=list)
    change: Callable[[list[dict[str, Any]]], Any] | None = None
    paths: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    bodies: list[dict[str, Any]] = field(default_factory=list)
    connections: int = 0
    url: str = ""

    @property
    def inputs(self) -> list[list[str]]:
        """The texts of each request."""
        return [body["input"] for body in self.bodies]

    def vector(self, text: str) -> list[float]:
        """The same for the same text."""
        counts = [0.01] * self.dimension
        padded = f"  {text.lower()}  "
        for start in range(len(padded) - 2):
            counts[zlib.crc32(f"{self.seed}{padded[start : start + 3]}".encode()) % self.dimension] += 1.0
        return counts

    def reply_to(self, texts: list[str]) -> Reply:
        """Of a server in good health, unless `replies` or `change` say otherwise."""
        if self.replies:
            return self.replies.pop(0)
        data = [{"index": n, "embedding": self.vector(text)} for n, text in enumerate(texts)][::-1]
        return Reply(json.dumps({"object": "list", "data": self.change(data) if self.change else data}).encode())

    @property
    def environment(self) -> dict[str, str]:
        """The variables that lead here."""
        return {"HELPDESK_ENCODER_URL": self.url, "HELPDESK_ENCODER_MODEL": "tiny", "HELPDESK_ENCODER_KEY": KEY}

    def settings(self, **changes: str) -> Settings:
        """The same as an object; `changes` by the ends of the variables' names."""
        changed = {f"HELPDESK_ENCODER_{name.upper()}": value for name, value in changes.items()}
        return Settings.from_env({**self.environment, **changed})


@contextmanager
def serving(endpoint: EmbeddingsEndpoint, port: int = 0) -> Iterator[EmbeddingsEndpoint]:
    """The endpoint, to be reached at `endpoint.url`; afterwards nobody answers there."""
    lock, over = threading.Lock(), threading.Event()
    sockets: list[socket.socket] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def setup(self) -> None:
            super().setup()
            with lock:
                endpoint.connections += 1
                sockets.append(self.connection)

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            with lock:
                endpoint.paths.append(self.path)
                endpoint.headers.append(dict(self.headers))
                endpoint.bodies.append(body)
                reply = endpoint.reply_to(body["input"])
            if reply.manner in ("hangs up", "silent"):
                over.wait(30 if reply.manner == "silent" else 0)
                self.close_connection = True
                return
            self.send_response(reply.status)
            for name, value in {"Content-Length": str(len(reply.body)), **reply.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            with suppress(OSError):  # the client has had enough
                for start in range(len(reply.body)) if reply.manner == "trickles" else ():
                    self.wfile.write(reply.body[start : start + 1])
                    over.wait(0.02)
                if not reply.manner:
                    self.wfile.write(reply.body)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.daemon_threads = True
    server.block_on_close = False
    endpoint.url = f"http://127.0.0.1:{server.server_port}/v1"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield endpoint
    finally:
        over.set()
        server.shutdown()
        server.server_close()
        for one in sockets:
            with suppress(OSError):  # already closed
                one.shutdown(socket.SHUT_RDWR)
