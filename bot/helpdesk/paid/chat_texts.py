"""What the bot says to what customers choose about their requests."""

from __future__ import annotations

from bot.helpdesk.choices import HUMAN
from bot.helpdesk.conversation import Outcome, Reply
from bot.helpdesk.paid.cards import METHODS, STATES
from bot.helpdesk.paid.requests import PaidRequest

UNKNOWN = Reply("Permintaan itu tidak kami temukan di percakapan ini, Kak.", Outcome.CLARIFY, buttons=(HUMAN,))
RATED = Reply("Terima kasih atas penilaiannya, Kak.", Outcome.SMALLTALK)
TOO_MANY = Reply(
    "Permintaan Kakak yang masih berjalan sudah banyak. Staf kami akan membantu menyelesaikannya dulu, ya.",
    Outcome.HANDOFF,
)


def _paid(text: str, *, human: bool = False) -> Reply:
    return Reply(text, Outcome.PAID_SUPPORT, ("H5",), (HUMAN,) if human else ())


def accepted(request: PaidRequest) -> Reply:
    """The customer takes the quote."""
    return _paid(f"Terima kasih, Kak. Penawaran {request.reference} sudah disetujui, tagihannya kami siapkan.")


def asking(request: PaidRequest) -> Reply:
    """The customer has a question before deciding."""
    return Reply(
        f"Silakan tulis pertanyaan Kakak soal penawaran {request.reference} di sini; staf kami yang menjawab.",
        Outcome.HANDOFF,
        ("H5",),
    )


def declined(request: PaidRequest) -> Reply:
    """The customer does not want the quote."""
    return _paid(
        f"Baik, Kak, penawaran {request.reference} tidak dilanjutkan. Kalau nanti diperlukan, tulis saja di sini.",
        human=True,
    )


def cancelled(request: PaidRequest) -> Reply:
    """The customer calls it off."""
    return _paid(f"Baik, Kak, permintaan {request.reference} sudah dibatalkan. Tidak ada yang perlu dibayar.")


def paying(request: PaidRequest, method: str) -> Reply:
    """The customer has chosen how to pay."""
    return _paid(
        f"Baik, {METHODS.get(method, method)} untuk {request.reference}. Petunjuk bayarnya kami kirim di sini."
    )


def no_such_way() -> Reply:
    """The way to pay is not offered (any more)."""
    return _paid("Cara bayar itu sedang tidak tersedia, Kak. Pilih cara lain atau hubungi staf kami.", human=True)


def not_now(request: PaidRequest) -> Reply:
    """The request has gone on since the card was shown."""
    return _paid(f"Permintaan {request.reference} sekarang: {STATES[request.standing.state]}.", human=True)


def newer_quote(request: PaidRequest) -> Reply:
    """Another quote has taken its place."""
    return _paid(f"Ada penawaran yang lebih baru untuk {request.reference}; yang berlaku penawaran terakhir, Kak.")


def free_migration(capacity_gb: int, limit_gb: int) -> Reply:
    """Within the limit of the policy."""
    return Reply(
        f"Kabar baik, Kak: migrasi {capacity_gb} GB masih di dalam batas gratis {limit_gb} GB (Hak 14), jadi tidak ada "
        "biaya. Staf kami yang menjadwalkannya bersama Kakak.",
        Outcome.HANDOFF,
        ("H14",),
    )
