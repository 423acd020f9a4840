"""What the bot says while the customer waits for a support agent."""

from __future__ import annotations

from bot.helpdesk.conversation import Outcome, Reply

_GREETING = "salam"
WAITING = Reply(
    text=(
        "Sudah saya catat untuk staf kami, Kak. Mereka akan melanjutkan di chat ini; mohon ditunggu, ya. "
        "Sambil menunggu, saya tetap bisa menjawab pertanyaan soal layanan dan tagihan."
    ),
    outcome=Outcome.HANDOFF,
)


def reply_while_waiting(replies: tuple[Reply, ...], intent: str | None) -> tuple[Reply, ...]:
    """`replies`, or the note that staff will read it, where the bot would ask back, greet or hand off once more.

    A clear question is still answered: waiting is no reason for silence.
    """
    says_nothing_new = all(
        outcome in (Outcome.CLARIFY, Outcome.HANDOFF) for reply in replies for outcome in reply.outcomes
    )
    return (WAITING,) if says_nothing_new or intent == _GREETING else replies
