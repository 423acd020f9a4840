"""A console's page and what belongs to it; addresses within a console are the page's own business."""

from __future__ import annotations

from pathlib import Path

from aiohttp import web

from bot.errors import NotFoundError
from bot.web.errors import Handler


def console_pages(folder: Path, name: str) -> list[tuple[str, Handler]]:
    """(path, handler) of everything below `/name`; `folder` holds the built console."""
    root = folder.resolve()

    async def page_or_file(request: web.Request) -> web.StreamResponse:
        tail = request.match_info["tail"]
        file = _file_in(root, tail)
        if file is None and "." in tail.rpartition("/")[2]:
            raise NotFoundError("no such file")  # a script that is gone must not come as a page
        page = file or root / "index.html"
        if not page.is_file():
            raise NotFoundError("the console is not built")
        headers = {"Cache-Control": "no-cache"} if page.suffix == ".html" else {}
        return web.FileResponse(page, headers=headers)

    async def to_folder(request: web.Request) -> web.StreamResponse:
        raise web.HTTPFound(f"/{name}/")

    return [(f"/{name}", to_folder), (f"/{name}/{{tail:.*}}", page_or_file)]


def _file_in(root: Path, tail: str) -> Path | None:
    """The file that `tail` names; nothing where there is none, or where it would lie outside of `root`."""
    if not tail or "\0" in tail:
        return None
    try:
        file = (root / tail).resolve()
        return file if file.is_relative_to(root) and file.is_file() else None
    except OSError:  # a name that no file can have
        return None
