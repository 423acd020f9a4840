"""E-mail addresses, telephone numbers and domain names: what can be one, and how it is written down and shown."""

from __future__ import annotations

import re
from functools import cache

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from publicsuffixlist import PublicSuffixList

_COUNTRY = "ID"
_LONGEST_NAME = 253
_LABEL = re.compile(r"[^\W_](?:[\w-]{0,61}[^\W_])?")
# People leave the plus sign out of a mobile number: 62812...
_NO_PLUS = re.compile(r"^\s*\(?62(?=\)?[ .-]?8)")
_SCHEME = re.compile(r"^[a-z]{1,10}://", re.IGNORECASE)


def checked_email(value: str) -> str | None:
    """The address in its normal form, or None where nobody can have it; nothing is looked up."""
    try:
        return validate_email(value.strip(), check_deliverability=False).normalized
    except EmailNotValidError:
        return None


def checked_phone(value: str) -> str | None:
    """The number as `+628123456789`, or None where no such number exists; without a country it is Indonesian."""
    try:
        number = phonenumbers.parse(_NO_PLUS.sub("+62", value), _COUNTRY)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def shown_phone(number: str) -> str:
    """A number of `checked_phone` as people read it: `+62 812-3456-789`."""
    parsed = phonenumbers.parse(number, _COUNTRY)
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def checked_domain(value: str) -> str | None:
    """The host that `value` names, without scheme, `www.` and path, if somebody can have registered it, else None.

    `co.id` is a suffix alone, and under `toko.batik` nobody can register.
    """
    name = _SCHEME.sub("", value.strip()).split("/")[0].rstrip(".").casefold().removeprefix("www.")
    labels = name.split(".")
    if len(name) > _LONGEST_NAME or len(labels) < 2 or not all(_LABEL.fullmatch(label) for label in labels):
        return None
    return name if _suffixes().privatesuffix(name) else None


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList(accept_unknown=False)
