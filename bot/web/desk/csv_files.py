"""Tables to keep as a file."""

from __future__ import annotations

from aiohttp import web


def csv_response(text: str, name: str) -> web.Response:
    """`text` as a download called `name`."""
    return web.Response(
        text=text,
        content_type="text/csv",
        charset="utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
