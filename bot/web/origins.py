"""Whether a request comes from a page of ours."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlsplit

from aiohttp import web

from bot.errors import CrossSiteError
from bot.web.addresses import is_https

_DEFAULT_PORTS = {"http": 80, "https": 443}


def check_own_origin(request: web.BaseRequest, trusted_proxies: int, more: Collection[str]) -> None:
    """Raises CrossSiteError unless the page that made the request is of this host or of one of the origins `more`.

    Browsers leave `Origin` out of some requests of our own pages, such as the first of a polling socket; then
    `Sec-Fetch-Site` or `Referer` must say it. Who says none of them is no page of ours.
    """
    origin = request.headers.get("Origin")
    if origin is None:
        if "Sec-Fetch-Site" in request.headers:
            if request.headers["Sec-Fetch-Site"] == "same-origin":
                return
            raise CrossSiteError("from another site")
        origin = request.headers.get("Referer", "")
    parts = origin_of(origin)
    if parts is None:
        raise CrossSiteError("no origin")
    # A proxy that is not declared may have taken https off the request, so only the other way round is refused.
    schemes = ("https",) if is_https(request, trusted_proxies) else ("http", "https")
    ours = {origin_of(f"{scheme}://{request.host}") for scheme in schemes} | {origin_of(one) for one in more}
    if parts not in ours:
        raise CrossSiteError("another origin")


def origin_of(address: str) -> tuple[str, str, int] | None:
    """Scheme, host and port of an address; nothing where it has none of http or https."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:  # a port that is no number, a bracket that is not closed
        return None
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname or parts.username is not None:
        return None
    return parts.scheme, parts.hostname, _DEFAULT_PORTS[parts.scheme] if port is None else port
