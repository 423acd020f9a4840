"""Numbers and names as trainers read them, and customers' texts fit to be shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.helpdesk.proportion import Proportion
from bot.reports.wording import in_one_line, interval, outcome_name, percent, thousands, tick_percent


@pytest.mark.parametrize(
    ("share", "said"), [(0, "0 %"), (1, "100 %"), (0.9821, "98,2 %"), (0.88, "88,0 %"), (0.9999, "100,0 %")]
)
def test_shares_have_a_decimal_comma(share: float, said: str) -> None:
    assert percent(share) == said


def test_ticks_have_the_decimals_they_need() -> None:
    assert [tick_percent(share) for share in (0, 0.25, 0.975, 1)] == ["0 %", "25 %", "97,5 %", "100 %"]


def test_intervals_and_counts() -> None:
    assert interval(Proportion(493, 502)) == "96,6–99,1 %"
    assert interval(Proportion(0, 0)) == "0–100 %"
    assert [thousands(count) for count in (9, 14631)] == ["9", "14.631"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("answer:K5", "K5"),
        ("refuse:H4", "menolak (H4)"),
        ("clarify:", "bertanya balik"),
        ("K5", "K5"),
        ("handoff", "ke staf"),
        ("answer:", "menjawab"),
        ("baru:", "baru"),
    ],
)
def test_outcomes_are_named_in_indonesian(name: str, said: str) -> None:
    assert outcome_name(name) == said


def test_personal_data_is_masked_and_a_terminal_not_steered() -> None:
    shown = in_one_line("surel\nbudi@toko.co.id\t\x1b[31mtelp 0812\u200b3456\u200b7890\u202e \ud800🙏")
    assert shown == "surel [surel] [31mtelp [nomor] 🙏"


@given(st.text())
def test_what_is_shown_is_one_printable_line(text: str) -> None:
    assert in_one_line(text).isprintable()
