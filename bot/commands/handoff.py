"""`helpdesk handoff`: customers who asked for a person, for staff at a terminal (the desk comes later)."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Awaitable, Callable

from bot.bootstrap import staff_handoffs
from bot.helpdesk.conversation import ChatMessage
from bot.services.handoffs import StaffHandoffs
from bot.settings import Settings


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser("handoff", help="customers who wait for a support agent")
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    actions.add_parser("list", help="who waits, longest first").set_defaults(run=_runner(list_waiting))
    for name, use_case, text in (
        ("show", show, "the whole conversation"),
        ("reply", reply, "say what standard input holds; from then on the bot is silent"),
        ("close", close, "give the conversation back to the bot"),
    ):
        action = actions.add_parser(name, help=text)
        action.add_argument("conversation", help="conversation id")
        action.set_defaults(run=_runner(use_case))


UseCase = Callable[[StaffHandoffs, argparse.Namespace], Awaitable[None]]


def _runner(use_case: UseCase) -> Callable[[argparse.Namespace], int]:
    async def run(arguments: argparse.Namespace) -> None:
        async with staff_handoffs(Settings.from_env()) as staff:
            await use_case(staff, arguments)

    def command(arguments: argparse.Namespace) -> int:
        asyncio.run(run(arguments))
        return 0

    return command


async def list_waiting(staff: StaffHandoffs, arguments: argparse.Namespace) -> None:
    """One line a customer."""
    for waiting in await staff.waiting():
        handoff = waiting.handoff
        newest = waiting.newest.text.replace("\n", " ")[:80] if waiting.newest else ""
        since = handoff.created_at.astimezone().strftime("%Y-%m-%d %H:%M")
        print(f"{handoff.conversation_id}  {since}  {waiting.owner.value:<5}  {handoff.reason:<16}  {newest}")


async def show(staff: StaffHandoffs, arguments: argparse.Namespace) -> None:
    """The log as text."""
    for message in await staff.log(arguments.conversation):
        print(_line(message))


async def reply(staff: StaffHandoffs, arguments: argparse.Namespace) -> None:
    """Say standard input's text to the customer."""
    print(_line(await staff.reply(arguments.conversation, sys.stdin.read().strip())))


async def close(staff: StaffHandoffs, arguments: argparse.Namespace) -> None:
    """Close the request."""
    await staff.close(arguments.conversation)
    print("closed: the bot answers again")


def _line(message: ChatMessage) -> str:
    about = f" [{message.outcome.value} {','.join(message.clauses)}]" if message.outcome else ""
    return f"{message.seq:>4} {message.created_at.astimezone():%H:%M} {message.sender.value}{about}: {message.text}"
