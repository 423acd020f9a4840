"""Policy documents for tests: our own words in the shape that the owner publishes, with clauses of our invention."""

from __future__ import annotations

from collections.abc import Mapping

from bot.services.knowledge import Knowledge

NEW_RIGHT = (
    "Kami berhak menolak kunjungan ke ruang colocation di luar jadwal yang telah disepakati, serta meminta pelanggan "
    "mengambil kembali perangkat titipannya setelah masa sewa rak berakhir."
)
NEW_OBLIGATION = (
    "Menerbitkan ulang sertifikat SSL pelanggan satu kali tanpa biaya apabila kunci privatnya hilang atau bocor."
)


def known_wording() -> dict[str, str]:
    """A wording for each clause of the catalogue; the catalogue's own words stand for the owner's."""
    return Knowledge.load().clauses.texts()


def with_new_clauses() -> dict[str, str]:
    """The same with K10 and H18."""
    return {**known_wording(), "K10": NEW_OBLIGATION, "H18": NEW_RIGHT}


def inserted(number: int, text: str = NEW_RIGHT) -> dict[str, str]:
    """`text` put in as right `number`, so that the rights from there on move by one."""
    wording = known_wording()
    rights = [wording[clause] for clause in wording if clause.startswith("H")]
    rights.insert(number - 1, text)
    others = {clause: text for clause, text in wording.items() if not clause.startswith("H")}
    return {**others, **{f"H{n}": right for n, right in enumerate(rights, start=1)}}


def document(wording: Mapping[str, str]) -> str:
    """`wording` as the owner publishes it."""
    lines = ["Hak dan Kewajiban", ""]
    for heading, section in (("KEWAJIBAN.", "K"), ("HAK.", "H")):
        numbers = sorted(int(clause[1:]) for clause in wording if clause.startswith(section))
        lines += [heading, "", *(f"  {n}. {wording[f'{section}{n}']}" for n in numbers), ""]
    return "\n".join([*lines, wording["P"], ""])
