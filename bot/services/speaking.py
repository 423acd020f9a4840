"""What is said to a customer message, given who has the conversation by then, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.helpdesk.choices import EMAIL_NOTED, choice_of
from bot.helpdesk.conversation import ChatMessage, Owner, Reply
from bot.helpdesk.paid.cards import CardMessage
from bot.helpdesk.queueing import WAITING, reply_while_waiting
from bot.services.choices import CustomerChoices
from bot.services.paid.in_chat import Done, PaidSupportInChat, is_about_paid_support
from bot.services.ports import BrainTurn, UnitOfWork
from bot.text.patterns import first_email


@dataclass(frozen=True)
class Said:
    """Replies of the bot, cards, and whether the owner or the queue, and which paid requests, are other ones now."""

    replies: tuple[Reply, ...] = ()
    moved: bool = False
    cards: tuple[CardMessage, ...] = ()
    changed: tuple[str, ...] = ()


class Speaking:
    """Decides within the transaction that stores what is said, and carries out what the customer has chosen."""

    def __init__(self, choices: CustomerChoices, paid: PaidSupportInChat) -> None:
        self._choices = choices
        self._paid = paid

    async def decide(self, work: UnitOfWork, message: ChatMessage, turn: BrainTurn, owner: Owner) -> Said:
        """What is said to `message`; nothing of the bot while a support agent has the conversation."""
        if choice_of(message.payload) is not None:
            return await self._chosen(work, message, owner)
        for reply in turn.replies:
            if reply.effect is not None:
                # What the customer has confirmed counts, even if a support agent has come meanwhile.
                done = await self._paid.carry_out(work, message.conversation_id, message.seq, reply, reply.effect)
                return _of_paid_support(done, owner, tuple(other for other in turn.replies if other is not reply))
        if owner is Owner.QUEUE:
            return await self._while_waiting(work, message, turn)
        return Said(tuple(turn.replies)) if owner.bot_may_speak else Said()

    async def _chosen(self, work: UnitOfWork, message: ChatMessage, owner: Owner) -> Said:
        choice = choice_of(message.payload)
        if choice is None:
            return Said()
        if is_about_paid_support(choice):
            return _of_paid_support(await self._paid.choose(work, message.conversation_id, choice), owner)
        chosen = await self._choices.carry_out(work, message.conversation_id, choice)
        return Said((chosen.reply,) if owner.bot_may_speak else (), chosen.moved)

    async def _while_waiting(self, work: UnitOfWork, message: ChatMessage, turn: BrainTurn) -> Said:
        replies = reply_while_waiting(tuple(turn.replies), turn.intent)
        email = first_email(message.text)
        if email is not None:
            await work.conversations.set_email(message.conversation_id, email)
            if replies == (WAITING,):
                replies = (EMAIL_NOTED,)
        return Said(replies)


def _of_paid_support(done: Done, owner: Owner, before: tuple[Reply, ...] = ()) -> Said:
    """While a support agent has the conversation the bot is silent; cards are shown all the same."""
    if owner.bot_may_speak:
        return Said((*before, *done.replies), cards=tuple(done.cards), changed=tuple(done.changed))
    shown = [CardMessage(reply.text, reply.card, reply.buttons) for reply in done.replies if reply.card is not None]
    return Said(cards=(*shown, *done.cards), changed=tuple(done.changed))
