"""The trained assistant, asked as customers ask."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.helpdesk.clauses import CLAUSE_IDS
from bot.helpdesk.evaluation import Judged, evaluate
from bot.helpdesk.scoring import Predicted, score
from bot.services.knowledge import ROOT
from bot.services.labelled_messages import read_labelled
from tests.assistant import assistant

pytestmark = [pytest.mark.rasa, pytest.mark.timeout(900)]

SHARED = ROOT.parent / "shared"

PLAIN_QUESTIONS = {
    "K1": "Masternet jual layanan apa saja ya kak?",
    "K2": "Spek VPS yang saya terima beda sama yang saya pesan, gimana?",
    "K3": "Kalau mau pesan hosting, langkah-langkah transaksinya bagaimana?",
    "K4": "Kalau sudah beli hosting, saya dapat bantuan apa saja?",
    "K5": "Bisa bayar pakai QRIS tidak?",
    "K6": "Ada jaminan uptime berapa persen selama langganan?",
    "K7": "Kalau saya berhenti langganan, data saya dihapus tidak?",
    "K8": "Info terbaru soal layanan diumumkan di mana? ada newsletter?",
    "K9": "Proyek website saya masih jalan, dapat jatah revisi berapa kali?",
    "H1": "Boleh tahu berapa jumlah pelanggan dan gaji karyawan Masternet?",
    "H2": "Kok fitur hosting saya berubah tanpa pemberitahuan dulu?",
    "H3": "Garansi website sudah lewat setahun, kenapa revisi saya ditolak?",
    "H4": "Kenapa kalian menolak bantuan teknis di luar layanan yang dijual?",
    "H5": "Bantuan mana yang gratis dan mana yang harus bayar?",
    "H6": "Batas waktu bayar perpanjangan hosting berapa hari?",
    "H7": "Kalau tagihan tidak saya bayar sampai habis periode, layanannya dihapus?",
    "H8": "Website saya disuspend karena dituduh melanggar aturan, mana buktinya?",
    "H9": "Kenapa harus kirim foto KTP buat daftar domain .id?",
    "H10": "Layanan saya ditahan, kapan dibuka lagi kalau sudah dibayar?",
    "H11": "Server mati mendadak karena keadaan darurat, bisa saya tuntut?",
    "H12": "Kenapa harga perpanjangan naik dibanding tahun lalu?",
    "H13": "Boleh minta tunda bayar perpanjangan dua minggu?",
    "H14": "Bantuan pindah hosting ke sini gratis sampai berapa giga?",
    "H15": "Mau transfer domain keluar tapi ditolak karena masih ada tunggakan",
    "H16": "Tolong kirim invoice ke email bagian keuangan juga selain ke saya",
    "H17": "Email tagihan dari kalian tidak pernah masuk ke inbox saya",
    "P": "Sepertinya layanan ini kurang cocok buat saya, sebaiknya ke mana?",
}


def test_there_is_a_question_for_each_clause() -> None:
    assert set(PLAIN_QUESTIONS) == set(CLAUSE_IDS)


@pytest.mark.parametrize("clause", CLAUSE_IDS)
def test_each_clause_is_reached_by_a_plain_question(clause: str) -> None:
    outcome, clauses, reply = assistant().ask(PLAIN_QUESTIONS[clause])
    assert (outcome, clauses) == ("answer", [clause]), reply


@pytest.mark.parametrize(
    ("text", "outcome", "clauses"),
    [
        ("tolong benerin printer epson saya macet", "refuse", ["H4"]),
        ("resep rendang padang dong", "refuse", []),
        ("tolong pasangkan plugin membership di website saya", "paid_support", ["H5"]),
        ("mau ngomong sama orang, bukan robot", "handoff", []),
        ("sudah transfer dari kemarin tapi pesanan masih pending", "handoff", ["K3"]),
        ("website saya tiba-tiba error 500, tolong dicek", "handoff", ["K4"]),
        ("kedaimelati.com mati dari subuh", "handoff", ["K4"]),
        ("INV-2024-0012 sudah lunas belum aktif", "handoff", ["K3"]),
        ("yg kedaimelati.com kak", "clarify", []),
        ("telat bayar hosting gimana kak", "answer", ["H7"]),
        ("selamat pagi kak", "smalltalk", []),
        ("gimana nih", "clarify", []),
    ],
)
def test_the_other_outcomes_are_reached_too(text: str, outcome: str, clauses: list[str]) -> None:
    assert assistant().ask(text)[:2] == (outcome, clauses)


@pytest.mark.parametrize(
    "text", ["😀😀😀", "أهلا وسهلا", "qwrtp zxcvb", "...", "1234567", "/restart", "   ", "ы ы ы", "\n"]
)
def test_what_nothing_is_known_about_is_asked_back(text: str) -> None:
    assert assistant().ask(text)[0] == "clarify"


def test_details_that_were_asked_for_go_into_the_paid_request() -> None:
    turns = assistant().converse("tolong pasangkan toko online di website saya", "domainnya tokobudi.co.id")
    assert [turn[:2] for turn in turns] == [("paid_support", ["H5"]), ("paid_support", ["H5"])]
    assert "tokobudi.co.id" in turns[1][2]


def test_details_that_were_asked_for_go_to_staff() -> None:
    turns = assistant().converse("sudah transfer dari kemarin tapi pesanan masih pending", "INV-2024-0012")
    assert [turn[0] for turn in turns] == ["handoff", "handoff"]


def test_details_out_of_the_blue_are_asked_about() -> None:
    assert assistant().ask("INV-2024-0012")[0] == "clarify"


def test_a_person_is_offered_when_twice_in_a_row_nothing_was_understood() -> None:
    turns = assistant().converse("qwrtp zxcvb", "hjkl bnmvv")
    assert [outcome for outcome, _, _ in turns] == ["clarify", "clarify"]
    assert turns[0][2] != turns[1][2]
    assert "staf" in turns[1][2]


def test_our_held_out_messages_are_understood() -> None:
    gold = read_labelled(ROOT / "tests/data/heldout.jsonl")
    answers = [(message, *assistant().ask(message.text)) for message in gold]
    result = evaluate([Judged(g, Predicted(outcome, tuple(clauses)), 1.0, "") for g, outcome, clauses, _ in answers])
    assert result.outcome.share >= 0.95
    assert result.full.share >= 0.93, result.confused
    assert min(right.share for right in result.by_register.values()) >= 0.88


def test_ask_prints_one_object_a_line_in_order(tmp_path: Path) -> None:
    assistant()  # trains when needed
    lines = ["halo kak", '{"text": "boleh minta tunda bayar?", "id": 7}', "{bukan json", "", "😀"]
    asked = subprocess.run(
        [sys.executable, "-m", "bot.cli", "ask", "--jsonl"],
        input="\n".join(lines),
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={k: v for k, v in os.environ.items() if not k.startswith("HELPDESK_HOME")},
        check=True,
        timeout=300,
    )
    answers = [json.loads(line) for line in asked.stdout.splitlines()]
    assert [a["text"] for a in answers] == ["halo kak", "boleh minta tunda bayar?", "{bukan json", "😀"]
    assert all(list(a) == ["text", "outcome", "clauses", "intent", "confidence", "reply"] for a in answers)
    assert (answers[1]["outcome"], answers[1]["clauses"]) == ("answer", ["H13"])


def test_evaluate_prints_figures_and_writes_pictures(tmp_path: Path) -> None:
    assistant()  # trains when needed
    file = tmp_path / "set.jsonl"
    file.write_text(
        '{"text": "boleh minta tunda bayar?", "outcome": ["answer"], "clauses": ["H13"], "register": "harian"}\n'
        '{"text": "halo kak", "outcome": ["refuse"], "clauses": []}\n'
    )
    evaluated = subprocess.run(
        [sys.executable, "-m", "bot.cli", "evaluate", str(file), "--pictures", str(tmp_path / "out")],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={k: v for k, v in os.environ.items() if not k.startswith("HELPDESK_HOME")},
        check=True,
        timeout=300,
    )
    assert "outcome and clause               0.500     0.095–0.905       2" in evaluated.stdout
    assert "line 2  refuse: > smalltalk:\n         halo kak" in evaluated.stdout
    assert {path.name for path in (tmp_path / "out").iterdir()} >= {"confusion.png", "registers.png", "index.html"}


def test_ask_names_the_line_that_is_no_message() -> None:
    asked = subprocess.run(
        [sys.executable, "-m", "bot.cli", "ask"],
        input='halo\n{"teks": "halo"}\n',
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
        timeout=120,
    )
    assert asked.returncode == 2
    assert "line 2" in asked.stderr
    assert "Traceback" not in asked.stderr


@pytest.mark.skipif(not SHARED.is_dir(), reason="no ../shared beside this clone: the sample messages are not here")
def test_sample_messages_reach_the_mark() -> None:
    gold = read_labelled(SHARED / "sample_messages.jsonl")
    predicted = [Predicted(outcome, tuple(clauses)) for outcome, clauses, _ in (assistant().ask(g.text) for g in gold)]
    result = score(gold, predicted)
    assert result.outcome >= 0.85
    assert result.full >= 0.75
