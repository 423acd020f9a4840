"""A network that fails when a test says so: a TCP relay in front of the helpdesk."""

from __future__ import annotations

import contextlib
import socket
import threading
import time

_CHUNK = 65536


class Network:
    """Relays a port of its own to `target`; in between, connections can be cut, or replies held back."""

    def __init__(self, target: int) -> None:
        self._target = target
        self._up = True
        self._deaf = False
        self._pairs: set[tuple[socket.socket, socket.socket]] = set()
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """Nothing goes through any more, and what was connected is not."""
        self._up = False
        self._drop_all()

    def hold_replies(self) -> None:
        """What the browser sends arrives; what it should get back never does, on connections that stay open."""
        self._deaf = True

    def restore(self) -> None:
        """As good as new; connections that lost something are ended."""
        if self._deaf:
            self._drop_all()
        self._up, self._deaf = True, False

    def close(self) -> None:
        """Ends the relay."""
        self._listener.close()
        self._drop_all()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(near,), daemon=True).start()

    def _serve(self, near: socket.socket) -> None:
        try:
            if not self._up:
                raise OSError("the network is down")
            far = socket.create_connection(("127.0.0.1", self._target), timeout=10)
        except OSError:
            near.close()
            return
        far.settimeout(None)
        pair = (near, far)
        with self._lock:
            self._pairs.add(pair)
        back = threading.Thread(target=self._relay, args=(far, near, True), daemon=True)
        back.start()
        self._relay(near, far, False)
        back.join()
        with self._lock:
            self._pairs.discard(pair)
        near.close()
        far.close()

    def _relay(self, source: socket.socket, sink: socket.socket, is_reply: bool) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(_CHUNK):
                if not (is_reply and self._deaf):
                    sink.sendall(data)
        for one in (source, sink):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def _drop_all(self) -> None:
        with self._lock:
            pairs = list(self._pairs)
        for one in (side for pair in pairs for side in pair):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        # The browser notices before the test goes on.
        time.sleep(0.1)
