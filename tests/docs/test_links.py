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


def broken(file: Path) -> list[str]:
    """The links of `file` that lead nowhere within the project."""
    found = []
    for link in links(file.read_text(encoding="utf-8")):
        path, _, anchor = link.partition("#")
        if _ELSEWHERE.match(link):
            continue
        target = (file.parent / path).resolve() if path else file
        if not target.exists() or not target.is_relative_to(ROOT.resolve()):
            found.append(link)
        elif anchor and target.suffix == ".md" and anchor not in anchors(target.read_text(encoding="utf-8")):
            found.append(link)
    return found


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
    assert broken(file) == ["nowhere.md", "no.png", "#none"]
