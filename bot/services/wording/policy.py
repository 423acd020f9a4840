"""Use cases of the policy document: what it changes, and taking in a new one."""

from __future__ import annotations

import asyncio
import re

from bot.errors import CatalogueError, PolicyDocumentError
from bot.helpdesk.policy_document import parse_policy
from bot.services.policy_imports import PolicyImports
from bot.services.policy_report import PolicyOverview, PolicyReport
from bot.services.ports import Clock

_CLAUSE = re.compile(r"\b(?:[KH]\d{1,2}|P)\b")


class Policies:
    """As `helpdesk policy`, for the console."""

    def __init__(self, report: PolicyReport, imports: PolicyImports, clock: Clock) -> None:
        self._report = report
        self._imports = imports
        self._clock = clock

    async def overview(self) -> PolicyOverview:
        """The newest import beside the former one and our catalogue."""
        return await asyncio.to_thread(self._report.overview)

    async def take(self, document: str) -> PolicyOverview:
        """Import `document`; the bot quotes and searches it from now on. Raises PolicyDocumentError."""
        try:
            wording = parse_policy(document.removeprefix("\ufeff"))
        except CatalogueError as error:
            named = ", ".join(dict.fromkeys(_CLAUSE.findall(str(error))))
            problem = (
                "Dokumen harus memuat bagian KEWAJIBAN dan HAK dengan butir bernomor urut, lalu kalimat penutup. "
                f"Yang tidak ditemukan atau tidak urut: {named}."
            )
            raise PolicyDocumentError(str(error), problem=problem) from error
        await asyncio.to_thread(self._imports.add, wording, self._clock.now())
        return await self.overview()
