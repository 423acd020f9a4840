"""What a request will cost: line items, tax and total."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from bot.errors import HelpdeskError, PaidSupportError
from bot.helpdesk.message_text import checked_text
from bot.helpdesk.paid.money import MOST_RUPIAH, checked_quantity, checked_rupiah, percent_of, times

_MOST_LINES = 40
_LONGEST_LINE = 200
_LONGEST_UNIT = 20
_LONGEST_NOTE = 1000


@dataclass(frozen=True)
class LineItem:
    """One line: `quantity` has at most two decimals, `unit_price` is in whole rupiah."""

    what: str
    quantity: Decimal
    unit: str
    unit_price: int

    @property
    def total(self) -> int:
        """Rounded half up to whole rupiah."""
        return times(self.unit_price, self.quantity)


@dataclass(frozen=True)
class Quote:
    """An offer. Issued, it keeps its price until `valid_until`, whatever becomes of the price list (Hak 12).

    `number` counts the quotes of a request from 1; `tax_rate` is in percent. `issued_at` is empty while an
    administrator has yet to approve it.
    """

    request_id: str
    number: int
    lines: tuple[LineItem, ...]
    tax_rate: Decimal
    valid_until: datetime
    created_at: datetime
    created_by: str | None = None
    note: str | None = None
    issued_at: datetime | None = None
    approved_by: str | None = None

    @property
    def subtotal(self) -> int:
        """All lines, without tax."""
        return sum(line.total for line in self.lines)

    @property
    def tax(self) -> int:
        """Of the subtotal, rounded half up."""
        return percent_of(self.subtotal, self.tax_rate)

    @property
    def total(self) -> int:
        """What the customer pays."""
        return self.subtotal + self.tax


def checked_lines(value: object) -> tuple[LineItem, ...]:
    """Line items from JSON: a list of {"what", "quantity", "unit", "unit_price"}.

    `quantity` is a whole number or a decimal string. Raises PaidSupportError, naming the `field` such as
    `lines.0.unit_price`, for anything that is not of this shape, for no line, and for a total that is nothing.
    """
    if not isinstance(value, Sequence) or isinstance(value, str) or not 0 < len(value) <= _MOST_LINES:
        raise PaidSupportError(f"lines is not a list of 1 to {_MOST_LINES} items", field="lines")
    lines = tuple(_line(number, line) for number, line in enumerate(value))
    if not 0 < sum(line.total for line in lines) <= MOST_RUPIAH:
        raise PaidSupportError("the total is nothing, or too much", field="lines")
    return lines


def _line(number: int, value: object) -> LineItem:
    at = f"lines.{number}"
    if not isinstance(value, dict):
        raise PaidSupportError(f"{at} is no object", field=at)
    return LineItem(
        what=checked_words(value.get("what"), field=f"{at}.what", longest=_LONGEST_LINE),
        quantity=checked_quantity(value.get("quantity"), field=f"{at}.quantity"),
        unit=checked_words(value.get("unit"), field=f"{at}.unit", longest=_LONGEST_UNIT),
        unit_price=checked_rupiah(value.get("unit_price"), field=f"{at}.unit_price"),
    )


def checked_note(value: object, *, field: str = "note") -> str | None:
    """An optional text of bounded length. Raises PaidSupportError."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    return checked_words(value, field=field, longest=_LONGEST_NOTE)


def checked_words(value: object, *, field: str, longest: int) -> str:
    """A text of 1 to `longest` characters. Raises PaidSupportError."""
    try:
        text = checked_text(value, max_length=longest)
    except HelpdeskError as error:
        raise PaidSupportError(f"{field} is no text of 1 to {longest} characters", field=field) from error
    return text.strip()
