"""What a company has decided about money, and how tests of it read."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

from tests.browser.board import Item
from tests.payments.midtrans_server import KEY

_PRICES = """harga:
  - nama: Pemasangan plugin
    satuan: jam
    harga: 150000
  - nama: Bantuan teknis
    satuan: jam
    harga: null
"""
ACCOUNTS = [("BCA", "1234567890", "PT Contoh"), ("Mandiri", "9870001112223", "PT Contoh")]
APPROVAL_LIMIT = 2_000_000
# 225.000 and 350.000 are 575.000; 11 % of it are 63.250.
ITEMS = (
    Item("Pemasangan plugin", "1,5", "jam", "150.000", listed=True),
    Item("Lisensi plugin membership, 1 tahun", "1", "lisensi", "350.000"),
)
TOTAL = 638_250
# 2.400.000 and tax: above the limit.
LARGE = Item("Bangun ulang area anggota", "8", "jam", "300.000")
LARGE_TOTAL = 2_664_000


def settings_of_money(folder: Path, midtrans_url: str) -> dict[str, str]:
    """The environment of a helpdesk that is paid; its price list goes into `folder`."""
    prices = folder / "harga.yml"
    prices.write_text(_PRICES, encoding="utf-8")
    return {
        "HELPDESK_TAX_PERCENT": "11",
        "HELPDESK_APPROVAL_LIMIT": str(APPROVAL_LIMIT),
        "HELPDESK_PRICE_LIST": str(prices),
        "HELPDESK_BANK_ACCOUNTS": "; ".join(" ".join(account) for account in ACCOUNTS),
        "HELPDESK_MIDTRANS_SERVER_KEY": KEY,
        "HELPDESK_MIDTRANS_SNAP_URL": midtrans_url,
        "HELPDESK_MIDTRANS_API_URL": midtrans_url,
    }


def rupiah(amount: int) -> str:
    """As people read it; written once more here, so that a mistake in the product shows."""
    digits, groups = str(amount), []
    while digits:
        groups.insert(0, digits[-3:])
        digits = digits[:-3]
    return "Rp" + ".".join(groups)


def today() -> str:
    """In Jakarta, as banks write it."""
    return datetime.now(timezone(timedelta(hours=7))).strftime("%d/%m/%Y")


def statement(amount: int, reference: str) -> str:
    """A transfer that is awaited, one that nobody knows, interest, and what the bank takes; of today in Jakarta."""
    day = today()
    return "\n".join(
        (
            "Tanggal;Keterangan;Debit;Kredit",
            f"{day};TRSF E-BANKING CR BUDI {reference};;{amount}",
            f"{day};SETORAN TUNAI;;50000",
            f"{day};BUNGA;;31,07",
            f"{day};BIAYA ADM;15000;",
        )
    )
