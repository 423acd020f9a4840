"""What must hold before anything is started."""

import errno
import random
import socket
import sys
import tempfile
from pathlib import Path

from bot.supervisor.errors import EXIT_ENVIRONMENT, StartError

# Below the range from which systems take ports of outgoing connections, so that a restarted part finds its port free.
_INNER_PORTS = range(20_000, 32_000)


def check_python(version: tuple[int, ...] = sys.version_info[:3]) -> None:
    """Rasa 3.6 runs on Python 3.10 here and on nothing newer."""
    if version[:2] != (3, 10):
        found = ".".join(str(number) for number in version)
        raise StartError(f"Python 3.10 is needed, this is {found}: start with `make run`.", EXIT_ENVIRONMENT)


def check_home(home: Path) -> None:
    """Makes the home (for this user only) and tries to write into it."""
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        (home / "logs").mkdir(exist_ok=True)
        with tempfile.TemporaryFile(dir=home) as probe:
            probe.write(b"x")
    except OSError as error:
        reason = error.strerror or error
        raise StartError(
            f"HELPDESK_HOME {home} cannot be written ({reason}): choose another folder with HELPDESK_HOME=FOLDER.",
            EXIT_ENVIRONMENT,
        ) from error


def check_port(host: str, port: int) -> None:
    """The web port must be free to listen on."""
    try:
        _bind(host, port).close()
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            line = (
                f"Port {port} on {host} is already in use: stop what uses it, or take another: PORT={port + 1} make run"
            )
        elif error.errno == errno.EACCES:
            line = f"Port {port} may not be used by this user: take one above 1023: PORT=8080 make run"
        else:
            line = f"HELPDESK_HOST {host} cannot be listened on ({error.strerror or error})."
        raise StartError(line, EXIT_ENVIRONMENT) from error


def free_ports(count: int) -> list[int]:
    """Different free loopback ports for the inner parts."""
    held: list[socket.socket] = []
    try:
        for port in random.sample(_INNER_PORTS, k=len(_INNER_PORTS)):
            try:
                held.append(_bind("127.0.0.1", port))
            except OSError:
                continue
            if len(held) == count:
                return [one.getsockname()[1] for one in held]
    finally:
        for one in held:
            one.close()
    raise StartError("No free loopback port was found for the inner parts.", EXIT_ENVIRONMENT)


def _bind(host: str, port: int) -> socket.socket:
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    listener = socket.socket(family, kind, protocol)
    try:
        # As servers do; it still refuses a port on which somebody listens.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
    except BaseException:
        listener.close()
        raise
    return listener
