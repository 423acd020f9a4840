"""Masking of personal data."""

import string

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.text.masking import mask_personal_data
from tests.text import adversarial
from tests.text.strategies import any_text, texts

_JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("kapan jatuh tempo hosting saya?", "kapan jatuh tempo hosting saya?"),
        ("budi@toko.co.id, ani@x.com", "[surel], [surel]"),
        ("ke budi@toko.id.", "ke [surel]."),
        ("NIK 3201234567890001", "NIK [nomor]"),
        ("nik3201234567890001", "nik[nomor]"),
        ("npwp 01.234.567.8-901.000", "npwp [nomor]"),
        ("kartu 4111 1111 1111 1111", "kartu [nomor]"),
        ("hp 0812-3456-7890 ya", "hp [nomor] ya"),
        ("+62 812\u20113456\u20117890", "[nomor]"),
        ("+62 (812) 3456-7890", "[nomor]"),
        ("12345678901234567890123", "[nomor]"),
        ("rek bca 1234567 ya", "rek bca [nomor] ya"),
        ("no rek: 12345678", "no rek: [nomor]"),
        ("rekening 2 bank, tagihan 150000", "rekening 2 bank, tagihan 150000"),
        ("alamat saya jl. kenanga no 5 rt 02/03 jakarta", "alamat saya [alamat]"),
        ("Alamat: Jalan Merdeka 12, Bandung. Tolong kirim", "Alamat: [alamat]. Tolong kirim"),
        ("alamat kantor kami: Ruko Melati Blok A. bisa dikirim?", "alamat kantor kami: [alamat]. bisa dikirim?"),
        ("rumah di Jl Sudirman Kav. 5; bisa?", "rumah di [alamat]; bisa?"),
        ("alamat saya ganti di mana?", "alamat saya ganti di mana?"),
        ("alamat email saya salah", "alamat email saya salah"),
        ("server tidak jalan sejak tanggal 12", "server tidak jalan sejak tanggal 12"),
        ("password: ab c", "password: [rahasia] c"),
        ("passwordnya = Abc!", "passwordnya = [rahasia]"),
        ("kata sandi saya: melati", "kata sandi saya: [rahasia]"),
        ("pin saya 1234", "pin saya [rahasia]"),
        ("otp 884213 katanya", "otp [rahasia] katanya"),
        ("password saya salah terus", "password saya salah terus"),
        ("pin 3 kali salah", "pin 3 kali salah"),
        ("kode EPP belum dikirim", "kode EPP belum dikirim"),
        (f"token {_JWT}", "token [rahasia]"),
        (f"ini {_JWT}!", "ini [token]!"),
        ("kunci sk_live_4eC39HqLyjWDarjtT1", "kunci [token]"),
        ("tokobatikmurahsejakarta.com", "tokobatikmurahsejakarta.com"),
        ("Rp1.500.000 tgl 12/10/2024", "Rp1.500.000 tgl 12/10/2024"),
        ("pertanggungjawaban-pertanggungjawaban", "pertanggungjawaban-pertanggungjawaban"),
    ],
)
def test_personal_data_becomes_a_tag(text: str, expected: str) -> None:
    assert mask_personal_data(text) == expected


@example("0@0.0.@0.0")
@example("000000000PASS 0000")
@given(texts)
def test_masking_twice_changes_nothing(text: str) -> None:
    masked = mask_personal_data(text)
    assert mask_personal_data(masked) == masked


_ATOM = st.text(string.ascii_letters + string.digits + "._+-", min_size=1, max_size=20)
_DOMAIN = st.from_regex(r"[a-z0-9]{1,20}(\.[a-z]{2,6}){1,3}", fullmatch=True)
_BLANK = st.sampled_from([" ", "\n", ", ", " <", "("])
_PERSONAL = st.one_of(
    st.tuples(_ATOM, _DOMAIN).map("@".join),
    st.from_regex(r"(\+62|62|0)8[0-9]{8,10}", fullmatch=True),
    st.from_regex(r"0812[ .\u2011-][0-9]{4}[ .\u2011-][0-9]{4}", fullmatch=True),
    st.from_regex(r"[1-9][0-9]{15}", fullmatch=True),  # NIK
    st.from_regex(r"[45][0-9]{3}([ -][0-9]{4}){3}", fullmatch=True),  # card
    st.binary(min_size=32, max_size=64).map(lambda raw: "k" + raw.hex()),
    st.tuples(*[st.text(string.ascii_letters + string.digits + "_-", min_size=22, max_size=40)] * 3).map(
        lambda parts: ".".join(f"e{part}A" for part in parts)
    ),
)


@given(any_text, _BLANK, _PERSONAL, st.sampled_from(["", " ", "\n", ")", "?", " ya"]))
def test_generated_personal_data_does_not_remain(before: str, blank: str, personal: str, after: str) -> None:
    assert personal not in mask_personal_data(before + blank + personal + after)


@given(st.text(string.ascii_letters + string.digits, min_size=4, max_size=20), st.sampled_from([": ", "=", " : "]))
def test_a_named_secret_does_not_remain(secret: str, sign: str) -> None:
    for name in ("password", "Kata Sandi", "PIN", "otp", "kode epp", "API key", "passwordnya", "password saya"):
        assert mask_personal_data(f"{name}{sign}{secret}").endswith("[rahasia]")


_STREET = st.tuples(
    st.sampled_from(["Jl. ", "jl ", "Jln. ", "jalan ", "Jalan ", "gg. "]),
    st.lists(st.from_regex(r"[A-Za-z][a-z]{2,12}", fullmatch=True), min_size=1, max_size=4).map(" ".join),
    st.sampled_from([" no ", " No. ", " nomor ", " blok A", " kav. ", " RT "]),
    st.integers(1, 999).map(str),
).map("".join)


@given(any_text, _BLANK, _STREET, st.sampled_from(["", "\n", ", Bandung 40115", "?"]))
def test_a_generated_street_does_not_remain(before: str, blank: str, street: str, after: str) -> None:
    assert street not in mask_personal_data(before + blank + street + after)


@given(st.sampled_from(["alamat", "Alamat saya", "alamatnya", "alamat lengkap kami"]), _STREET, _STREET)
def test_all_of_a_named_address_goes(name: str, place: str, city: str) -> None:
    assert mask_personal_data(f"{name}: {place}, {city}. Terima kasih") == f"{name}: [alamat]. Terima kasih"


@pytest.mark.slow
def test_time_grows_with_length_only() -> None:
    growth, text = adversarial.slowest_growth(mask_personal_data)
    assert growth < adversarial.LINEAR, text
