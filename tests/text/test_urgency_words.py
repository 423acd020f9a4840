"""How soon something is wanted."""

import pytest

from bot.text.urgency_words import urgency_in


@pytest.mark.parametrize(
    ("text", "urgency"),
    [
        *(
            ("urgent banget", "today"),
            ("butuh kelar hari ini", "today"),
            ("secepatnya", "today"),
            ("buru2 nih", "today"),
        ),
        *(("minggu ini ya", "this_week"), ("dalam 3 hari", "this_week"), ("gak urgent, minggu ini aja", "this_week")),
        *(
            ("santai aja", "relaxed"),
            ("gak urgent kok", "relaxed"),
            ("ga buru2", "relaxed"),
            ("minggu depan gpp", "relaxed"),
        ),
        *(("sak selone wae", "relaxed"), ("kapan2 aja", "relaxed")),
        *(("hari ini website saya error", None), ("tolong pasang plugin", None), ("", None)),
    ],
)
def test_what_is_clear_in_any_message(text: str, urgency: str | None) -> None:
    assert urgency_in(text) == urgency


@pytest.mark.parametrize(
    ("text", "urgency"),
    [
        *(("hari ini", "today"), ("sekarang", "today"), ("besok", "this_week"), ("2-3 hari", "this_week")),
        *(("senin", "this_week"), ("nggak kok kak", "relaxed"), ("nanti aja", "relaxed"), ("akhir bulan", "relaxed")),
        *(("besok, oh ya ada jaminan uptime berapa persen?", "this_week"), ("bayarnya bisa pake qris ga?", None)),
        *(("gak jadi deh kak", None), ("KALIAN INI LAMBAT BANGET!!!", None)),
    ],
)
def test_what_is_clear_as_an_answer(text: str, urgency: str | None) -> None:
    assert urgency_in(text, asked=True) == urgency
