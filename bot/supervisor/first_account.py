"""The account that a new home starts with: without one nobody could sign in to make others."""

import asyncio

from bot.errors import AccountError
from bot.settings import Settings

NAME = "admin"


def make_first_account(database_url: str) -> str | None:
    """Adds an admin, if there is no account at all; gives the password, which is kept nowhere in this form."""
    return asyncio.run(_make(database_url))


async def _make(database_url: str) -> str | None:
    from bot.bootstrap import staff_accounts
    from bot.helpdesk.audit import Author
    from bot.services.accounts import generate_password

    async with staff_accounts(Settings(database_url=database_url)) as accounts:
        if await accounts.all():
            return None
        password = generate_password()
        try:
            await accounts.add(
                Author("supervisor"), username=NAME, display_name="Admin", roles=["admin"], password=password
            )
        except AccountError:  # another start over the same database was faster
            return None
        return password
