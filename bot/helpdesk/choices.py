"""Buttons that are for the helpdesk itself and not for the dialogue engine: their payload begins with `#`."""

from __future__ import annotations

from dataclasses import dataclass

from bot.helpdesk.conversation import Button, Outcome, Reply

_AFTERWARDS = ("rating", "solved", "paid-rating")
HUMAN = Button("Bicara dengan staf", "/minta_manusia")


@dataclass(frozen=True)
class Choice:
    """`#queue:wait` is the choice `wait` about the `queue`."""

    about: str
    value: str

    @property
    def is_afterwards(self) -> bool:
        """Said of what is over: it opens no closed conversation."""
        return self.about in _AFTERWARDS

    @property
    def score(self) -> int | None:
        """The rating, 1 to 5."""
        return int(self.value) if self.about == "rating" and self.value in {"1", "2", "3", "4", "5"} else None


def choice_of(payload: str | None) -> Choice | None:
    """The choice behind a button, or None for a button of the bot or no button."""
    if payload is None or not payload.startswith("#"):
        return None
    about, _, value = payload[1:].partition(":")
    return Choice(about, value)


def may_press_card(text: str) -> bool:
    """Whether a customer's text may be a button of a card: its payload, or a title that stands on one."""
    return text.startswith("#paid") or text.strip().casefold() in _CARD_TITLES


# Typed by people whose client shows no cards; the other titles are of ordinary buttons, or name an amount of stars.
_CARD_TITLES = frozenset({"terima penawaran", "tolak penawaran", "batalkan permintaan"})

WAITS_ON = Reply("Baik, Kak, kami kabari begitu staf siap. Mohon ditunggu, ya.", Outcome.HANDOFF)
WRITE_MESSAGE = Reply(
    "Silakan tulis pesan Kakak di sini beserta alamat e-mail untuk dibalas. Staf kami akan membacanya; "
    "Kakak boleh menutup chat ini.",
    Outcome.HANDOFF,
)
EMAIL_NOTED = Reply(
    "Alamat e-mail Kakak sudah kami catat bersama pesan ini. Staf kami akan melanjutkannya.", Outcome.HANDOFF
)
BOT_AGAIN = Reply("Baik, Kak, kita lanjutkan di sini. Ada yang bisa saya bantu?", Outcome.SMALLTALK)
WAITS_NO_MORE = Reply("Kakak sudah tidak di antrean. Ada yang bisa saya bantu?", Outcome.SMALLTALK)
RATED = Reply("Terima kasih atas penilaiannya, Kak.", Outcome.SMALLTALK)
SOLVED = Reply("Senang bisa membantu, Kak. Kalau ada yang lain, tulis saja di sini.", Outcome.SMALLTALK)
NOT_SOLVED = Reply(
    "Maaf belum membantu, Kak. Boleh ditulis lagi dengan kata lain, atau bicara dengan staf kami.",
    Outcome.CLARIFY,
    buttons=(HUMAN,),
)
