"""Tiny websites of other people, each on a port and so on an origin of its own."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Page = tuple[str, bytes]


class Site:
    """Serves `pages` (path → content type and body) on http://localhost, with `headers` on each."""

    def __init__(self, pages: Mapping[str, Page], headers: Mapping[str, str] | None = None) -> None:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                kind, body = pages.get(self.path.partition("?")[0], ("", b""))
                self.send_response(200 if kind else 204 if self.path == "/favicon.ico" else 404)
                for name, value in {"Content-Type": kind, **(headers or {})}.items():
                    if kind:
                        self.send_header(name, value)
                if self.path != "/favicon.ico":
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                """Says nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://localhost:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        """Stops serving."""
        self._server.shutdown()
        self._server.server_close()
