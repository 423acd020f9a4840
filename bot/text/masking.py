"""Masking of personal data, for everything that leaves the message log (logs, reports).

It rather masks too much than too little. Like the patterns of `bot.text.patterns`, none takes more than linear
time on any text.
"""

import re

# "password saya: x", "passwordnya x1", "pin 1234"; without a sign between, only what holds a digit is a secret.
_SECRET = re.compile(
    r"(?<![^\W\d_])("
    r"(?:password|passwd|pass|pwd?|kata sandi|sandi|pin|otp|cvv|cvc|token|secret|api[ _-]?key|epp|auth[ -]?code)"
    r"(?:nya|ku|mu)?(?:\s{1,3}(?:saya|aku|gw|gue|kami|akun|baru|lama|ini|itu|adalah|yaitu|nya|kode|code)\b){0,3})"
    r"(\s{0,3}[:=]\s{0,3}|\s{1,3}(?=\S{0,60}\d)(?=\S{4}))\S+",
    re.IGNORECASE,
)
# With all that is glued to it, or what is left over could look like another address.
_EMAIL = re.compile(r"(?<![\w.+%-])[\w.+%-]+@[\w-]+(?:\.[\w-]+)+(?:[\w.+%@-]*[\w+%@-])?")
# Runs that may be a signed token of ours, a JWT or an API key; `_mask_token` decides.
_TOKEN_RUN = re.compile(r"(?<![A-Za-z0-9_-])[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*")
# Identity (NIK, 16), card (13..19), NPWP (15/16), account and phone numbers: 9 or more digits, however grouped,
# also with the no-break blanks and hyphens of numbers copied from WhatsApp.
_LONG_NUMBER = re.compile("(?<!\\d)\\+?\\d(?:[ \u00a0.\\-/()\u2010-\u2015_]{0,3}\\d){8,}")

# Shorter ones only where they are called a number of that kind: "rek bca 1234567".
_NAMED_NUMBER = re.compile(
    r"(?<![^\W\d_])((?:no\s{0,3}rek|norek|rek|rekening|nik|ktp|hp|telp|telepon|wa)(?:nya|ku)?"
    r"(?:\s{1,3}(?:saya|aku|kami|bca|bni|bri|bsi|mandiri)\b){0,3}[\s:.=]{0,3})"
    r"\d(?:[ .\-]?\d){5,7}(?!\d)",
    re.IGNORECASE,
)
# To the end of the sentence, past the stops of abbreviations; nothing can fail behind it, so it is read once.
_REST = r"(?:\b(?:jl|jln|gg|no|kav|rt|rw|km|ds|kel|kec|kab|prov)\.|[^\n.?!;]|\.(?=\S))+"
_NAMED_ADDRESS = re.compile(
    r"(?<![^\W\d_])(alamat(?:nya|ku)?"
    r"(?:\s{1,3}(?:saya|aku|kami|rumah|kantor|toko|lengkap|baru|lama|pengiriman|penagihan|tagihan)\b){0,3}"
    r"\s{0,3}[:=])(?!\s{0,3}\[alamat\])(\s{0,3})(?=[^\s.?!;])" + _REST,
    re.IGNORECASE,
)
# "jalan" also means that something works: a street has a house number with a word for it, or a capital.
_STREET = re.compile(
    r"(?<![^\W\d_])(?:"
    r"(?i:jl|jln|jalan|gang|gg)(?:\.\s{0,3}|\s{1,3})(?:[^\W\d_][\w'\-]{0,30}\s{1,3}){1,5}"
    r"(?i:no|nomor|nomer|blok|kav|kavling|rt|km)\b[.\s]{0,3}\w{0,3}\d"
    r"|(?:[Jj]l|JL|[Jj]ln|JLN|[Jj]alan|JALAN)(?:\.\s{0,3}|\s{1,3})(?:[A-Z][\w'\-]{0,30}\s{1,3}){1,4}\d{1,4}(?!\d)"
    r")(?:" + _REST + ")?"
)


def mask_personal_data(text: str) -> str:
    """Return `text` with e-mail and postal addresses, long numbers, tokens and named secrets replaced by a tag.

    Idempotent: masking a masked text changes nothing.
    """
    text = _SECRET.sub(r"\1\2[rahasia]", text)
    text = _EMAIL.sub("[surel]", text)
    text = _TOKEN_RUN.sub(_mask_token, text)
    text = _LONG_NUMBER.sub("[nomor]", text)
    text = _NAMED_NUMBER.sub(r"\1[nomor]", text)
    text = _NAMED_ADDRESS.sub(r"\1\2[alamat]", text)
    return _STREET.sub("[alamat]", text)


def _mask_token(match: re.Match[str]) -> str:
    parts = match[0].split(".")
    longest = max(len(part) for part in parts)
    is_signed = 2 <= len(parts) <= 4 and len(parts[0]) >= 8 and len(parts[-1]) >= 20
    is_key = any(len(part) >= 20 and _is_mixed(part) for part in parts)
    return "[token]" if longest >= 40 or is_signed or is_key else match[0]


def _is_mixed(part: str) -> bool:
    """Upper and lower case and digits together: no word, no number and no domain name looks like that."""
    return any(c.isupper() for c in part) and any(c.islower() for c in part) and any(c.isdigit() for c in part)
