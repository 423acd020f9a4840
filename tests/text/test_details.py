"""Messages that only give details are told from those that want something."""

import pytest

from bot.text.details import gives_only_details, is_bare


@pytest.mark.parametrize(
    "text",
    [
        "tokobudi.co.id",
        "domainnya tokobudi.co.id",
        "INV-2024-0012",
        "ukurannya 40 GB",
        "istri@contoh.com",
        "yg kopisenja.id kak",
    ],
)
def test_bare_details(text: str) -> None:
    assert gives_only_details(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "halo",
        "tokobudi.co.id?",
        "tolong cek tokobudi.co.id",
        "kenapa tokobudi.co.id mati",
        "website tokobudi.co.id error 500 dari tadi pagi",
        "migrasi 40 GB gratis?",
        "INV-2024-0012 sudah saya bayar tapi masih unpaid",
        "cc invoice ke istri@contoh.com bisa",
    ],
)
def test_requests_and_questions_are_not(text: str) -> None:
    assert not gives_only_details(text)


@pytest.mark.parametrize("text", ["tokobudi.co.id", " INV-2024-0012. ", "40 GB, tokobudi.co.id"])
def test_nothing_beside_what_is_named(text: str) -> None:
    assert is_bare(text)


@pytest.mark.parametrize("text", ["", "halo", "tokobudi.co.id mati", "yg 40 GB"])
def test_words_beside_what_is_named(text: str) -> None:
    assert not is_bare(text)
