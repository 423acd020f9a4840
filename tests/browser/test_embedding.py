"""The widget on somebody else's website."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.sites import Site
from tests.browser.widget import DELAY, Widget
from tests.running import Helpdesk

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]

# CSS as websites have it, and some that means no good.
_CSS = b"""
* { font-family: fantasy !important; color: red !important; box-sizing: content-box; }
button, textarea, div { display: none !important; }
masternet-chat { display: none; position: static; opacity: 1; }
"""


@pytest.fixture
def site(helpdesk: Helpdesk) -> Iterator[Site]:
    """A website on another origin with the one script tag, a strict policy of its own, and unfriendly CSS."""
    page = f"""<!doctype html><html lang="id"><head><meta charset="utf-8"><title>Toko Budi</title>
        <link rel="stylesheet" href="/toko.css">
        <script src="{helpdesk.url}/widget.js" data-title="Bantuan Toko Budi" data-color="#0a7d4f" async></script>
        </head><body><h1>Toko Budi</h1></body></html>"""
    sockets = helpdesk.url.replace("http", "ws")
    policy = f"default-src 'none'; style-src 'self'; script-src {helpdesk.url}; connect-src {helpdesk.url} {sockets}"
    site = Site(
        {"/": ("text/html; charset=utf-8", page.encode()), "/toko.css": ("text/css", _CSS)},
        {"Content-Security-Policy": policy},
    )
    yield site
    site.close()


def test_one_script_tag_on_another_origin_is_enough(context: BrowserContext, site: Site) -> None:
    page = context.new_page()
    page.goto(site.url)
    widget = Widget(page)
    widget.open()
    expect(widget.panel).to_contain_text("Bantuan Toko Budi")

    answer = widget.ask(DELAY)

    expect(answer.get_by_test_id("clause")).to_have_text(["Hak 13"])
    before = widget.log()
    page.reload()
    expect(widget.messages).to_have_count(2)
    assert widget.log() == before


def test_the_css_of_the_website_stays_outside(context: BrowserContext, site: Site) -> None:
    page = context.new_page()
    page.goto(site.url)
    widget = Widget(page)
    widget.open()

    expect(widget.input).to_be_visible()
    family, colour = widget.input.evaluate("e => [getComputedStyle(e).fontFamily, getComputedStyle(e).color]")
    assert "fantasy" not in family
    assert colour != "rgb(255, 0, 0)"
    # And the other way round.
    assert page.locator("h1").evaluate("e => getComputedStyle(e).color") == "rgb(255, 0, 0)"
