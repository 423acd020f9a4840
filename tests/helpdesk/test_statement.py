"""Bank statements: whatever their form, all credits come out, each once, and nothing else."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import PaidSupportError
from bot.helpdesk.paid.statement import OddCredit, StatementLine, match, parse_statement


@dataclass(frozen=True)
class Booking:
    """What the bank knows."""

    day: date
    words: str
    amount: int
    comes_in: bool


_NUMBERS: dict[str, Callable[[int], str]] = {
    "indonesian": lambda n: f"{n:,}".replace(",", ".") + ",00",
    "english": lambda n: f"{n:,}.00",
    "bare": str,
    "cents": lambda n: f"{n}.00",
    "rupiah": lambda n: "Rp " + f"{n:,}".replace(",", "."),
}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
_DATES: dict[str, Callable[[date], str]] = {
    "slashes": lambda d: f"{d:%d/%m/%Y}",
    "short": lambda d: f"{d:%d-%m-%y}",
    "iso": lambda d: d.isoformat(),
    "timed": lambda d: f"{d:%d/%m/%Y} 14:05:09",
    "named": lambda d: f"{d.day} {_MONTHS[d.month - 1]} {d.year}",
}
_HEADERS = {
    "two columns": ["Tanggal", "Keterangan", "Debet", "Kredit", "Saldo"],
    "english": ["Posting Date", "Description", "Debit", "Credit (IDR)", "Balance"],
    "beside": ["Tgl.", "Uraian Transaksi", "Mutasi", "Saldo"],
    "signs": ["Transaction Date", "Remarks", "Amount", "Balance"],
    "marks": ["TANGGAL", "KETERANGAN", "JUMLAH", "D/K", "SALDO"],
    "bca": ["Tanggal Transaksi", "Keterangan", "Cabang", "Jumlah", "", "Saldo"],
}


def _cells(layout: str, day: str, words: str, number: str, comes_in: bool) -> list[str]:
    if layout in ("two columns", "english"):
        return [day, words, "" if comes_in else number, number if comes_in else "0,00", "1.000,00"]
    if layout == "beside":
        return [day, words, f"{number} {'CR' if comes_in else 'DB'}", "1.000,00"]
    if layout == "signs":
        return [day, words, f"{'+' if comes_in else '-'}{number}", "1.000,00"]
    if layout == "marks":
        return [day, words, number, "K" if comes_in else "D", "1.000,00"]
    return [f"'{day}", words, "'0000", number, "CR" if comes_in else "DB", "1.000,00"]


@dataclass(frozen=True)
class Form:
    """How a bank writes it down."""

    layout: str
    number: str
    date: str
    delimiter: str
    encoding: str
    head: bool

    def write(self, bookings: Sequence[Booking]) -> bytes:
        """The file."""
        out = io.StringIO(newline="")
        writer = csv.writer(out, delimiter=self.delimiter)
        if self.head:
            writer.writerows([["Nomor Rekening", ":", "'1234567890"], ["Periode", ":", "01/01/2026 - 31/12/2026"], []])
        writer.writerow(_HEADERS[self.layout])
        for one in bookings:
            day, number = _DATES[self.date](one.day), _NUMBERS[self.number](one.amount)
            writer.writerow(_cells(self.layout, day, one.words, number, one.comes_in))
        if self.head:
            writer.writerows([[], ["Saldo Awal", ":", "1.000,00"], ["Mutasi Kredit", ":", "5.000,00", "3"]])
        return out.getvalue().encode(self.encoding)


FORMS = st.builds(
    Form,
    layout=st.sampled_from(list(_HEADERS)),
    number=st.sampled_from(list(_NUMBERS)),
    date=st.sampled_from(list(_DATES)),
    delimiter=st.sampled_from(",;\t"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    head=st.booleans(),
)
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30) | st.sampled_from(
    ['TRSF E-BANKING CR; "BUDI", 03/01', "Total", "saldo awal", "a\nb"]
)
BOOKINGS = st.lists(
    st.builds(Booking, st.dates(date(2026, 1, 1), date(2026, 12, 31)), WORDS, st.integers(1, 10**10), st.booleans()),
    max_size=12,
)
# Few different ones, so that there are equal ones among them.
FEW = st.lists(
    st.builds(Booking, st.just(date(2026, 3, 2)), st.sampled_from("ab"), st.sampled_from([5001, 5002]), st.booleans()),
    max_size=12,
)


def told(content: bytes) -> list[tuple[date, str, int]]:
    """Without digests."""
    return [(line.date, line.description, line.amount) for line in parse_statement(content).lines]


@given(BOOKINGS, FORMS)
def test_all_credits_come_out_whatever_the_form(bookings: list[Booking], form: Form) -> None:
    statement = parse_statement(form.write(bookings))
    assert [(line.date, line.description, line.amount) for line in statement.lines] == [
        (one.day, " ".join(one.words.split()), one.amount) for one in bookings if one.comes_in
    ]
    assert statement.odd == ()


@given(FEW, FORMS, FORMS, st.randoms())
def test_a_line_has_one_digest_in_whatever_file_and_order_it_comes(
    bookings: list[Booking], form: Form, other: Form, random: object
) -> None:
    """And two equal lines have two."""
    lines = parse_statement(form.write(bookings)).lines
    digests = {line.digest for line in lines}
    assert len(digests) == len(lines)
    shuffled = list(bookings)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert {line.digest for line in parse_statement(other.write(shuffled)).lines} == digests
    assert digests.isdisjoint(line.digest for line in parse_statement(form.write(bookings), account="987").lines)


@given(FEW | BOOKINGS, st.data(), FORMS)
def test_files_that_overlap_book_nothing_twice_and_lose_nothing(
    bookings: list[Booking], data: st.DataObject, form: Form
) -> None:
    """One ends within a day, the next begins with that day again."""
    bookings = sorted(bookings, key=lambda one: one.day)
    cut = data.draw(st.integers(0, len(bookings)))
    first = bookings[:cut]
    second = [one for one in bookings if not first or one.day >= first[-1].day]
    booked = [line.digest for line in parse_statement(form.write(first)).lines]
    booked += [line.digest for line in parse_statement(form.write(second)).lines if line.digest not in booked]
    assert sorted(booked) == sorted(line.digest for line in parse_statement(form.write(bookings)).lines)


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_no_bytes_do_anything_but_being_read_or_refused(content: bytes) -> None:
    try:
        parse_statement(content)
    except PaidSupportError as error:
        assert set(error.data) == {"field", "line", "column", "reason"}


@given(st.text(st.sampled_from("0123456789.,-+()CRDBKrp '\"/;\nTotal"), max_size=60))
def test_no_cell_does_anything_but_being_read_or_refused(cell: str) -> None:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([_HEADERS["beside"], ["02/03/2026", "a", cell, ""], [cell, "a", "5.000 CR", ""]])
    try:
        parse_statement(out.getvalue().encode())
    except PaidSupportError as error:
        assert error.data["line"] in range(2, 9)


def test_latin_1_is_read_where_it_is_no_utf_8() -> None:
    content = "Tanggal;Keterangan;Kredit\n02/03/2026;TOKO CAFÉ;5.001,00\n".encode("latin-1")
    assert told(content) == [(date(2026, 3, 2), "TOKO CAFÉ", 5001)]


def test_a_statement_as_bca_exports_it() -> None:
    """Days without a year, amounts in English, an unnamed column, what is not booked yet, and sums at the end."""
    content = (
        b"No. rekening : '1234567890\nNama : PT CONTOH\nPeriode : 20/12/2025 - 05/01/2026\nKode Mata Uang : Rp\n"
        b"Tanggal Transaksi,Keterangan,Cabang,Jumlah,,Saldo\n"
        b'\'30/12,"TRSF E-BANKING CR 3012/FTSCY BUDI SANTOSO",\'0998,"1,250,417.00",CR,"9,250,417.00"\n'
        b'\'02/01,BIAYA ADM,\'0998,"15,000.00",DB,"9,235,417.00"\n'
        b'\'PEND,TRSF E-BANKING CR,\'0998,"77,001.00",CR,"9,312,418.00"\n'
        b'"Saldo Awal : 8,000,000.00"\n"Mutasi Kredit : 1,250,417.00",1\nMutasi Debet,"15,000.00",1\n'
    )
    assert told(content) == [(date(2025, 12, 30), "TRSF E-BANKING CR 3012/FTSCY BUDI SANTOSO", 1_250_417)]


def test_descriptions_that_go_on_in_the_next_row_belong_together() -> None:
    content = b"Tanggal,Keterangan,Berita,Kredit\n02/03/2026,TRSF,INV-7,5001\n,DARI BUDI,,\n03/03/2026,B,,5002\n"
    assert [line[1] for line in told(content)] == ["TRSF DARI BUDI INV-7", "B"]


def test_interest_and_what_is_taken_back_are_told_apart() -> None:
    content = (
        b"Tanggal;Keterangan;Debet;Kredit\n31/03/2026;BUNGA;;1.234,56\n31/03/2026;BUNGA;;0,07\n"
        b"31/03/2026;KOREKSI;;-5.001,00\n31/03/2026;A;;5.001,00\n"
    )
    statement = parse_statement(content)
    assert [line.amount for line in statement.lines] == [5001]
    day = date(2026, 3, 31)
    assert statement.odd == (OddCredit(2, day, "1.234,56"), OddCredit(3, day, "0,07"), OddCredit(4, day, "-5.001,00"))


def test_names_of_columns_again_in_the_middle_are_no_row() -> None:
    header = "Tanggal,Keterangan,Kredit"
    assert len(told(f"{header}\n02/03/2026,A,5001\n{header}\n02/03/2026,B,5002\n".encode())) == 2


_HEAD = "Tanggal,Keterangan,Jumlah,Saldo\n"


@pytest.mark.parametrize(
    ("content", "line", "column", "reason"),
    [
        ("", 1, "", "header"),
        ("halo", 1, "", "header"),
        ("Tanggal,Keterangan,Saldo\n02/03/2026,A,5000\n", 1, "", "header"),
        ("Tanggal,Keterangan,Kredit,Uang Masuk\n", 1, "Uang Masuk", "header"),
        ("Tanggal,Keterangan,Jumlah,Nominal\n", 1, "Nominal", "header"),
        (_HEAD + "02/03/2026,A,5000 CR,1,2\n", 2, "#5", "cells"),
        (_HEAD + "02/03/2026,A,1,250,123.00 CR,\n", 2, "#5", "cells"),
        (_HEAD + "02/03/2026,A,5000 CR,\n31/02/2026,A,5000 CR,\n", 3, "Tanggal", "date"),
        (_HEAD + "03/13/2026,A,5000 CR,\n", 2, "Tanggal", "date"),
        (_HEAD + "'02/03,A,5000 CR,\n", 2, "Tanggal", "date"),
        (_HEAD + ",A,5000 CR,\n", 2, "Tanggal", "date"),
        (_HEAD + "kemarin,A,5000 CR,\n", 2, "Tanggal", "date"),
        (_HEAD + "02/03/2026,A,lima ribu,\n", 2, "Jumlah", "amount"),
        (_HEAD + "02/03/2026,A,1.25 CR,\n", 2, "Jumlah", ""),
        (_HEAD + "02/03/2026,A,5.0000 CR,\n", 2, "Jumlah", "amount"),
        (_HEAD + "02/03/2026,A,5000,\n", 2, "Jumlah", "mark"),
        ("Tanggal,Keterangan,Jumlah,D/K\n02/03/2026,A,5000,?\n", 2, "D/K", "mark"),
        ("Tanggal,Keterangan,Jumlah,D/K\n02/03/2026,A,5000 DB,K\n", 2, "D/K", "mark"),
        ("Tanggal,Keterangan,Jumlah,\n02/03/2026,A,5000,X\n", 2, "#4", "mark"),
        ('Tanggal,Keterangan,Kredit\n02/03/2026,"A,5000\n', 2, "", "csv"),
        (_HEAD + '\n\n02/03/2026,"A\nB",x CR,\n', 4, "Jumlah", "amount"),
        ("Tanggal\0,Keterangan,Kredit\n", 0, "", "csv"),
        ("x" * (4 * 1024 * 1024 + 1), 0, "", "size"),
    ],
    ids=lambda value: value[-30:] if isinstance(value, str) else value,
)
def test_what_is_not_understood_is_told_with_line_and_column(content: str, line: int, column: str, reason: str) -> None:
    if not reason:  # 1.25 is an amount with cents
        assert parse_statement(content.encode()).odd[0].line == line
        return
    with pytest.raises(PaidSupportError) as caught:
        parse_statement(content.encode())
    assert caught.value.data == {"field": "statement", "line": line, "column": column, "reason": reason}
    assert "lima" not in str(caught.value)


def test_names_of_people_stay_out_of_logs() -> None:
    line = parse_statement(b"Tanggal,Keterangan,Kredit\n02/03/2026,BUDI SANTOSO,5001\n").lines[0]
    assert "BUDI" not in repr(line)


def lines_of(amounts: Sequence[int]) -> list[StatementLine]:
    """Lines with these amounts."""
    return [StatementLine(date(2026, 3, 2), "A", amount, str(index)) for index, amount in enumerate(amounts)]


@given(st.lists(st.integers(1, 8), max_size=10), st.dictionaries(st.integers(1, 8), st.text(max_size=3), max_size=8))
def test_every_line_pays_one_order_or_is_put_before_staff(amounts: list[int], due: dict[int, str]) -> None:
    lines = lines_of(amounts)
    found = match(lines, due)
    again = [*(line for line, _ in (*found.matched, *found.ambiguous)), *found.unmatched]
    assert sorted(line.digest for line in again) == sorted(line.digest for line in lines)
    for line, order in found.matched:
        assert due[line.amount] == order
        assert amounts.count(line.amount) == 1
    for line, order in found.ambiguous:
        assert due[line.amount] == order
        assert amounts.count(line.amount) > 1
    assert all(line.amount not in due for line in found.unmatched)
