"""Handlers of the team lead's figures."""

from __future__ import annotations

from aiohttp import web

from bot.services.csv_text import Separator
from bot.services.figures import Figures
from bot.services.figures_csv import Part, write_csv
from bot.web import keys
from bot.web.desk.csv_files import csv_response
from bot.web.desk.queries import choice
from bot.web.desk.report_views import figures_view


async def read_report(request: web.Request) -> web.Response:
    """GET /api/desk/v1/report?from=YYYY-MM-DD&to=YYYY-MM-DD"""
    return web.json_response(figures_view(await _figures(request)))


async def read_report_csv(request: web.Request) -> web.Response:
    """GET /api/desk/v1/report.csv?from=&to=&part=days|agents|reasons&separator=comma|semicolon"""
    part = choice(request, "part", Part, Part.DAYS)
    separator = choice(request, "separator", Separator, Separator.COMMA)
    report = (await _figures(request)).report
    name = f"laporan-{part.value}-{report.period.first}-{report.period.last}.csv"
    return csv_response(write_csv(report, part, separator), name)


async def _figures(request: web.Request) -> Figures:
    return await request.app[keys.FIGURES].report(request.query.get("from"), request.query.get("to"))
