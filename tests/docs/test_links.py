"""Relative links and pictures in the markdown files lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.markdown import ROOT, markdown_files

_FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`[^`\n]*`")
_LINK = re.compile(r"!?\[[^\]]*\]\(\s*<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)")
_HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*$", re.MULTILINE)
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def links(text: str) -> list[str]:
    """The targets of links and pictures, without those in code."""
    return _LINK.findall(_CODE.sub("", _FENCED.sub("", text)))


def anchors(text: str) -> set[str]:
    """The names that headings get on code hosting sites."""
    headings = _HEADING.findall(_FENCED.sub("", text))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def leads_somewhere(file: Path, link: str, root: Path) -> bool:
    """Whether `link` in `file` names a file, folder or heading below `root`; other sites are not asked."""
    if _ELSEWHERE.match(link):
        return True
    path, _, anchor = link.partition("#")
    target = (file.parent / path).resolve() if path else file.resolve()
    if not target.exists() or not target.is_relative_to(root.resolve()):
        return False
    return not anchor or target.suffix != ".md" or anchor in anchors(target.read_text(encoding="utf-8"))


def broken(file: Path, root: Path = ROOT) -> list[str]:
    """The links of `file` that lead nowhere within the project."""
    return [link for link in links(file.read_text(encoding="utf-8")) if not leads_somewhere(file, link, root)]


@pytest.mark.parametrize("file", markdown_files(), ids=lambda file: str(file.relative_to(ROOT)))
def test_relative_links_lead_somewhere(file: Path) -> None:
    """Files, folders, pictures and headings."""
    assert broken(file) == []


def test_the_files_that_people_look_for_are_there() -> None:
    """The search finds the project's own files and no installed ones."""
    names = {str(file.relative_to(ROOT)) for file in markdown_files()}
    assert {"README.md", "CHANGELOG.md", "docs/architecture.md", "frontend/README.md"} <= names
    assert not any("node_modules" in name for name in names)


def test_broken_links_are_seen(tmp_path: Path) -> None:
    """The check itself: code is left alone, everything else is looked up."""
    text = "# A title\n[a](nowhere.md) ![b](no.png) `[c](code.md)` [d](https://example.com) [e](#a-title) [f](#none)\n"
    assert links(text) == ["nowhere.md", "no.png", "https://example.com", "#a-title", "#none"]
    file = tmp_path / "x.md"
    file.write_text(text, encoding="utf-8")
    assert broken(file, root=tmp_path) == ["nowhere.md", "no.png", "#none"]
    file.write_text("[outside](../)", encoding="utf-8")
    assert broken(file, root=tmp_path) == ["../"]
