"""Who may talk with customers now."""

from __future__ import annotations

from dataclasses import replace

from bot.helpdesk.agents import AgentAtWork
from bot.services.ports import UnitOfWork


async def agents_at_work(work: UnitOfWork, max_chats: int) -> list[AgentAtWork]:
    """All agents, each with the limit that holds for them (`max_chats` where the account has none)."""
    return [replace(agent, max_chats=agent.limit(max_chats)) for agent in await work.agents.all()]
