"""Bank transfer: the accounts, told by amount, and nobody to ask."""

from __future__ import annotations

import pytest

from bot.errors import PaymentUnavailableError
from bot.payments.transfer import BankTransfer
from bot.services.ports.payments import BankAccount, Instructions
from tests.payments.orders import ORDER

ACCOUNTS = (BankAccount("BCA", "1234567890", "PT Contoh"), BankAccount("Mandiri", "9870001112223", "PT Contoh"))


async def test_every_order_gets_all_accounts_as_often_as_it_likes() -> None:
    transfer = BankTransfer(ACCOUNTS)
    assert (transfer.name, transfer.uses_unique_code) == ("transfer", True)
    assert await transfer.open(ORDER) == await transfer.open(ORDER) == Instructions(accounts=ACCOUNTS)
    assert await transfer.status(ORDER.order_id) is None


async def test_without_an_account_there_is_no_way_to_pay() -> None:
    with pytest.raises(PaymentUnavailableError, match="HELPDESK_BANK_ACCOUNTS"):
        await BankTransfer(()).open(ORDER)
