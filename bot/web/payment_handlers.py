"""What the payment service tells us."""

from __future__ import annotations

from aiohttp import web

from bot.web import keys
from bot.web.addresses import client_address


async def midtrans_notification(request: web.Request) -> web.Response:
    """POST /api/v1/payments/midtrans/notifications: nobody signs in here; the body is signed, and only a hint."""
    # Every refused one is noted: nobody may fill the database with them.
    request.app[keys.NOTIFICATION_LIMIT].check(client_address(request, request.app[keys.TRUSTED_PROXIES]))
    payments = request.app[keys.PAYMENTS]
    try:
        body = await request.read()
    except web.HTTPRequestEntityTooLarge:
        await payments.refuse("size")
        raise
    await payments.receive(body)
    return web.json_response({"status": "ok"})
