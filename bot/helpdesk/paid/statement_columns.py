"""Which column of a bank statement holds what, by the names that Indonesian banks give them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.errors import PaidSupportError

# Names as they are once all but letters is taken out; what stands in brackets, such as "(Rp)", has gone before.
_NAMES = {
    "date": """tanggal tgl date tanggaltransaksi tgltransaksi transactiondate trxdate postingdate postdate
        tanggalposting tanggalmutasi tglmutasi tanggalwaktu tanggaldanwaktu tanggaljam datetime""",
    "description": """keterangan deskripsi description uraian remark remarks berita detail details rincian catatan
        transaksi keterangantransaksi uraiantransaksi deskripsitransaksi transactiondescription""",
    "credit": """kredit credit cr creditamount jumlahkredit nominalkredit mutasikredit uangmasuk danamasuk masuk
        kreditrp kreditidr""",
    "debit": """debit debet db debitamount jumlahdebit jumlahdebet nominaldebit nominaldebet mutasidebit mutasidebet
        uangkeluar danakeluar keluar""",
    "amount": """jumlah amount nominal mutasi nilai jumlahtransaksi jumlahmutasi nilaitransaksi nominaltransaksi
        transactionamount""",
    "mark": """dbcr crdb dk kd dc cd drcr crdr debitcredit debitkredit debetkredit jenis jenistransaksi jenismutasi
        tipe tipetransaksi type transactiontype""",
}
_KINDS = {name: kind for kind, names in _NAMES.items() for name in names.split()}


@dataclass(frozen=True)
class Columns:
    """Positions; `descriptions` may be several.

    `money` holds credits alone where `credits_only`, otherwise both ways, told apart by `mark` or beside the number.
    """

    names: tuple[str, ...]
    date: int
    descriptions: tuple[int, ...]
    money: int
    credits_only: bool
    mark: int | None

    def name(self, position: int) -> str:
        """How the file calls it."""
        return self.names[position].strip() or f"#{position + 1}"


def find_columns(row: Sequence[str], *, line: int) -> Columns | None:
    """The columns where `row` is a header; None where it is not.

    Raises PaidSupportError where two columns would hold the money, since one of them would be passed over.
    """
    found: dict[str, list[int]] = {kind: [] for kind in _NAMES}
    for position, name in enumerate(row):
        kind = _KINDS.get(re.sub(r"[^a-z]", "", re.sub(r"\(.*?\)", "", name.casefold())))
        if kind is not None:
            found[kind].append(position)
    money = found["credit"] or found["amount"]
    if not found["date"] or not found["description"] or not money:
        return None
    credits_only = bool(found["credit"])
    for twice in (money, [] if credits_only else found["mark"]):
        if len(twice) > 1:
            column = row[twice[1]].strip()
            detail = f"line {line}: {column} is a second column of the same kind"
            raise PaidSupportError(detail, field="statement", line=line, column=column, reason="header")
    mark = found["mark"][0] if found["mark"] else None
    if not credits_only and mark is None and money[0] + 1 < len(row) and not row[money[0] + 1].strip():
        mark = money[0] + 1  # BCA leaves the column of CR and DB without a name
    return Columns(tuple(row), found["date"][0], tuple(found["description"]), money[0], credits_only, mark)
