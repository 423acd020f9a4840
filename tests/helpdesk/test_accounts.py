"""Which names, passwords and roles accounts may have."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import AccountError
from bot.helpdesk.accounts import (
    checked_display_name,
    checked_password,
    checked_roles,
    checked_username,
    password_to_try,
    username_as_typed,
)
from bot.helpdesk.staff import Role

ANY_TEXT = st.text(alphabet=st.characters(), max_size=300)  # lone surrogates too


@pytest.mark.parametrize("name", ["ab", "rina", "rina.s", "r-2_d.2", "0rina", "a" * 64])
def test_usable_user_names(name: str) -> None:
    assert checked_username(name) == name
    assert username_as_typed(f" {name.upper()} ") == name


@pytest.mark.parametrize(
    "name", ["", "a", "a" * 65, "Rina", "rina s", "rina\n", "-rina", ".rina", "rína", "rina/..", 5, None]
)
def test_other_user_names_are_refused(name: object) -> None:
    with pytest.raises(AccountError) as caught:
        checked_username(name)
    assert caught.value.data["field"] == "username"


@given(ANY_TEXT)
def test_whatever_is_typed_at_sign_in_is_a_usable_name_or_none(typed: str) -> None:
    name = username_as_typed(typed)
    assert name is None or checked_username(name) == name


def test_letters_that_only_look_like_others_are_another_name() -> None:
    assert username_as_typed("\u212aadek") is None  # the Kelvin sign becomes a k in lower case


@pytest.mark.parametrize("name", ["Rina", " Rina Sari ", "Ibu Dewi, S.Kom.", "R" * 80, "Андрей", "莉娜"])
def test_usable_display_names(name: str) -> None:
    assert checked_display_name(name) == name.strip()


@pytest.mark.parametrize(
    "name",
    ["", "  ", "R" * 81, "Rina\nSari", "Rina\x1b[31m", "Rina\u202eiras", "Rina\u2028Sari", "\ud800x", "a\x00b", 5],
)
def test_other_display_names_are_refused(name: object) -> None:
    with pytest.raises(AccountError) as caught:
        checked_display_name(name)
    assert caught.value.data["field"] == "display_name"


@pytest.mark.parametrize(
    "password",
    ["kuda-nil biru", "abcdefghik7x", "  spasi di tepi  ", "пароль-длинный", "k3jh4-k5jh2-x", "p" * 9 + "qrs" * 60],
)
def test_usable_passwords(password: str) -> None:
    assert checked_password(password, "rina") == password


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("pendek 12", "too_short"),
        ("kuda" * 51, "too_long"),
        ("rina.sari.solo", "is_username"),
        ("RINA.sari.solo", "is_username"),
        (" rina.sari.solo", "is_username"),
        ("password123", "too_common"),
        ("Rahasia-2026", "too_common"),
        ("0812345678901", "too_common"),
        ("!!!!!!!!!!1", "too_common"),
        ("abababababab", "too_common"),
        ("1q2w3e4r5t", "too_common"),
        ("kuda nil \ud800 biru", "unusable"),
        (1234567890, "unusable"),
        (None, "unusable"),
    ],
)
def test_other_passwords_are_refused_with_the_reason(password: object, reason: str) -> None:
    with pytest.raises(AccountError) as caught:
        checked_password(password, "rina.sari.solo", field="new")
    assert caught.value.data == {"field": "new", "reason": reason}
    assert str(password) not in str(caught.value)


def test_the_same_letters_from_another_keyboard_are_the_same_password() -> None:
    composed, decomposed = "caf\u00e9 di pojok", "cafe\u0301 di pojok"
    assert checked_password(decomposed, "rina") == checked_password(composed, "rina") == password_to_try(decomposed)


@given(ANY_TEXT)
def test_what_may_be_a_password_can_be_typed_again_at_sign_in(password: str) -> None:
    try:
        stored = checked_password(password, "rina")
    except AccountError as error:
        assert error.data["field"] == "password"
    else:
        assert password_to_try(password) == stored


def test_roles_come_once_and_in_order() -> None:
    assert checked_roles(["admin", "agent", "admin"]) == (Role.AGENT, Role.ADMIN)
    for bad in ([], ["root"], ["agent", ""]):
        with pytest.raises(AccountError):
            checked_roles(bad)
