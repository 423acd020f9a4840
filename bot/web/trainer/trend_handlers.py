"""Handler of the trends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiohttp import web

from bot.errors import InvalidMessageError
from bot.services.trainer.topics import title_of
from bot.services.trainer.trends import TrendReport
from bot.web.desk.queries import whole_number
from bot.web.trainer.inbox_keys import TITLES, TRENDS

_DEFAULT, _LEAST, _MOST = 12, 2, 52


async def read_trends(request: web.Request) -> web.Response:
    """GET /api/trainer/v1/trends"""
    weeks = whole_number(request, "weeks", largest=_MOST) or _DEFAULT
    if weeks < _LEAST:
        raise InvalidMessageError(f"weeks is not a number from {_LEAST} to {_MOST}", field="weeks")
    report = await request.app[TRENDS].report(weeks)
    return web.json_response(_view(report, request.app[TITLES]()))


def _view(report: TrendReport, titles: Mapping[str, str]) -> dict[str, Any]:
    return {
        "weeks": [
            {
                "from": week.start.isoformat(),
                "all": week.all,
                "right": week.right,
                "asked_back": week.asked_back,
                "refused": week.refused,
                "handed_off": week.handed_off,
                "other": week.other,
            }
            for week in report.weeks
        ],
        "growing": [
            {"intent": one.intent, "title": title_of(one.intent, titles), "now": one.now, "before": one.before}
            for one in report.growing
        ],
        "unseen": [{"word": one.word, "count": one.count, "text": one.text} for one in report.unseen],
    }
