"""Handlers of the team lead's figures."""

from __future__ import annotations

from enum import Enum
from typing import TypeVar

from aiohttp import web

from bot.errors import InvalidMessageError
from bot.services.figures import Figures
from bot.services.figures_csv import Part, Separator, write_csv
from bot.web import keys
from bot.web.desk.report_views import figures_view

_Choice = TypeVar("_Choice", bound=Enum)


async def read_report(request: web.Request) -> web.Response:
    """GET /api/desk/v1/report?from=YYYY-MM-DD&to=YYYY-MM-DD"""
    return web.json_response(figures_view(await _figures(request)))


async def read_report_csv(request: web.Request) -> web.Response:
    """GET /api/desk/v1/report.csv?from=&to=&part=days|agents|reasons&separator=comma|semicolon"""
    part = _choice(request, "part", Part.DAYS)
    separator = _choice(request, "separator", Separator.COMMA)
    report = (await _figures(request)).report
    name = f"laporan-{part.value}-{report.period.first}-{report.period.last}.csv"
    return web.Response(
        text=write_csv(report, part, separator),
        content_type="text/csv",
        charset="utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


async def _figures(request: web.Request) -> Figures:
    return await request.app[keys.FIGURES].report(request.query.get("from"), request.query.get("to"))


def _choice(request: web.Request, name: str, usual: _Choice) -> _Choice:
    raw = request.query.get(name, "")
    try:
        return type(usual)(raw) if raw else usual
    except ValueError as error:
        raise InvalidMessageError(f"there is no such {name}", field=name) from error
