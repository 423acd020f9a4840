"""Sending and reading messages."""

import asyncio

import pytest

from bot.errors import InvalidMessageError, MessageTooLongError, UnauthorizedError
from bot.helpdesk.conversation import Sender
from tests.services.conftest import Desk


async def test_a_message_is_stored_and_its_conversation_woken(desk: Desk) -> None:
    conversation = await desk.opened()
    sent = await desk.conversations.send(conversation, client_message_id="a", text="halo")
    assert (sent.message.seq, sent.duplicate) == (1, False)
    assert desk.woken == [conversation]
    assert [m.text for m in desk.notifier.messages] == ["halo"]


async def test_a_resend_changes_nothing(desk: Desk) -> None:
    conversation = await desk.opened()
    first = await desk.conversations.send(conversation, client_message_id="a", text="halo")
    again = await desk.conversations.send(conversation, client_message_id="a", text="halo")
    assert (again.message.seq, again.duplicate) == (first.message.seq, True)
    next_one = await desk.conversations.send(conversation, client_message_id="b", text="lagi")
    assert next_one.message.seq == 2  # the resend took no number


async def test_many_sends_at_once_get_numbers_without_gaps(desk: Desk) -> None:
    conversation = await desk.opened()
    ids = [f"id-{n % 15}" for n in range(30)]  # each id twice
    await asyncio.gather(*(desk.say(conversation, f"pesan {i}", i) for i in ids))
    log = await desk.log(conversation)
    assert [m.seq for m in log] == list(range(1, 16))
    assert sorted(m.client_message_id or "" for m in log) == sorted(set(ids))


@pytest.mark.parametrize("text", ["", "   ", None, 7, "\x00halo", "\ud800", ["a"]])
async def test_an_unusable_text_is_refused_and_nothing_is_stored(desk: Desk, text: object) -> None:
    conversation = await desk.opened()
    with pytest.raises(InvalidMessageError):
        await desk.conversations.send(conversation, client_message_id="a", text=text)
    assert await desk.log(conversation) == []


@pytest.mark.parametrize("client_id", ["", "x" * 65, None, 3, "ada spasi", "é"])
async def test_an_unusable_client_message_id_is_refused(desk: Desk, client_id: object) -> None:
    with pytest.raises(InvalidMessageError):
        await desk.conversations.send(await desk.opened(), client_message_id=client_id, text="halo")


async def test_a_text_of_the_longest_length_is_taken_and_one_more_character_is_not(desk: Desk) -> None:
    conversation = await desk.opened()
    await desk.say(conversation, "😀" * 1000)
    with pytest.raises(MessageTooLongError):
        await desk.say(conversation, "a" * 1001)


async def test_the_same_client_message_id_may_stand_in_two_conversations(desk: Desk) -> None:
    for _ in range(2):
        assert (await desk.say(await desk.opened(), "halo", "same")).seq == 1


async def test_an_unknown_conversation_can_be_neither_read_nor_written(desk: Desk) -> None:
    with pytest.raises(UnauthorizedError):
        await desk.log("no-such")
    with pytest.raises(UnauthorizedError):
        await desk.say("no-such", "halo")


async def test_reading_after_a_number_gives_only_what_is_newer(desk: Desk) -> None:
    conversation = await desk.opened()
    for text in ("a", "b", "c"):
        await desk.say(conversation, text)
    page = await desk.conversations.read(conversation, after=1, limit=1)
    assert [m.text for m in page.messages] == ["b"]


@pytest.mark.parametrize("pressed", ["Cara bayar", "cara bayar ", "/cara_bayar"])
async def test_a_pressed_button_carries_its_payload_and_reads_as_its_title(desk: Desk, pressed: str) -> None:
    conversation = await desk.opened()
    await desk.say(conversation, "tombol")
    await desk.answering.answer_all(conversation)
    await desk.say(conversation, pressed)
    await desk.answering.answer_all(conversation)
    assert desk.brain.asked[-1][1:] == ("Cara bayar", "/cara_bayar")
    customers = [m for m in await desk.log(conversation) if m.sender is Sender.CUSTOMER]
    assert customers[-1].text == "Cara bayar"


async def test_a_command_that_no_button_offers_is_plain_text(desk: Desk) -> None:
    conversation = await desk.opened()
    await desk.say(conversation, "/restart")
    await desk.answering.answer_all(conversation)
    assert desk.brain.asked[-1][1:] == ("/restart", None)
