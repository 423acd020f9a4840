"""Every error in one JSON shape, with a request id; nothing internal leaves the process."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from bot.errors import (
    HelpdeskError,
    InvalidMessageError,
    MessageTooLongError,
    MethodNotAllowedError,
    NotFoundError,
)

logger = logging.getLogger(__name__)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def error_view(error: HelpdeskError, request_id: str) -> dict[str, Any]:
    """The `error` object; an unknown failure says only its code and the request id."""
    if error.status >= 500:
        return {"code": HelpdeskError.code, "message": HelpdeskError.message, "data": {"request_id": request_id}}
    return {"code": error.code, "message": error.message, "data": error.data}


def error_response(error: HelpdeskError, request_id: str) -> web.Response:
    """`error` as an HTTP response."""
    headers = {"X-Request-Id": request_id}
    if "retry_after" in error.data:
        headers["Retry-After"] = str(error.data["retry_after"])
    return web.json_response({"error": error_view(error, request_id)}, status=error.status, headers=headers)


@web.middleware
async def error_middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turns exceptions into the one error shape."""
    request_id = uuid.uuid4().hex
    try:
        return await handler(request)
    except HelpdeskError as error:
        if error.status >= 500:
            logger.error("Request %s failed: %s", request_id, error)
        return error_response(error, request_id)
    except web.HTTPException as error:
        known = _of_http(error, request)
        if known is None:
            raise
        return error_response(known, request_id)
    except Exception:
        logger.exception("Request %s failed", request_id)
        return error_response(HelpdeskError(), request_id)


def _of_http(error: web.HTTPException, request: web.Request) -> HelpdeskError | None:
    if isinstance(error, web.HTTPRequestEntityTooLarge):
        return MessageTooLongError("body is too large", max_bytes=request.client_max_size)
    if isinstance(error, web.HTTPNotFound):
        return NotFoundError("no such address")
    if isinstance(error, web.HTTPMethodNotAllowed):
        return MethodNotAllowedError("method not allowed", allowed=sorted(error.allowed_methods))
    if 400 <= error.status < 500:
        return InvalidMessageError(error.reason)
    return None
