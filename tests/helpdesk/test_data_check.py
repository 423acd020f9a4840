"""Copies, thin topics, leaks and personal data among training sentences."""

from __future__ import annotations

import pytest

from bot.helpdesk.data_check import (
    EvaluationMessage,
    copies_of,
    leaks,
    near_copies_across,
    personal_data,
    thin_topics,
)
from bot.helpdesk.training_sentences import TrainingSentence


def make_sentences(*pairs: tuple[str, str]) -> list[TrainingSentence]:
    """(text, intent), one below the other in one file."""
    return [TrainingSentence(text, intent, "a.yml", line) for line, (text, intent) in enumerate(pairs, start=1)]


def test_copies_across_intents_come_first() -> None:
    found = copies_of(
        make_sentences(("Halo kak", "salam"), ("halo, kak!", "salam"), ("dadah", "salam"), ("Dadah.", "pamit"))
    )
    assert [(c.first.place, c.second.place, c.across) for c in found] == [
        ("a.yml:3", "a.yml:4", True),
        ("a.yml:1", "a.yml:2", False),
    ]


def test_two_spellings_of_one_sentence_cannot_mean_two_things() -> None:
    sentences = make_sentences(("gak bisa", "a"), ("tidak bisa", "a"), ("ga bisa", "b"), ("???", "b"), ("🙏", "a"))
    assert [(c.first.line, c.second.line, c.exact) for c in copies_of(sentences)] == [(1, 3, False)]
    assert near_copies_across(sentences) == []


def test_near_copies_count_across_intents_and_above_a_length_only() -> None:
    sentences = make_sentences(
        ("boleh minta mundur tanggal bayarnya tidak ya kak", "tunda_bayar"),
        ("Boleh minta mundur tgl bayarnya gak ya kak?", "tempo_bayar"),
        ("boleh minta mundur tanggal bayar gak ya kak", "tunda_bayar"),
        ("halo kak", "salam"),
        ("halo kakk", "pamit"),
    )
    assert {(c.first.line, c.second.line) for c in near_copies_across(sentences)} == {(1, 2), (2, 3)}


def test_an_exact_copy_is_not_listed_as_a_near_one_again() -> None:
    assert near_copies_across(make_sentences(("cara bayar tagihan", "a"), ("Cara bayar tagihan?", "b"))) == []


def test_topics_below_the_least_are_thin_also_without_any_sentence() -> None:
    sentences = make_sentences(*[(f"kalimat {n}", "migrasi") for n in range(3)], ("satu", "satu_email"))
    found = thin_topics(sentences, ["migrasi", "satu_email", "cari_rekanan"], least=3)
    assert [(topic.intent, topic.sentences) for topic in found] == [("cari_rekanan", 0), ("satu_email", 1)]


def test_leaks_exact_before_near_and_short_ones_are_everybodys() -> None:
    sentences = make_sentences(
        ("boleh minta mundur tgl bayarnya gak kak", "tunda_bayar"),
        ("domain saya hilang dari daftar", "kasus_layanan"),
        ("halo", "salam"),
    )
    messages = [
        EvaluationMessage("Boleh minta mundur tanggal bayarnya tidak kak?", "held.jsonl", 1),
        EvaluationMessage("Domain saya hilang dari daftar!", "held.jsonl", 2),
        EvaluationMessage("halo", "held.jsonl", 3),
    ]
    found = leaks(sentences, messages)
    assert [(leak.message.place, leak.sentence.line, leak.exact) for leak in found] == [
        ("held.jsonl:2", 2, True),
        ("held.jsonl:1", 1, False),
    ]


def test_the_threshold_of_a_message_decides() -> None:
    sentences = make_sentences(("harga naik kenapa ya", "perubahan_harga"))
    text = "harga beras naik kenapa ya"
    assert leaks(sentences, [EvaluationMessage(text, "x", 1, threshold=0.5)])
    assert not leaks(sentences, [EvaluationMessage(text, "x", 1, threshold=0.95)])


@pytest.mark.parametrize(
    ("text", "is_personal"),
    [
        ("nomor saya 081234567890", True),
        ("tagihan 081234567890 belum masuk", True),
        ("contoh@gmail.com", True),
        ("KTP 3174012345678901", True),
        ("email saya budi@gmail.com", True),
        ("password saya: rahasia123", True),
        ("ini emailnya: toko@contoh.my.id", False),
        ("yg didaftarin contoh@contoh.id kak", False),
        ("emailnya admin@contoh.co.id atau budi@gmail.com", True),
        ("no tagihan 2026/03/117", False),
        ("INV-2024-0012 domainnya tokobudi.co.id", False),
    ],
)
def test_personal_data_is_found_but_not_what_is_made_up(text: str, is_personal: bool) -> None:
    assert bool(list(personal_data(make_sentences((text, "x"))))) is is_personal


def test_personal_data_is_not_shown() -> None:
    [found] = personal_data(make_sentences(("wa saya 081234567890 ya", "x")))
    assert found.masked == "wa saya [nomor] ya"
