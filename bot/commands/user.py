"""`helpdesk user`: accounts of staff."""

from __future__ import annotations

import argparse
import asyncio
import getpass
import sys
from collections.abc import Awaitable, Callable

from bot.errors import AccountError
from bot.helpdesk.audit import CLI
from bot.helpdesk.staff import Role, Staff
from bot.services.accounts import Accounts, generate_password
from bot.settings import Settings

UseCase = Callable[[Accounts, argparse.Namespace], Awaitable[None]]
_ROLES = [role.value for role in Role]


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser("user", help="accounts of staff: support agents, trainers, admins")
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    actions.add_parser("list", help="all accounts").set_defaults(run=_runner(list_all))
    for name, use_case, text in (
        ("add", add, "a new account; the password is asked for"),
        ("disable", disable, "the account may do nothing any more, at once"),
        ("enable", enable, "the account may sign in again"),
        ("roles", set_roles, "give the account other roles"),
        ("limit", set_limit, "how many chats the account may have at the same time"),
        ("password", set_password, "give the account another password and end its sessions"),
    ):
        action = actions.add_parser(name, help=text)
        action.add_argument("username", metavar="NAME", help="user name, such as rina")
        if name in {"add", "roles"}:
            action.add_argument("--role", action="append", required=True, choices=_ROLES, help="may be given again")
        if name == "limit":
            action.add_argument("chats", metavar="N", type=_limit, help="a number, or `default`: HELPDESK_MAX_CHATS")
        if name == "add":
            action.add_argument("--name", metavar="DISPLAY", help="what customers see; as the user name if not given")
        if name in {"add", "password"}:
            source = action.add_mutually_exclusive_group()
            source.add_argument("--password-stdin", action="store_true", help="read the password from standard input")
            source.add_argument("--generate", action="store_true", help="make a password and print it, only this once")
        if name == "password":
            action.add_argument("--drop-totp", action="store_true", help="for a lost phone: ask for no code any more")
        action.set_defaults(run=_runner(use_case))


def _runner(use_case: UseCase) -> Callable[[argparse.Namespace], int]:
    async def run(arguments: argparse.Namespace) -> None:
        # All parts of the web service: a second, which no other command should wait for.
        from bot.bootstrap import staff_accounts

        async with staff_accounts(Settings.from_env()) as accounts:
            await use_case(accounts, arguments)

    def command(arguments: argparse.Namespace) -> int:
        if "generate" in arguments:  # asked for before anything is opened: a person takes time
            arguments.password = _password(arguments)
        asyncio.run(run(arguments))
        return 0

    return command


async def list_all(accounts: Accounts, arguments: argparse.Namespace) -> None:
    """One line an account."""
    for staff in await accounts.all():
        print(_line(staff))


async def add(accounts: Accounts, arguments: argparse.Namespace) -> None:
    """A new account."""
    staff = await accounts.add(
        CLI,
        username=arguments.username,
        display_name=arguments.name or arguments.username,
        roles=arguments.role,
        password=arguments.password,
    )
    print(f"added: {_line(staff)}")
    _print_generated(arguments)


async def disable(accounts: Accounts, arguments: argparse.Namespace) -> None:
    """Disable the account and end its sessions."""
    await accounts.disable(CLI, arguments.username)
    print(f"disabled: {arguments.username} is signed out everywhere")


async def enable(accounts: Accounts, arguments: argparse.Namespace) -> None:
    """Enable the account."""
    await accounts.enable(CLI, arguments.username)
    print(f"enabled: {arguments.username} may sign in")


async def set_roles(accounts: Accounts, arguments: argparse.Namespace) -> None:
    """Give the account the roles."""
    print(f"changed: {_line(await accounts.set_roles(CLI, arguments.username, arguments.role))}")


async def set_limit(accounts: Accounts, arguments: argparse.Namespace) -> None:
    """Give the account a limit of chats of its own, or none."""
    print(f"changed: {_line(await accounts.set_max_chats(CLI, arguments.username, arguments.chats))}")


async def set_password(accounts: Accounts, arguments: argparse.Namespace) -> None:
    """Give the account the password."""
    await accounts.set_password(CLI, arguments.username, arguments.password, drop_totp=arguments.drop_totp)
    print(f"changed: {arguments.username} is signed out everywhere and has another password")
    _print_generated(arguments)


def _limit(typed: str) -> int | None:
    if typed == "default":
        return None
    try:
        return int(typed)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{typed!r} is neither a number nor `default`") from error


def _password(arguments: argparse.Namespace) -> str:
    if arguments.generate:
        return generate_password()
    if arguments.password_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    try:
        first, second = (getpass.getpass(f"{prompt}: ") for prompt in ("Password", "Again"))
    except EOFError as error:
        raise AccountError("no password was given", field="password", reason="missing") from error
    if first != second:
        raise AccountError("the two passwords differ", field="password", reason="differ")
    return first


def _print_generated(arguments: argparse.Namespace) -> None:
    if arguments.generate:
        print(f"password: {arguments.password} (shown only this once)")


def _line(staff: Staff) -> str:
    roles = ",".join(role.value for role in staff.roles)
    state = "disabled" if staff.disabled_at else "enabled"
    totp = "totp" if staff.has_totp else "-"
    limit = f"max={staff.max_chats}" if staff.max_chats is not None else "-"
    return f"{staff.username:<16}  {roles:<19}  {state:<8}  {totp:<4}  {limit:<7}  {staff.display_name}"
