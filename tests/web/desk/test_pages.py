"""The console's page and its files."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import DummyCookieJar
from aiohttp.test_utils import TestClient, TestServer

from bot.web import keys
from bot.web.app import make_app
from bot.web.metrics import Metrics
from tests.staffing import Client


@pytest.fixture
def static(tmp_path: Path) -> Path:
    (tmp_path / "static" / "assets").mkdir(parents=True)
    desk = tmp_path / "static" / "desk"
    (desk / "assets").mkdir(parents=True)
    (desk / "index.html").write_text("<title>Meja</title>", encoding="utf-8")
    (desk / "assets" / "desk-1a2b.js").write_text("let a;", encoding="utf-8")
    (tmp_path / "static" / "index.html").write_text("<title>Toko</title>", encoding="utf-8")
    (tmp_path / "static" / "rahasia.txt").write_text("rahasia", encoding="utf-8")
    return tmp_path / "static"


@pytest.fixture
async def pages(static: Path) -> AsyncIterator[Client]:
    app = make_app("*", static)
    app[keys.METRICS] = Metrics()
    async with TestClient(TestServer(app), cookie_jar=DummyCookieJar()) as client:
        yield client


@pytest.mark.parametrize("path", ["/desk/", "/desk", "/desk/laporan", "/desk/percakapan/0f3b/catatan", "/desk/a%00b"])
async def test_every_address_of_the_console_is_its_page(pages: Client, path: str) -> None:
    async with pages.get(path) as response:
        assert response.status == 200
        assert response.content_type == "text/html"
        assert response.headers["Cache-Control"] == "no-cache"
        assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]
        assert "Meja" in await response.text()


async def test_its_files_come_as_they_are(pages: Client) -> None:
    async with pages.get("/desk/assets/desk-1a2b.js") as response:
        assert (response.status, await response.text()) == (200, "let a;")
        assert "javascript" in response.content_type


@pytest.mark.parametrize(
    "path",
    ["/desk/assets/gone.js", "/desk/%2e%2e/rahasia.txt", "/desk/..%2frahasia.txt", "/desk/%2fetc%2fhosts.txt"],
)
async def test_no_other_file_comes(pages: Client, path: str) -> None:
    async with pages.get(path) as response:
        assert response.status == 404
        assert "rahasia" not in await response.text()


async def test_a_console_that_is_not_built_is_not_found(pages: Client, static: Path) -> None:
    (static / "desk" / "index.html").unlink()
    async with pages.get("/desk/") as response:
        assert (response.status, (await response.json())["error"]["code"]) == (404, "not_found")
