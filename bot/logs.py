"""Logging of the web process: one line an event, personal data masked."""

import logging
import sys

from bot.text.masking import mask_personal_data


class MaskingFormatter(logging.Formatter):
    """Masks e-mail addresses, long numbers and tokens in the whole line, tracebacks included."""

    def format(self, record: logging.LogRecord) -> str:
        return mask_personal_data(super().format(record))


def configure_logging(level: str) -> None:
    """Log to standard error from `level` on; replaces handlers set up earlier."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(MaskingFormatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    # The access log repeats what the metrics count, and its lines would hold query strings.
    logging.getLogger("aiohttp.access").setLevel(logging.WARNING)
