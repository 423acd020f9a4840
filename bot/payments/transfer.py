"""Payment by bank transfer: the customer adds a unique code to the amount, and staff find the transfer by it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.errors import PaymentUnavailableError
from bot.services.ports.payments import BankAccount, Instructions, PaymentOrder, PaymentStatus


class BankTransfer:
    """`bot.services.ports.payments.PaymentMethod` without a service: nobody but staff can say what was paid."""

    def __init__(self, accounts: Sequence[BankAccount]) -> None:
        self._accounts = tuple(accounts)

    @property
    def name(self) -> str:
        return "transfer"

    @property
    def uses_unique_code(self) -> bool:
        return True

    async def open(self, order: PaymentOrder) -> Instructions:
        if not self._accounts:
            raise PaymentUnavailableError("no bank account is set up: HELPDESK_BANK_ACCOUNTS")
        return Instructions(accounts=self._accounts)

    async def status(self, order_id: str) -> PaymentStatus | None:
        return None
