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


def mask_personal_data(text: str) -> str:
    """Return `text` with e-mail addresses, long numbers, tokens and named secrets replaced by a tag.

    Idempotent: masking a masked text changes nothing.
    """
    text = _SECRET.sub(r"\1\2[rahasia]", text)
    text = _EMAIL.sub("[surel]", text)
    text = _TOKEN_RUN.sub(_mask_token, text)
    return _LONG_NUMBER.sub("[nomor]", text)


def _mask_token(match: re.Match[str]) -> str:
    parts = match[0].split(".")
    longest = max(len(part) for part in parts)
    is_signed = 2 <= len(parts) <= 4 and len(parts[0]) >= 8 and len(parts[-1]) >= 20
    is_key = any(len(part) >= 20 and _is_mixed(part) for part in parts)
    return "[token]" if longest >= 40 or is_signed or is_key else match[0]


def _is_mixed(part: str) -> bool:
    """Upper and lower case and digits together: no word, no number and no domain name looks like that."""
    return any(c.isupper() for c in part) and any(c.islower() for c in part) and any(c.isdigit() for c in part)
