"""Asks axe-core what is wrong with a page for people who cannot see it, or not well, or who use no mouse."""

from __future__ import annotations

from functools import cache

from playwright.sync_api import Page

from tests.running import ROOT

SCRIPT = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
_WORST = ("serious", "critical")
# Open shadow roots are looked into as well.
_RUN = """async impacts => {
    const { violations } = await axe.run(document, { resultTypes: ['violations'] });
    return violations.filter(found => impacts.includes(found.impact)).flatMap(found => found.nodes.map(node =>
        `${found.impact} ${found.id}: ${found.help}: ${node.target.flat().join(' >> ')}: ${node.failureSummary}`));
}"""

_MOVING = """() => {
    const roots = [document];
    for (const root of roots) {
        for (const element of root.querySelectorAll('*')) if (element.shadowRoot) roots.push(element.shadowRoot);
    }
    return roots.flatMap(root => root.getAnimations()).filter(one => one.playState === 'running').map(one =>
        `${one.animationName ?? one.transitionProperty} of ${one.effect.target.outerHTML.slice(0, 80)}`);
}"""


@cache
def _source() -> str:
    return SCRIPT.read_text(encoding="utf-8")


def violations(page: Page) -> list[str]:
    """The serious and critical findings on `page` as it stands, one line for each element; empty where all is well.

    Works under any Content-Security-Policy: nothing is added to the document. Nothing may move meanwhile, or axe reads
    colours of which some are of before and some of after: the context needs `reduced_motion="reduce"`.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(_source())
    assert moving(page) == [], "our pages do not move for people who ask for that"
    found: list[str] = page.evaluate(_RUN, list(_WORST))
    return [line.replace("\n", " ") for line in found]


def moving(page: Page) -> list[str]:
    """What is being animated on `page`, shadow roots included."""
    found: list[str] = page.evaluate(_MOVING)
    return found
