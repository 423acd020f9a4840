"""Texts for property tests: any unicode, and text thick with what the patterns look for."""

from hypothesis import strategies as st

any_text = st.text(st.characters(), max_size=200)  # lone surrogates included

_PIECES = [
    "budi@tokobatik.id", "tokobatik.id", "https://tokobatik.id/a", "0812-3456-7890", "+62 812\u20113456\u20117890",
    "Rp150.000", "150rb", "2,5 jt", "5 GB", "#INC-2024-0031", "invoice no 12345", "tgl 5", "12/10/2024", "24/7",
    "3201234567890001", "4111 1111 1111 1111", "password: rahasia1", "pin saya 1234", "pin", "token", ":", "=",
    "@", ".", ",", "-", "/", " ", "\n", "nya", "-nya", "jalan2", "😀", "é", "\u0301", "١٢٣", "123456789", "abc",
]  # fmt: skip
pieces = st.lists(st.one_of(st.sampled_from(_PIECES), st.text(max_size=5)), max_size=12).map("".join)

texts = st.one_of(any_text, pieces)
