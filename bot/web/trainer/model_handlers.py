"""Handlers of training, comparing, publishing and listening (docs/trainer-protocol.md)."""

from __future__ import annotations

from aiohttp import web

from bot.helpdesk.releases.jobs import Job
from bot.helpdesk.staff import Permission
from bot.services.releases.jobs import job_view
from bot.services.releases.versions import ModelVersions
from bot.services.trainer.topics import titles
from bot.web import keys
from bot.web.bodies import json_object
from bot.web.desk.queries import path_id, whole_number
from bot.web.guard import staff_session
from bot.web.trainer.bodies import change_key, page_limit, path_number
from bot.web.trainer.model_views import detail_view, listening_view, training_view, version_view
from bot.web.trainer.workshop_views import Titles, change_view


async def read_training(request: web.Request) -> web.Response:
    """GET /api/trainer/v1/training"""
    may_override = staff_session(request).staff.may(Permission.ADMINISTER)
    return web.json_response(training_view(await _versions(request).training(), may_override=may_override))


async def train(request: web.Request) -> web.Response:
    """POST /api/trainer/v1/training"""
    body, staff = await json_object(request), staff_session(request).staff
    return _begun(await _versions(request).train(staff, body.get("key"), body.get("note")))


async def cancel_job(request: web.Request) -> web.Response:
    """POST /api/trainer/v1/jobs/{id}/cancel"""
    change_key(await json_object(request))
    return web.json_response({"job": job_view(await request.app[keys.TRAINER_JOBS].cancel(path_id(request)))})


async def list_versions(request: web.Request) -> web.Response:
    """GET /api/trainer/v1/versions"""
    return web.json_response({"versions": [version_view(one) for one in await _versions(request).all()]})


async def read_version(request: web.Request) -> web.Response:
    """GET /api/trainer/v1/versions/{number}"""
    return await _detail(request, path_number(request))


async def read_picture(request: web.Request) -> web.Response:
    """GET /api/trainer/v1/versions/{number}/pictures/{name}"""
    picture = await _versions(request).picture(path_number(request), request.match_info["name"])
    return web.Response(body=picture, content_type="image/png", headers={"Cache-Control": "private, max-age=3600"})


async def publish(request: web.Request) -> web.Response:
    """POST /api/trainer/v1/versions/{number}/publish"""
    body, staff = await json_object(request), staff_session(request).staff
    return _begun(
        await _versions(request).publish(
            staff, path_number(request), body.get("key"), note=body.get("note"), override=body.get("override")
        )
    )


async def discard(request: web.Request) -> web.Response:
    """POST /api/trainer/v1/versions/{number}/discard"""
    body, number = await json_object(request), path_number(request)
    await _versions(request).discard(staff_session(request).staff, number, body.get("key"))
    return await _detail(request, number)


async def read_shadow(request: web.Request) -> web.Response:
    """GET /api/trainer/v1/shadow"""
    heard = await _versions(request).heard(before=whole_number(request, "before"), limit=page_limit(request))
    return web.json_response(listening_view(heard, await _titles(request)))


async def listen(request: web.Request) -> web.Response:
    """PUT /api/trainer/v1/shadow"""
    body, staff = await json_object(request), staff_session(request).staff
    return _begun(await _versions(request).listen(staff, body.get("version"), body.get("key")))


async def listen_no_more(request: web.Request) -> web.Response:
    """DELETE /api/trainer/v1/shadow"""
    await _versions(request).listen_no_more()
    return web.Response(status=204)


async def _detail(request: web.Request, number: int) -> web.Response:
    version, compared, changes = await _versions(request).one(number)
    named = await _titles(request)
    return web.json_response(detail_view(version, compared, [change_view(change, named) for change in changes]))


def _begun(job: Job) -> web.Response:
    return web.json_response({"job": job_view(job)}, status=202)


async def _titles(request: web.Request) -> Titles:
    return titles([one.topic for one in await request.app[keys.WORKSHOP].topics()])


def _versions(request: web.Request) -> ModelVersions:
    return request.app[keys.MODEL_VERSIONS]
