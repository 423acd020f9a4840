"""The OpenAPI documents by themselves. (No OpenAPI validator is among our packages; jsonschema checks the schemas.)"""

from __future__ import annotations

import re

import jsonschema
import pytest

from tests.docs.openapi import OpenApi, nodes


@pytest.fixture(params=["openapi.yml", "openapi-desk.yml", "openapi-trainer.yml"])
def api(request: pytest.FixtureRequest) -> OpenApi:
    """Each document."""
    return OpenApi(request.param)


class TestDocument:
    """What holds for any of them."""

    def test_is_openapi_3_1_with_what_it_must_have(self, api: OpenApi) -> None:
        assert api.spec["openapi"].startswith("3.1.")
        assert api.spec["info"]["title"]
        assert api.spec["info"]["version"]
        known = {"openapi", "info", "servers", "tags", "paths", "components", "security"}
        assert set(api.spec) <= known

    def test_references_resolve(self, api: OpenApi) -> None:
        references = [node["$ref"] for _, node in nodes(api.spec) if isinstance(node, dict) and "$ref" in node]
        assert references
        for reference in references:
            api.resolve(reference)

    def test_operations_have_ids_and_responses_with_descriptions(self, api: OpenApi) -> None:
        ids = [operation["operationId"] for _, _, operation in api.operations()]
        assert len(set(ids)) == len(ids)
        for method, path, operation in api.operations():
            assert operation["responses"], f"{method} {path}"
            for status, response in operation["responses"].items():
                assert re.fullmatch(r"[2-5]\d\d", status)
                assert api.resolved(response)["description"]
            assert set(operation["tags"]) <= {tag["name"] for tag in api.spec["tags"]}

    def test_path_parameters_are_declared(self, api: OpenApi) -> None:
        for _, path, operation in api.operations():
            declared = [*api.spec["paths"][path].get("parameters", []), *operation.get("parameters", [])]
            names = {p["name"] for p in map(api.resolved, declared) if p["in"] == "path"}
            assert names == set(re.findall(r"{(\w+)}", path))

    def test_security_schemes_exist(self, api: OpenApi) -> None:
        for requirement in [*api.spec["security"], *(r for *_, o in api.operations() for r in o.get("security", []))]:
            assert set(requirement) <= set(api.spec["components"]["securitySchemes"])

    def test_schemas_are_json_schemas(self, api: OpenApi) -> None:
        for schema in api.spec["components"]["schemas"].values():
            jsonschema.Draft202012Validator.check_schema(schema)

    def test_examples_fit_their_schemas(self, api: OpenApi) -> None:
        media = [node for _, node in nodes(api.spec) if isinstance(node, dict) and {"schema", "example"} <= set(node)]
        assert len(media) >= len(api.spec["components"]["responses"])
        for one in media:
            api.validate(one["example"], one["schema"])
