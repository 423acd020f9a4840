"""Mentions: what is found, where, and what is not."""

import re

import pytest
from hypothesis import given

from bot.text.patterns import PATTERNS, find_mentions
from tests.text import adversarial
from tests.text.strategies import texts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kirim ke budi.s+x@tokobatik.co.id ya", [("surel", "budi.s+x@tokobatik.co.id")]),
        ("surel: <budi@toko.com>.", [("surel", "budi@toko.com")]),
        ("budi@toko.com-nya salah", [("surel", "budi@toko.com")]),
        ("domain tokobatik.id-nya mati", [("nama_domain", "tokobatik.id")]),
        ("https://www.smkn1-bdg.sch.id/ppdb error", [("nama_domain", "https://www.smkn1-bdg.sch.id")]),
        ("toko.my.id. Tolong", [("nama_domain", "toko.my.id")]),
        ("TokoKu.COM", [("nama_domain", "TokoKu.COM")]),
        ("WA saya 0812-3456-7890", [("telepon", "0812-3456-7890")]),
        ("+62 812\u20113456\u20117890", [("telepon", "+62 812\u20113456\u20117890")]),
        ("(+62) 812 3456 7890", [("telepon", "(+62) 812 3456 7890")]),
        ("telepon 021-5551234", [("telepon", "021-5551234")]),
        ("bayar Rp150.000.", [("rupiah", "Rp150.000")]),
        ("bayar rp 1.500.000,00", [("rupiah", "rp 1.500.000,00")]),
        ("IDR 200k, bisa?", [("rupiah", "IDR 200k")]),
        ("harganya 150rb atau 2,5 juta", [("rupiah", "150rb"), ("rupiah", "2,5 juta")]),
        ("tagihan 150.000", [("rupiah", "150.000")]),
        ("tagihan 150rb", [("rupiah", "150rb")]),
        ("disk 10GB dan 512 mb", [("kapasitas", "10GB"), ("kapasitas", "512 mb")]),
        ("backup 2,5 giga", [("kapasitas", "2,5 giga")]),
        ("#INC-2024-0031 belum lunas", [("nomor_invoice", "#INC-2024-0031")]),
        ("invoice no. 12345", [("nomor_invoice", "invoice no. 12345")]),
        ("invoicenya INV/2024/01", [("nomor_invoice", "invoicenya INV/2024/01")]),
        ("nomor #88123", [("nomor_invoice", "#88123")]),
        ("dibayar tgl 5", [("tanggal", "tgl 5")]),
        ("jatuh tempo 12 Agustus 2024", [("tanggal", "12 Agustus 2024")]),
        ("sejak 12/10/2024 atau 2024-10-12", [("tanggal", "12/10/2024"), ("tanggal", "2024-10-12")]),
    ],
)
def test_a_named_thing_is_found(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(mention.label, mention.value) for mention in find_mentions(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "😀",
        "dukungan 24/7",
        "selesai 2-3 hari",
        "50/50",
        "tanggal 32",
        "ip 192.168.100.200",
        "dll.nya",
        "dan lain-lain...oke",
        "order hosting 10 paket",
        "tiket 3 hari",
        "invoice bulan2 lalu",
        "incognito123",
        "versi 8.1",
        "budi@kantor",
        "jam 10.30",
    ],
)
def test_an_ordinary_text_names_nothing(text: str) -> None:
    assert find_mentions(text) == []


def test_an_email_address_is_not_also_a_domain_name() -> None:
    assert [mention.label for mention in find_mentions("budi@toko.com toko.com")] == ["surel", "nama_domain"]


@given(texts)
def test_mentions_slice_back_and_never_overlap(text: str) -> None:
    end = 0
    for mention in find_mentions(text):
        assert end <= mention.start < mention.end
        assert text[mention.start : mention.end] == mention.value
        assert mention.label in PATTERNS
        end = mention.end


@pytest.mark.slow
@pytest.mark.parametrize("label", PATTERNS)
def test_time_grows_with_length_only(label: str) -> None:
    growth, text = adversarial.slowest_growth(PATTERNS[label].findall)
    assert growth < adversarial.LINEAR, text


@given(texts)
def test_a_text_without_digit_point_or_at_sign_names_nothing(text: str) -> None:
    # find_mentions does not even look at such a text.
    bare = re.sub(r"[\d.@]", "", text)
    assert [label for label, pattern in PATTERNS.items() if pattern.search(bare)] == []
