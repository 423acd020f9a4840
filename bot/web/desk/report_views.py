"""JSON forms of the team lead's figures (docs/desk-protocol.md). Times are in seconds."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from bot.helpdesk.figures import BotOnly, Chats, Requests, Satisfaction
from bot.helpdesk.report import AgentFigures, Slice
from bot.services.figures import Figures
from bot.web.views import time_view


def figures_view(figures: Figures) -> dict[str, Any]:
    """The whole report."""
    report = figures.report
    return {
        "from": report.period.first.isoformat(),
        "to": report.period.last.isoformat(),
        "time_zone": str(report.period.zone),
        "made_at": time_view(figures.made_at),
        **_parts(report.requests, report.chats, report.bot, report.satisfaction),
        "satisfaction_bot": asdict(report.satisfaction_bot),
        "days": [_slice_view(day) for day in report.days],
        "weeks": [_slice_view(week) for week in report.weeks],
        "agents": [_agent_view(agent) for agent in report.agents],
        "reasons": [{"reason": item.reason, "requests": asdict(item.requests)} for item in report.reasons],
        "close_reasons": [{"reason": reason, "count": count} for reason, count in report.close_reasons],
    }


def _slice_view(part: Slice) -> dict[str, Any]:
    return {"day": part.day.isoformat(), **_parts(part.requests, part.chats, part.bot, part.satisfaction)}


def _agent_view(agent: AgentFigures) -> dict[str, Any]:
    return {
        "id": agent.id,
        "name": agent.name,
        "requests": asdict(agent.requests),
        "chats": asdict(agent.chats) | {"received": agent.received},
        "satisfaction": asdict(agent.satisfaction),
    }


def _parts(requests: Requests, chats: Chats, bot: BotOnly, satisfaction: Satisfaction) -> dict[str, Any]:
    return {
        "requests": asdict(requests),
        "chats": asdict(chats),
        "bot": asdict(bot),
        "satisfaction": asdict(satisfaction),
    }
