"""The customer's network address, for limits only; it is neither stored nor logged."""

from aiohttp import web


def client_address(request: web.BaseRequest, trusted_proxies: int) -> str:
    """The address of whoever talked to the outermost of `trusted_proxies` reverse proxies of ours.

    Each proxy appends to X-Forwarded-For, so only that many entries from the right can be believed.
    """
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    if 0 < trusted_proxies <= len(hops):
        return hops[-trusted_proxies]
    return request.remote or ""
