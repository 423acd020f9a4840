"""What the payment service tells us."""

from __future__ import annotations

from aiohttp import web

from bot.web import keys


async def midtrans_notification(request: web.Request) -> web.Response:
    """POST /api/v1/payments/midtrans/notifications: nobody signs in here; the body is signed, and only a hint."""
    payments = request.app[keys.PAYMENTS]
    try:
        body = await request.read()
    except web.HTTPRequestEntityTooLarge:
        await payments.refuse("size")
        raise
    await payments.receive(body)
    return web.json_response({"status": "ok"})
