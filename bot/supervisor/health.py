"""Asks a part on this machine whether it is well."""

import asyncio
import contextlib
from urllib.parse import urlsplit


async def probe(url: str, limit: float) -> int | None:
    """The HTTP status that `url` answers, or None without an answer within `limit` seconds."""
    task = asyncio.create_task(_status(url))
    try:
        # Not `wait_for`: until Python 3.12 it may swallow a cancellation, and the check would then never end.
        await asyncio.wait({task}, timeout=limit)
        return task.result() if task.done() else None
    except (OSError, ValueError, IndexError):
        return None
    finally:
        task.cancel()


async def _status(url: str) -> int:
    # Without an HTTP library: the supervisor stays small, and nothing here is ever redirected, encrypted or reused.
    address = urlsplit(url)
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    try:
        target = f"{address.path or '/'}?{address.query}" if address.query else address.path or "/"
        writer.write(f"GET {target} HTTP/1.1\r\nHost: {address.netloc}\r\nConnection: close\r\n\r\n".encode())
        # "HTTP/1.1 200 OK"
        return int((await reader.readline()).split()[1])
    finally:
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()
