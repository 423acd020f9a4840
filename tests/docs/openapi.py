"""Reading OpenAPI documents, and holding values against them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import jsonschema
from ruamel.yaml import YAML

from tests.docs.markdown import ROOT

METHODS = ("get", "put", "post", "delete", "patch", "head", "options")


class OpenApi:
    """A document in docs/."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.spec: dict[str, Any] = YAML(typ="safe").load((ROOT / "docs" / name).read_text(encoding="utf-8"))

    def operations(self) -> Iterator[tuple[str, str, dict[str, Any]]]:
        """(method, path, operation) of everything documented."""
        for path, item in self.spec["paths"].items():
            for method in METHODS:
                if method in item:
                    yield method, path, item[method]

    def resolve(self, reference: str) -> Any:
        """The value that a `$ref` points to. Raises KeyError when there is none."""
        assert reference.startswith("#/"), f"{reference} leaves the document"
        found: Any = self.spec
        for key in reference[2:].split("/"):
            found = found[key]
        return found

    def resolved(self, node: dict[str, Any]) -> dict[str, Any]:
        """`node`, or what it refers to."""
        found: dict[str, Any] = self.resolve(node["$ref"]) if "$ref" in node else node
        return found

    def schema(self, name: str) -> dict[str, Any]:
        """A schema of the components."""
        found: dict[str, Any] = self.spec["components"]["schemas"][name]
        return found

    def validate(self, value: object, schema: Mapping[str, Any]) -> None:
        """Check `value` against a schema of the document; OpenAPI 3.1 uses JSON Schema 2020-12."""
        whole = {**schema, "components": self.spec["components"]}
        jsonschema.Draft202012Validator(whole).validate(value)

    @property
    def error_codes(self) -> list[str]:
        """The error codes of the schema."""
        codes: list[str] = self.schema("Error")["properties"]["error"]["properties"]["code"]["enum"]
        return codes


def nodes(node: Any, at: str = "#") -> Iterator[tuple[str, Any]]:
    """Every value in the document with its place."""
    yield at, node
    children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, child in children:
        yield from nodes(child, f"{at}/{key}")
