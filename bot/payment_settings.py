"""Checks of the settings of payment, for `bot.settings`."""

from __future__ import annotations

import re
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from bot.errors import SettingsError

_ACCOUNT = re.compile(r"(\D{2,40}?)\s+([0-9][0-9.-]{4,30})\s+(\D.{1,59})", re.ASCII)


def bank_accounts(text: str) -> list[tuple[str, str, str]]:
    """Bank, number and holder of each account in "BCA 1234567890 PT Contoh; ...". Raises SettingsError."""
    found = []
    for part in filter(None, (piece.strip() for piece in text.split(";"))):
        match = _ACCOUNT.fullmatch(part)
        number = re.sub(r"[.-]", "", match[2]) if match else ""
        if match is None or not 5 <= len(number) <= 20 or not part.isprintable():
            raise SettingsError(
                f"HELPDESK_BANK_ACCOUNTS holds {part!r}; write bank, number and holder, "
                "such as 'BCA 1234567890 PT Contoh', with ; between two accounts"
            )
        found.append((match[1].strip(), number, match[3].strip()))
    if len({account[:2] for account in found}) != len(found):
        raise SettingsError("HELPDESK_BANK_ACCOUNTS holds an account twice")
    return found


def check_midtrans(key: str, snap_url: str, api_url: str) -> None:
    """Raises SettingsError, which repeats nothing: an address may hold a password."""
    snap, api = _address("HELPDESK_MIDTRANS_SNAP_URL", snap_url), _address("HELPDESK_MIDTRANS_API_URL", api_url)
    if not key.isascii() or not key.isprintable() or ":" in key or " " in key:
        raise SettingsError("HELPDESK_MIDTRANS_SERVER_KEY holds a character that no server key has")
    if _is_sandbox(snap) is not _is_sandbox(api):
        raise SettingsError(
            "HELPDESK_MIDTRANS_SNAP_URL and HELPDESK_MIDTRANS_API_URL must be both of the sandbox or both of production"
        )


def _address(name: str, url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        plain = (parts.username, parts.password, parts.query, parts.fragment) == (None, None, "", "")
        usable = plain and parts.path in ("", "/") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is no number
        usable = False
    if not usable or not (parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(parts.hostname))):
        raise SettingsError(
            f"{name} must be an https:// address of a host alone, such as https://app.midtrans.com "
            "(http:// only for this machine)"
        )
    return parts


def _is_loopback(host: str | None) -> bool:
    try:
        return host == "localhost" or ip_address(host or "").is_loopback
    except ValueError:
        return False


def _is_sandbox(parts: SplitResult) -> bool:
    return (parts.hostname or "").endswith(".sandbox.midtrans.com")
