"""The documented API of the desk, and a page of the desk whose every answer is held against it."""

from __future__ import annotations

from typing import Any

from tests.docs.openapi import OpenApi
from tests.staffing import Answer, Browser

API = OpenApi("openapi-desk.yml")


class Journey:
    """A page of the desk whose every answer is held against the document."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.met: set[tuple[str, str, str]] = set()

    async def call(
        self,
        method: str,
        path: str,
        status: int,
        body: Any = None,
        *,
        key: str = "",
        query: str = "",
        named: str = "{id}",
        number: str = "",
    ) -> Any:
        """The body of an answer; `path` as it is documented, `key` for what it calls `named`."""
        address = path.replace(named, key).replace("{number}", number)
        answer = await self.browser.call(method, address + query, body)
        return await self.checked(answer, method, path, status)

    async def checked(self, answer: Answer, method: str, path: str, status: int) -> Any:
        assert answer.status == status, answer
        documented = API.resolved(API.spec["paths"][path][method.lower()]["responses"][str(status)])
        self.met.add((method.lower(), path, str(status)))
        assert set(documented.get("headers", ())) <= set(answer.response.headers)
        if "content" not in documented:
            assert answer.body is None
            return None
        ((content_type, media),) = documented["content"].items()
        assert answer.response.content_type == content_type
        if content_type == "application/json":
            API.validate(answer.body, media["schema"])
        return answer.body
