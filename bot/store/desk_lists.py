"""Lists and details of conversations for the desk.

A page is read in two steps, both cheap however long the log is: the ids of the page along an index, then what is
shown of those. Conditions that partial indexes share are literal SQL: with bound values neither database would see
that the index applies.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timezone

from sqlalchemy import (
    ColumnElement,
    RowMapping,
    Select,
    and_,
    case,
    func,
    literal,
    literal_column,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.helpdesk.conversation import Sender
from bot.helpdesk.cursors import read_cursor, write_cursor
from bot.helpdesk.desk import (
    Counts,
    Filter,
    ListedChange,
    ListedConversation,
    ListedRating,
    ListQuery,
    Page,
    Sort,
)
from bot.helpdesk.ownership import State
from bot.store.tables import UtcDateTime, conversation, handoff, message, ownership_change, rating, staff

WITH_BOT: ColumnElement[bool] = literal_column("conversation.owner = 'bot' AND conversation.closed_at IS NULL")
CLOSED: ColumnElement[bool] = literal_column("conversation.closed_at IS NOT NULL")
WITH_STAFF: ColumnElement[bool] = literal_column("conversation.owner <> 'bot'")
UNREAD: ColumnElement[bool] = literal_column(
    "conversation.owner <> 'bot' AND conversation.customer_seq > conversation.agent_read_seq"
)
_IN_QUEUE: ColumnElement[bool] = literal_column("conversation.owner = 'queue'")
_WITH_AGENT: ColumnElement[bool] = literal_column("conversation.owner = 'agent'")
# Behind everybody who waits.
_NEVER = datetime(9999, 1, 1, tzinfo=timezone.utc)


class SqlDeskReads:
    """`bot.services.ports.desk_reads.DeskReads` over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def page(self, query: ListQuery) -> Page[ListedConversation]:
        waiting = query.sort is Sort.WAITING and query.filter not in (Filter.BOT, Filter.CLOSED)
        wanted = _by_waiting(query) if waiting else _by_newest(query)
        found = (await self._connection.execute(wanted.limit(query.limit + 1))).all()
        shown = found[: query.limit]
        following = write_cursor(*shown[-1]) if len(found) > query.limit else None
        return Page(await self.rows([row.id for row in shown]), following)

    async def rows(self, conversation_ids: Sequence[str]) -> list[ListedConversation]:
        if not conversation_ids:
            return []
        found = await self._connection.execute(_SHOWN.where(conversation.c.id.in_(conversation_ids)))
        by_id = {row["id"]: row for row in found.mappings()}
        places = await self._places() if any(row["owner"] == "queue" for row in by_id.values()) else {}
        return [_listed(by_id[key], places) for key in conversation_ids if key in by_id]

    async def _places(self) -> dict[str, int]:
        in_order = await self._connection.execute(
            select(handoff.c.conversation_id)
            .join(conversation, conversation.c.id == handoff.c.conversation_id)
            .where(handoff.c.closed_at.is_(None), _IN_QUEUE)
            .order_by(handoff.c.priority.desc(), handoff.c.created_at, handoff.c.id)
        )
        return {key: place for place, key in enumerate(in_order.scalars(), start=1)}

    async def counts(self, agent_id: str, *, bot_since: datetime) -> Counts:
        def number(*conditions: ColumnElement[bool]) -> ColumnElement[int]:
            return select(func.count()).select_from(conversation).where(*conditions).scalar_subquery()

        mine = conversation.c.agent_id == agent_id
        found = await self._connection.execute(
            select(
                number(mine, _WITH_AGENT).label("mine"),
                number(_IN_QUEUE).label("queue"),
                number(WITH_BOT, conversation.c.last_at > bot_since).label("bot"),
                number(_WITH_AGENT).label("with_agents"),
                number(mine, UNREAD).label("unread"),
            )
        )
        row = found.one()
        return Counts(row.mine, row.queue, row.bot, row.with_agents - row.mine, row.unread)

    async def customer_texts(self, conversation_id: str, limit: int) -> list[tuple[int, str]]:
        found = await self._connection.execute(
            select(message.c.seq, message.c.text)
            .where(message.c.conversation_id == conversation_id, message.c.sender == Sender.CUSTOMER.value)
            .order_by(message.c.seq.desc())
            .limit(limit)
        )
        return [(row.seq, row.text) for row in found]

    async def changes(self, conversation_id: str) -> list[ListedChange]:
        by, new = staff.alias("by_staff"), staff.alias("new_staff")
        table = ownership_change
        found = await self._connection.execute(
            select(
                *(table.c.at, table.c.event, table.c.old_state, table.c.new_state, table.c.actor),
                by.c.display_name.label("staff"),
                new.c.display_name.label("new_agent"),
                *(table.c.reason, table.c.note),
            )
            .outerjoin(by, by.c.id == table.c.staff_id)
            .outerjoin(new, new.c.id == table.c.new_agent_id)
            .where(table.c.conversation_id == conversation_id)
            .order_by(table.c.id)
        )
        return [ListedChange(**row) for row in found.mappings()]

    async def rating(self, conversation_id: str) -> ListedRating | None:
        found = await self._connection.execute(
            select(rating.c.score, rating.c.solved).where(rating.c.conversation_id == conversation_id)
        )
        row = found.first()
        return None if row is None or row == (None, None) else ListedRating(row.score, row.solved)

    async def mark_read(self, conversation_id: str, seq: int) -> int | None:
        table = conversation
        reached = case((table.c.last_seq < seq, table.c.last_seq), else_=seq)
        moved = await self._connection.execute(
            update(table)
            .where(table.c.id == conversation_id, table.c.agent_read_seq < reached)
            .values(agent_read_seq=reached)
            .returning(table.c.agent_read_seq)
        )
        return moved.scalar_one_or_none()

    async def set_contact(self, conversation_id: str, *, name: str | None, email: str | None) -> None:
        await self._connection.execute(
            update(conversation)
            .where(conversation.c.id == conversation_id)
            .values(contact_name=name, contact_email=email)
        )


def _conditions(query: ListQuery) -> list[ColumnElement[bool]]:
    mine = conversation.c.agent_id == query.agent_id
    of_filter: dict[Filter, list[ColumnElement[bool]]] = {
        Filter.MINE: [mine, _WITH_AGENT],
        Filter.QUEUE: [_IN_QUEUE],
        Filter.BOT: [WITH_BOT],
        Filter.CLOSED: [CLOSED],
        Filter.OTHERS: [_WITH_AGENT, conversation.c.agent_id != query.agent_id],
        Filter.ALL: [],
    }
    return [*of_filter[query.filter], UNREAD] if query.unread else of_filter[query.filter]


def _by_newest(query: ListQuery) -> Select[tuple[datetime, str]]:
    table = conversation
    wanted = select(table.c.last_at, table.c.id).where(*_conditions(query))
    if query.before is not None:
        at, key = read_cursor(query.before, (datetime, str))
        wanted = wanted.where(tuple_(table.c.last_at, table.c.id) < tuple_(literal(at, UtcDateTime), literal(key)))
    return wanted.order_by(table.c.last_at.desc(), table.c.id.desc())


def _by_waiting(query: ListQuery) -> Select[tuple[int, datetime, str]]:
    """Only conversations with staff or the queue: these are few, so that all of them may be sorted."""
    table = conversation
    wait = func.coalesce(_waiting_since(), literal(_NEVER, UtcDateTime))
    priority = case((table.c.owner == "queue", func.coalesce(handoff.c.priority, 0)), else_=0)
    wanted = (
        select(priority.label("priority"), wait.label("wait"), table.c.id)
        .select_from(table.outerjoin(handoff, _open_request()))
        .where(*_conditions(query), WITH_STAFF)
    )
    if query.before is not None:
        first, since, key = read_cursor(query.before, (int, datetime, str))
        later = tuple_(wait, table.c.id) > tuple_(literal(since, UtcDateTime), literal(key))
        wanted = wanted.where(or_(priority < first, and_(priority == first, later)))
    return wanted.order_by(priority.desc(), wait, table.c.id)


def _open_request() -> ColumnElement[bool]:
    return and_(handoff.c.conversation_id == conversation.c.id, handoff.c.closed_at.is_(None))


def _waiting_since() -> ColumnElement[datetime]:
    """Of the queue the request; with an agent the first message of the customer that got no answer.

    A reply of the bot that hands over is no answer: who has just been accepted waits for the agent's first word.
    """
    last, first = message.alias("answer"), message.alias("unanswered")
    # Ordered by the key rather than with max() and min(), which would lead the databases to other indexes.
    answered = (
        select(last.c.seq)
        .where(
            last.c.conversation_id == conversation.c.id,
            or_(last.c.sender == "agent", and_(last.c.sender == "bot", last.c.outcome != "handoff")),
        )
        .order_by(last.c.seq.desc())
        .limit(1)
        .correlate(conversation)  # of the outermost query: two levels up nothing is correlated by itself
        .scalar_subquery()
    )
    unanswered = (
        select(first.c.created_at)
        .where(
            first.c.conversation_id == conversation.c.id,
            first.c.sender == "customer",
            first.c.seq > func.coalesce(answered, 0),
        )
        .order_by(first.c.seq)
        .limit(1)
        .correlate(conversation)
        .scalar_subquery()
    )
    return case((conversation.c.owner == "queue", handoff.c.created_at), (conversation.c.owner == "agent", unanswered))


def _unread() -> ColumnElement[int]:
    counted = (
        select(func.count())
        .select_from(message)
        .where(
            message.c.conversation_id == conversation.c.id,
            message.c.seq > conversation.c.agent_read_seq,
            message.c.sender == "customer",
        )
        .scalar_subquery()
    )
    return case((conversation.c.owner == "bot", 0), else_=counted)


_SHOWN = select(
    *(conversation.c[name] for name in ("id", "owner", "closed_at", "agent_id", "created_at")),
    *(conversation.c[name] for name in ("last_at", "last_text", "last_sender", "contact_name")),
    staff.c.display_name.label("agent_name"),
    *(handoff.c.reason, handoff.c.mode),
    _waiting_since().label("waiting_since"),
    _unread().label("unread"),
).select_from(conversation.outerjoin(staff, staff.c.id == conversation.c.agent_id).outerjoin(handoff, _open_request()))


def state_of(owner: str, closed_at: datetime | None) -> State:
    """The state that the columns of a conversation stand for."""
    return State.CLOSED if closed_at is not None else State(owner)


def _listed(row: RowMapping, places: dict[str, int]) -> ListedConversation:
    columns = dict(row)
    state = state_of(columns.pop("owner"), columns.pop("closed_at"))
    sender = columns.pop("last_sender")
    return ListedConversation(
        **columns,
        state=state,
        last_sender=Sender(sender) if sender else None,
        place=places.get(row["id"]) if state is State.QUEUE else None,
    )
