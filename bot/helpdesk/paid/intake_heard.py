"""What an intake hears: a message of the customer, typed or a button, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.helpdesk.paid.intake import Intake
from bot.helpdesk.paid.requests import PaidKind

# Buttons of the intake; they are intents without sentences (domain.yml).
FILE_ANYWAY = "ajukan_berbayar"
FILE_MIGRATION = "ajukan_migrasi"
FILE_REVISION = "ajukan_revisi"
AGREE = "setuju"
CHANGE = "ubah_permintaan"
CANCEL = "batal_permintaan"
CHOOSE = "pilih_jawaban"
STILL_IN_WARRANTY = "Masih bergaransi"
STARTS = {
    "dukungan_berbayar": PaidKind.EXTRA,
    FILE_ANYWAY: PaidKind.EXTRA,
    FILE_REVISION: PaidKind.REVISION,
    FILE_MIGRATION: PaidKind.MIGRATION,
}

# Below this the intent is a guess, and the open question says more about what was meant.
_SURE = 0.5


@dataclass(frozen=True)
class Heard:
    """A customer message: `pressed` where it is a button, whose `intent` is certain."""

    text: str
    intent: str
    confidence: float = 1.0
    pressed: bool = False

    def is_about(self, *intents: str) -> bool:
        """Whether it is understood as one of `intents`, and not as a guess."""
        return self.intent in intents and (self.pressed or self.confidence >= _SURE)


@dataclass(frozen=True)
class Step:
    """The intake after a message; `digress` where the message is about another topic, which is answered first."""

    intake: Intake
    digress: bool = False
