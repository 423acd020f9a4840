"""Amounts of money: whole rupiah, never a float."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from bot.errors import PaidSupportError

# What one quote or payment may be at most; anything above it is a slip of the keyboard.
MOST_RUPIAH = 10_000_000_000
_GROUPED = re.compile(r"\d{1,3}(\.\d{3})+")


def checked_rupiah(value: object, *, field: str, least: int = 0) -> int:
    """`value` as whole rupiah. Raises PaidSupportError (naming `field`) for anything else, such as 1.5 or "1000"."""
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= MOST_RUPIAH:
        raise PaidSupportError(f"{field} is no amount in whole rupiah", field=field)
    return value


def rupiah(amount: int) -> str:
    """As people in Indonesia write it: `Rp1.250.000`."""
    sign = "-" if amount < 0 else ""
    return f"{sign}Rp{abs(amount):,}".replace(",", ".")


def parse_rupiah(text: str) -> int | None:
    """The amount that a bank statement or a person writes, or None.

    Both conventions are read: `1.250.000,00`, `1,250,000.00`, `Rp 1.250.000`, `1250000`. Cents must be zero.
    """
    bare = re.sub(r"(?i)^\s*(rp|idr)\.?\s*", "", text).strip().replace(" ", "")
    if match := re.fullmatch(r"(.*?)[.,](\d{2})", bare):
        if match[2] != "00":
            return None
        bare = match[1]
    if "," in bare and "." in bare:
        return None
    bare = bare.replace(",", ".")
    if "." in bare and not _GROUPED.fullmatch(bare):
        return None
    digits = bare.replace(".", "")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 12 else None


def percent_of(amount: int, rate: Decimal) -> int:
    """`rate` percent of `amount`, rounded half up to whole rupiah."""
    return int((Decimal(amount) * rate / 100).quantize(Decimal(1), ROUND_HALF_UP))


def times(unit_price: int, quantity: Decimal) -> int:
    """`quantity` times `unit_price`, rounded half up to whole rupiah."""
    return int((unit_price * quantity).quantize(Decimal(1), ROUND_HALF_UP))


def checked_quantity(value: object, *, field: str) -> Decimal:
    """A quantity with at most two decimals, above zero, at most 10,000. Raises PaidSupportError (naming `field`).

    `value` is a string or a whole number: a JSON number with a fraction would be a float.
    """
    try:
        if isinstance(value, bool) or not isinstance(value, str | int) or len(str(value)) > 12:
            raise ValueError(value)
        quantity = Decimal(str(value).replace(",", "."))
        if not quantity.is_finite() or not 0 < quantity <= 10_000 or quantity != round(quantity, 2):
            raise ValueError(value)
    except (ValueError, InvalidOperation) as error:
        raise PaidSupportError(f"{field} is no quantity", field=field) from error
    return quantity.quantize(Decimal("0.01"))


def quantity_text(quantity: Decimal) -> str:
    """Without needless zeros, with a decimal comma: `1,5`."""
    plain = format(quantity.normalize(), "f")
    return plain.replace(".", ",")
