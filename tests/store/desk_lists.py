"""Reading the desk's lists, and conversations with agents to fill them."""

from __future__ import annotations

from bot.helpdesk.desk import ListedConversation, ListQuery, Page
from bot.helpdesk.staff import Staff
from tests.services.conftest import Desk


async def page(desk: Desk, query: ListQuery) -> Page[ListedConversation]:
    async with desk.store.read() as work:
        return await work.desk.page(query)


async def ids(desk: Desk, query: ListQuery) -> list[str]:
    found = await page(desk, query)
    assert found.next is None
    return [row.id for row in found.items]


async def accepted(desk: Desk, agent: Staff) -> str:
    conversation = await desk.queued()
    await desk.handoffs.accept(conversation, agent)
    return conversation


async def write(desk: Desk, conversation_id: str, agent: Staff, text: str = "Halo Kak") -> None:
    client_id = f"{conversation_id}-{desk.clock.now().timestamp()}"
    await desk.messages.send(conversation_id, agent, client_message_id=client_id, text=text)
