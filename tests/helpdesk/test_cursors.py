"""Cursors come back as they went out, and nothing else is taken for one."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import InvalidMessageError
from bot.helpdesk.cursors import read_cursor, write_cursor

KINDS = (datetime, str, int)
# Without a zone, as Hypothesis wants bounds; the last stands for "never" in the list of who waits.
TIMES = datetime(1970, 1, 1), datetime(9999, 1, 1)  # noqa: DTZ001


@given(
    st.datetimes(*TIMES, timezones=st.just(timezone.utc)),
    st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=36),
    st.integers(1 - 2**31, 2**31 - 1),
)
def test_what_was_written_is_read(at: datetime, key: str, number: int) -> None:
    assert read_cursor(write_cursor(at, key, number), KINDS) == (at, key, number)


@given(st.text(max_size=500))
def test_no_text_fails_otherwise_than_as_a_bad_cursor(text: str) -> None:
    with pytest.raises(InvalidMessageError) as raised:
        read_cursor(text, KINDS)
    assert raised.value.data == {"field": "before"}


@pytest.mark.parametrize(
    "cursor",
    [
        write_cursor("a"),
        write_cursor(1, "a", datetime(2026, 1, 1, tzinfo=timezone.utc)),
        write_cursor("2026-01-01T00:00:00", "a", 1),  # without a zone
        write_cursor(datetime(2026, 1, 1, tzinfo=timezone.utc), "a\x00b", 1),  # PostgreSQL takes no NUL
        write_cursor(datetime(2026, 1, 1, tzinfo=timezone.utc), "a", 2**70),
        "W" * 5000,
    ],
)
def test_a_cursor_of_another_list_is_refused(cursor: str) -> None:
    with pytest.raises(InvalidMessageError):
        read_cursor(cursor, KINDS)
