"""Asks axe-core what is wrong with a page for people who cannot see it, or not well, or who use no mouse."""

from __future__ import annotations

from functools import cache

from playwright.sync_api import Page

from tests.running import ROOT

SCRIPT = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
_WORST = ("serious", "critical")
_SECOND_LOOK_AFTER = 700  # milliseconds
# Open shadow roots are looked into as well.
_RUN = """async impacts => {
    const { violations } = await axe.run(document, { resultTypes: ['violations'] });
    return violations.filter(found => impacts.includes(found.impact)).flatMap(found => found.nodes.map(node =>
        `${found.impact} ${found.id}: ${found.help}: ${node.target.flat().join(' >> ')}: ${node.failureSummary}`));
}"""


@cache
def _source() -> str:
    return SCRIPT.read_text(encoding="utf-8")


def violations(page: Page) -> list[str]:
    """The serious and critical findings on `page` as it stands, one line for each element; empty where all is well.

    Works under any Content-Security-Policy: nothing is added to the document. Movements should be over
    (`reduced_motion="reduce"` on the context ends ours at once). A page that is being painted anew while axe reads its
    colours has some of before and some of after, so what is found is looked at again, and has to be there still.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(_source())
    found = _look(page)
    if found:
        page.wait_for_timeout(_SECOND_LOOK_AFTER)
        found = _look(page)
    return found


def _look(page: Page) -> list[str]:
    found: list[str] = page.evaluate(_RUN, list(_WORST))
    return [line.replace("\n", " ") for line in found]
