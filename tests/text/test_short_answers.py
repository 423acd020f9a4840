"""Yes, no, never mind, and taking something back, as customers write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.short_answers import adds, agrees, asks, cancels, corrects, disagrees, says_what, takes_back


@pytest.mark.parametrize(
    "text",
    [
        *("ya", "iya kak", "gas min", "oke lanjut", "udah bener semua", "nggih leres", "sip, ajukan aja", "yoi"),
        *("ya udah gpp kirim aja", "Setuju, mohon diproses.", "oke paham, ajukan aja", "muhun", "boleh", "DEAL!!!"),
    ],
)
def test_yes(text: str) -> None:
    assert agrees(text)


@pytest.mark.parametrize(
    "text",
    [
        *("iya tapi nomornya ganti", "belum bener", "ya?", "nggak", "hah", "", "kak", "0812-3456-7890", "oke gak jadi"),
        *("sudah bayar", "boleh nanya?"),
    ],
)
def test_not_yes(text: str) -> None:
    assert not agrees(text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "batal",
            "batalin aja deh",
            "gak jadi",
            "ga usah deh kak",
            "nggak usah",
            "ora sido mas",
            "teu jadi ah",
            "rasido",
        ),
        *(
            "stop dulu",
            "nanti aja deh",
            "mikir dulu ya",
            "mahal ah, gak jadi",
            "sudah gak perlu lagi",
            "cancel",
            "gajadi",
        ),
        *("lupakan saja", "kagak jadi bang", "wurung wae", "batalin aja permintaan yang tadi ya kak"),
    ],
)
def test_never_mind(text: str) -> None:
    assert cancels(text)


@pytest.mark.parametrize(
    "text",
    [
        *("kalau pesanan saya batal gimana?", "batal gimana caranya", "pesanan saya batal", "ga usah email, wa aja"),
        *(
            "gak jadi hari ini minggu depan kalau sempat",
            "misal batal uangnya balik ga",
            "invoice saya dibatalkan sistem",
        ),
        *("tolong pasang plugin", "ya", ""),
    ],
)
def test_what_only_sounds_like_never_mind(text: str) -> None:
    assert not cancels(text)


def test_changing_may_be_the_work_itself() -> None:
    assert corrects("ganti layout homepage")
    assert not takes_back("ganti layout homepage")
    assert takes_back("eh salah, maksudnya yang lain")


def test_what_is_said_on_top() -> None:
    assert adds("sekalian pasangin cloudflare")
    assert not adds("pasangin cloudflare")


@pytest.mark.parametrize("text", ["nomornya salah", "belum bener", "mau ubah domainnya", "bukan itu"])
def test_no(text: str) -> None:
    assert disagrees(text)


@pytest.mark.parametrize(("text", "is_so"), [("bayarnya gimana", True), ("bisa qris?", True), ("hari ini", False)])
def test_questions(text: str, is_so: bool) -> None:
    assert asks(text) is is_so


@pytest.mark.parametrize(
    ("text", "is_so"),
    [
        *(("tolong pasang plugin", True), ("mau minta bantuan berbayar dong kak", False), ("toko.id", False)),
        *(("butuh jasa teknisi 0812-3456-7890", False), ("instal wordpress", True), ("", False)),
    ],
)
def test_whether_it_is_said_what_is_wanted(text: str, is_so: bool) -> None:
    assert says_what(text) is is_so


@given(st.text(max_size=300))
def test_nothing_says_yes_and_never_mind_at_once(text: str) -> None:
    assert not (agrees(text) and cancels(text))
