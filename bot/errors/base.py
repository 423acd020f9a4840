"""What all errors of ours have in common."""

from typing import Any, ClassVar


class HelpdeskError(Exception):
    """Base of all errors of ours; `data` goes to the client, so it never holds personal data."""

    code: ClassVar[str] = "internal_error"
    status: ClassVar[int] = 500
    message: ClassVar[str] = "Maaf, terjadi gangguan di sistem kami."

    def __init__(self, detail: str = "", **data: Any) -> None:
        super().__init__(detail or self.message)
        self.data = data
