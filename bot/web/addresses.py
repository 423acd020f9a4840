"""The network address of whoever asks, for limits only (it is neither stored nor logged), and whether by TLS."""

from aiohttp import web


def client_address(request: web.BaseRequest, trusted_proxies: int) -> str:
    """The address of whoever talked to the outermost of `trusted_proxies` reverse proxies of ours.

    Each proxy appends to X-Forwarded-For, so only that many entries from the right can be believed.
    """
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    if 0 < trusted_proxies <= len(hops):
        return hops[-trusted_proxies]
    return request.remote or ""


def is_https(request: web.BaseRequest, trusted_proxies: int) -> bool:
    """Whether the browser speaks TLS, with us or with the outermost of `trusted_proxies` reverse proxies of ours."""
    if request.secure:
        return True
    hops = [hop.strip().lower() for hop in request.headers.get("X-Forwarded-Proto", "").split(",") if hop.strip()]
    # Some proxies append to the header, most replace it.
    return trusted_proxies > 0 and bool(hops) and hops[max(0, len(hops) - trusted_proxies)] == "https"
