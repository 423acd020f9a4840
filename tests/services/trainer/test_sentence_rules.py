"""Which sentences the workshop takes."""

from __future__ import annotations

import pytest

from bot.errors import SentenceExistsError, SentenceInvalidError
from bot.helpdesk.staff import Staff
from tests.services.trainer.workshop_project import PAY, Trainers, new_key


@pytest.mark.parametrize(
    "text",
    ["", " \n ", "a\0b", "\ud800", "- minus", "[toko](", '[toko]{"entity"', "x" * 1001, "\u200b\u0000", "\ufeff"],
)
async def test_what_yaml_or_rasa_would_misread_is_refused(trainers: Trainers, sari: Staff, text: str) -> None:
    before = trainers.text(PAY)
    with pytest.raises(SentenceInvalidError) as refused:
        await trainers.workshop.add(sari, intent=PAY, text=text, key=new_key())
    assert refused.value.data["problem"]
    assert trainers.text(PAY) == before


async def test_an_entity_has_a_name_that_the_domain_has(trainers: Trainers, sari: Staff) -> None:
    before = trainers.text(PAY)
    text = "tunda buat [toko.co.id](domain) ya"
    with pytest.raises(SentenceInvalidError, match="unknown entity") as refused:
        await trainers.workshop.add(sari, intent=PAY, text=text, key=new_key())
    assert "“domain” tidak dikenal. Yang dikenal: nama_domain" in refused.value.data["problem"]
    with pytest.raises(SentenceInvalidError):
        await trainers.workshop.edit(sari, await trainers.id_of("tunda dulu ya"), text=text, key=new_key())
    with pytest.raises(SentenceInvalidError):
        await trainers.workshop.preview(text, PAY)
    with pytest.raises(SentenceInvalidError):
        await trainers.workshop.add_all(sari, PAY, ["nanti saja", text], "dari kotak masuk", "k")
    assert trainers.text(PAY) == before, "nothing of what was asked for"
    change = await trainers.workshop.add(sari, intent=PAY, text=text.replace("(domain", "(nama_domain"), key=new_key())
    assert change.after == "tunda buat [toko.co.id](nama_domain) ya"


async def test_a_sentence_stands_once_in_its_topic_and_two_are_left(trainers: Trainers, sari: Staff) -> None:
    with pytest.raises(SentenceExistsError):
        await trainers.workshop.add(sari, intent=PAY, text="tunda dulu ya", key=new_key())
    await trainers.workshop.delete(sari, await trainers.id_of("tunda dulu ya"), key=new_key())
    with pytest.raises(SentenceInvalidError):
        await trainers.workshop.delete(sari, await trainers.id_of("uang belum ada"), key=new_key())


async def test_adding_several_leaves_out_what_is_there(trainers: Trainers, sari: Staff) -> None:
    texts = ["tunda dulu ya", "lusa saja", "minggu depan"]
    numbers = await trainers.workshop.add_all(sari, PAY, texts, "dari kotak masuk", "k")
    assert len(numbers) == 2
    assert await trainers.workshop.add_all(sari, PAY, texts, "dari kotak masuk", "k") == numbers
    assert (await trainers.texts(PAY))[3:] == ["lusa saja", "minggu depan"]
