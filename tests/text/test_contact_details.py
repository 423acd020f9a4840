"""E-mail addresses, telephone numbers and domain names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.contact_details import checked_domain, checked_email, checked_phone, shown_phone


@pytest.mark.parametrize(
    ("text", "number"),
    [
        *(("0812-3456-7890", "+6281234567890"), ("+62 812 3456 7890", "+6281234567890")),
        *(
            ("62812 3456 7890", "+6281234567890"),
            ("(0274) 512345", "+62274512345"),
            ("+1 650 253 0000", "+16502530000"),
        ),
        *(("0812", None), ("123", None), ("08123456789012345", None), ("", None), ("telepon", None)),
    ],
)
def test_telephone_numbers(text: str, number: str | None) -> None:
    assert checked_phone(text) == number


def test_numbers_are_shown_in_groups() -> None:
    assert shown_phone("+6281234567890") == "+62 812-3456-7890"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        *(("Budi@TokoBudi.co.id", "Budi@tokobudi.co.id"), (" budi+wa@contoh.com ", "budi+wa@contoh.com")),
        *(
            ("budi@toko", None),
            ("budi@@contoh.com", None),
            ("@contoh.com", None),
            ("", None),
            ("a" * 300 + "@b.id", None),
        ),
    ],
)
def test_addresses(text: str, address: str | None) -> None:
    assert checked_email(text) == address


@pytest.mark.parametrize(
    ("text", "name"),
    [
        *(("https://www.Toko.co.id/jual?x=1", "toko.co.id"), ("blog.toko.id", "blog.toko.id"), ("toko.id.", "toko.id")),
        *(("co.id", None), ("id", None), ("toko.xyzzy", None), ("-toko.id", None), ("toko..id", None), ("", None)),
        *(("a" * 64 + ".id", None), (".".join(["a" * 60] * 5) + ".id", None), ("192.168.1.1", None)),
    ],
)
def test_domain_names(text: str, name: str | None) -> None:
    assert checked_domain(text) == name


@given(st.text(max_size=300))
def test_whatever_is_written_is_checked_or_refused(text: str) -> None:
    for check in (checked_domain, checked_email, checked_phone):
        checked = check(text)
        assert checked is None or check(checked) == checked
