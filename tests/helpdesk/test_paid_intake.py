"""Taking up a request for paid support: what holds whatever customers say, and in which order."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.helpdesk.conversation import Outcome
from bot.helpdesk.paid.effects import FileRequest, effect_from_json, effect_to_json
from bot.helpdesk.paid.intake import MOST_ASKED, MOST_TURNS, End, Intake, Part, Problem, Question
from bot.helpdesk.paid.intake_heard import AGREE, CANCEL, CHANGE, CHOOSE, FILE_ANYWAY, STARTS, Heard
from bot.helpdesk.paid.intake_texts import say
from bot.helpdesk.paid.intake_turns import begin, hear
from bot.helpdesk.paid.requests import PaidKind, Urgency
from bot.services.knowledge import Knowledge

SERVICES = Knowledge.load().services
INTENTS = [
    *("dukungan_berbayar", "beri_rincian", "tidak_jelas", "nlu_fallback", "cara_bayar", "status_permintaan"),
    *("bantuan_layanan", "kasus_layanan", "di_luar_teknis", "di_luar_topik", "batas_bantuan_teknis", "migrasi"),
    *("revisi_ditolak", "minta_manusia", "keluhan_marah", "pamit", "terima_kasih", "dua_permintaan"),
]
SAID = [
    *("tolong pasang plugin membership", "toko.id", "tokobudi.co.id", "co.id", "toko.xyzzy", "hari ini", "santai aja"),
    *("budi@toko.id", "budi@toko", "0812-3456-7890", "081", "50 GB", "0 GB", "ya", "iya gas", "gak jadi", "batal"),
    *("eh salah, domainnya baru.id", "nomornya ganti 0857 1111 2222", "kontaknya salah", "belum bener", "domain"),
    *("kalau pesanan saya batal gimana?", "bayarnya bisa qris?", "benerin printer", "sekalian pasang ssl", "hosting"),
    *("pasang plugin di toko.id, santai, budi@toko.id", "pindahan 80 GB ke toko.id, urgent, 0812-3456-7890"),
    *("masih garansi kok", "bukan toko.id tapi baru.id", "hah", "😀", "", "   ", "a.id b.id c.id", "x" * 5000),
]
TEXTS = st.one_of(
    st.sampled_from(SAID), st.text(max_size=200), st.lists(st.sampled_from(SAID), max_size=3).map(" ".join)
)
TYPED = st.builds(Heard, text=TEXTS, intent=st.sampled_from(INTENTS), confidence=st.sampled_from([0.2, 0.55, 0.99]))
PRESSED = st.builds(
    Heard,
    text=st.one_of(TEXTS, st.sampled_from(["Kontak", "Kebutuhan", "Waktu", "Ukuran data", "Hari ini"])),
    intent=st.sampled_from([AGREE, CHANGE, CANCEL, CHOOSE, "minta_manusia", "cara_bayar", *STARTS]),
    pressed=st.just(True),
)
MESSAGES = st.one_of(TYPED, PRESSED)
# What somebody who wants to get on says to each question; None among messages stands for it.
GOOD = {
    Part.NEED: "tolong pasang plugin membership",
    Part.TARGET: "tokobudi.co.id",
    Part.CAPACITY: "50 GB",
    Part.URGENCY: "hari ini",
    Part.CONTACT: "0812-3456-7890",
}
WILLING = st.one_of(st.none(), st.none(), st.none(), MESSAGES)


def answer(intake: Intake, heard: Heard | None) -> Heard:
    """`heard`, or the good answer to the open question."""
    if heard is not None:
        return heard
    part = intake.open.part if intake.open else None
    return Heard(GOOD[part], "tidak_jelas", 0.4) if part else Heard("Ya, ajukan", AGREE, pressed=True)


def start(kind: str = "dukungan_berbayar", text: str = "", *, pressed: bool = False) -> Intake:
    return begin(Heard(text, kind, pressed=pressed), SERVICES)


def tell(intake: Intake, text: str, intent: str = "beri_rincian", confidence: float = 0.9) -> Intake:
    step = hear(intake, Heard(text, intent, confidence), SERVICES)
    return step.intake.come_back() if step.digress else step.intake


def press(intake: Intake, intent: str, text: str = "") -> Intake:
    return hear(intake, Heard(text, intent, pressed=True), SERVICES).intake


def complete(text: str = "pasang plugin membership di toko.id, santai, budi@toko.id") -> Intake:
    intake = start(text=text)
    assert intake.open is Question.CONFIRM
    return intake


@given(first=MESSAGES, messages=st.lists(WILLING, max_size=MOST_TURNS + 10))
def test_whatever_is_said(first: Heard, messages: list[Heard | None]) -> None:
    intake = begin(first, SERVICES)
    asked: dict[tuple[Question, str], int] = {}
    said = [first.text]
    for drawn in messages:
        if intake.end:
            break
        heard = answer(intake, drawn)
        # Each put question counts; the summary is another one when what it sums up is another.
        content = str(intake.order) if intake.open is Question.CONFIRM else ""
        key = (intake.open or Question.CONFIRM, content)
        asked[key] = asked.get(key, 0) + 1
        assert asked[key] <= MOST_ASKED, key
        before = intake
        step = hear(intake, heard, SERVICES)
        intake = step.intake
        if step.digress:
            assert intake.end is None
            intake = intake.come_back()
        said.append(heard.text)
        # A form that ends says how, one that goes on asks; both survive as JSON.
        assert (intake.open is None) == (intake.end is not None)
        assert Intake.from_json(json.loads(json.dumps(intake.to_json()))) == intake
        reply = say(intake)
        assert reply.text
        assert len(reply.text) < 8000
        if intake.end is End.FILED:
            assert isinstance(reply.effect, FileRequest)
            order = reply.effect.order
            assert order == before.order
            assert before.open is Question.CONFIRM
            assert order.need.strip()
            assert order.target
            assert order.email or order.phone
            assert (order.capacity_gb is not None) == (order.kind is PaidKind.MIGRATION)
            # What people wrote is kept word for word.
            assert all(any(line in text for text in said) for line in order.need.split("\n"))
            assert effect_from_json(json.loads(json.dumps(effect_to_json(reply.effect)))) == reply.effect
        else:
            assert reply.effect is None
        assert reply.outcome is not Outcome.REFUSE or intake.end in (End.OUT_OF_FIELD, End.OFF_TOPIC)
    assert intake.turns <= MOST_TURNS + 1
    assert intake.end or len(messages) <= MOST_TURNS


@given(first=MESSAGES)
def test_who_answers_what_is_asked_gets_it_filed(first: Heard) -> None:
    intake = begin(first, SERVICES)
    for _ in range(len(Part) + 1):
        if not intake.end:
            intake = hear(intake, answer(intake, None), SERVICES).intake
    assert intake.end is End.FILED


@given(messages=st.lists(WILLING, max_size=20), place=st.integers(0, 20))
def test_what_is_outside_the_field_is_never_filed(messages: list[Heard | None], place: int) -> None:
    intake = start("dukungan_berbayar", "dukungan")
    outside = Heard("tolong servis printer epson kantor", "di_luar_teknis", 0.95)
    for number, drawn in enumerate([*messages[:place], outside, *messages[place:]]):
        if intake.end:
            break
        heard = answer(intake, drawn)
        asked_for_need = intake.open in (Question.NEED, Question.CHANGE_NEED)
        step = hear(intake, heard, SERVICES)
        if heard is outside and asked_for_need:
            assert step.intake.end is End.OUT_OF_FIELD, number
        intake = step.intake.come_back() if step.digress else step.intake
        assert intake.need is None or "printer epson" not in intake.need


@given(st.one_of(st.none(), st.integers(), st.text(), st.dictionaries(st.text(), st.integers()), st.lists(st.none())))
def test_a_state_of_another_version_is_none(data: object) -> None:
    assert Intake.from_json(data) is None
    assert Intake.from_json({**Intake().to_json(), "kind": data}) is None


class TestWhatTheFirstMessageSays:
    def test_everything_at_once_leads_to_the_summary(self) -> None:
        text = "tolong pasang plugin membership di https://www.toko.id/ urgent, wa +62 812 3456 7890"
        intake = start(text=text)
        assert intake.open is Question.CONFIRM
        assert (intake.need, intake.target, intake.phone) == (text, "toko.id", "+6281234567890")
        assert intake.urgency is Urgency.TODAY
        assert "+62 812-3456-7890" in say(intake).text

    def test_a_wish_without_content_is_asked_about(self) -> None:
        assert start(text="mau minta bantuan berbayar dong kak").open is Question.NEED

    def test_a_question_behind_a_button_is_no_need_but_its_size_is_taken(self) -> None:
        earlier = Heard("pindahan 80 GB di tokolama.com gratis?", "migrasi")
        intake = begin(Heard("Ajukan migrasi", "ajukan_migrasi", pressed=True), SERVICES, earlier=earlier)
        assert (intake.kind, intake.need, intake.target, intake.capacity_gb) == (
            PaidKind.MIGRATION,
            None,
            "tokolama.com",
            80,
        )

    def test_what_is_included_may_be_filed_all_the_same(self) -> None:
        included = tell(start(text="bantuan"), "cara bikin akun email gimana", "bantuan_layanan")
        assert included.end is End.INCLUDED
        assert say(included).clauses == ("K4",)
        again = begin(Heard("Tetap", FILE_ANYWAY, pressed=True), SERVICES, before=included)
        assert (again.need, again.open) == ("cara bikin akun email gimana", Question.TARGET)


class TestCorrections:
    def test_two_at_once(self) -> None:
        intake = tell(complete(), "bukan toko.id tapi baru.id, kontaknya ganti wa 0813 2222 3333")
        assert (intake.target, intake.phone, intake.open) == ("baru.id", "+6281322223333", Question.CONFIRM)

    def test_a_question_about_another_domain_changes_nothing(self) -> None:
        assert tell(complete(), "kalau lain.id perpanjangnya berapa?", "info_layanan").target == "toko.id"

    @pytest.mark.parametrize("part", list(Part))
    def test_each_part_has_a_button(self, part: Part) -> None:
        intake = replace(complete(), kind=PaidKind.MIGRATION, capacity_gb=3)
        asked = press(intake, CHANGE)
        assert asked.open is Question.WHICH_PART
        button = say(asked).buttons[list(Part).index(part)]
        assert press(asked, CHANGE, button.title).open is Question(f"change_{part.value}")

    def test_a_summary_of_something_else_is_another_question(self) -> None:
        intake = complete()
        for name in ("satu.id", "dua.id", "tiga.id"):
            intake = tell(intake, f"eh salah, domainnya {name}")
        assert (intake.open, intake.target) == (Question.CONFIRM, "tiga.id")

    def test_the_wrong_domain_named_alone_is_asked_again(self) -> None:
        assert tell(complete(), "domainnya bukan toko.id").open is Question.CHANGE_TARGET


class TestQuestionsAboutIt:
    @pytest.mark.parametrize("text", ["harganya berapa?", "kena berapa duit ya", "biayanya brp kak"])
    def test_what_it_costs_is_said_in_the_quote(self, text: str) -> None:
        step = hear(complete(), Heard(text, "info_layanan", 0.94), SERVICES)
        assert (step.digress, step.intake.problem) == (False, Problem.PRICE_UNKNOWN)
        assert "penawaran" in say(step.intake).text

    def test_what_a_package_costs_is_another_topic(self) -> None:
        heard = Heard("harga paket web hosting yang besar buat setahun berapa ya kak?", "info_layanan", 0.94)
        assert hear(complete(), heard, SERVICES).digress

    def test_an_unclear_question_is_no_need(self) -> None:
        heard = "gimana sih ini, dari kemarin saya minta tolong ga ada yang bales"
        assert tell(start(text="bantuan"), heard, "tidak_jelas").need is None


class TestWhatIsNotUsable:
    @pytest.mark.parametrize(
        ("text", "problem"),
        [("co.id", Problem.BAD_DOMAIN), ("toko.xyzzy", Problem.BAD_DOMAIN), ("hmm", Problem.NO_DOMAIN_NAME)],
    )
    def test_no_domain(self, text: str, problem: Problem) -> None:
        intake = tell(start(text="pasang fitur booking online"), text, "tidak_jelas")
        assert (intake.problem, intake.open) == (problem, Question.TARGET)

    @pytest.mark.parametrize(("text", "problem"), [("budi@toko", Problem.BAD_EMAIL), ("0812345", Problem.BAD_PHONE)])
    def test_no_contact(self, text: str, problem: Problem) -> None:
        intake = tell(start(text="pasang fitur booking di toko.id, santai"), text)
        assert (intake.problem, intake.open) == (problem, Question.CONTACT)

    @pytest.mark.parametrize(
        ("text", "gb"), [("50", 50), ("1,5 TB", 1536), ("500 MB", 1), ("1.500 MB", 2), ("20gb", 20)]
    )
    def test_sizes_are_rounded_up_to_whole_gb(self, text: str, gb: int) -> None:
        intake = replace(start("ajukan_migrasi", pressed=True), need="x", target="toko.id").put(Question.CAPACITY)
        assert tell(intake, text).capacity_gb == gb

    def test_a_third_time_a_person_goes_on(self) -> None:
        intake = tell(tell(start(text="pasang fitur booking online"), "hah", "tidak_jelas"), "apa", "tidak_jelas")
        assert intake.end is End.GAVE_UP
        reply = say(intake)
        assert reply.outcome is Outcome.HANDOFF
        assert reply.requests[0].intent == "dukungan_berbayar"


class TestTheEnd:
    @pytest.mark.parametrize("text", ["batal", "gak jadi deh", "nggak usah kak", "lain kali aja", "teu jadi ah"])
    def test_never_mind(self, text: str) -> None:
        assert tell(complete(), text, "tidak_jelas").end is End.CANCELLED

    def test_asking_what_happens_to_a_cancelled_order_is_a_question(self) -> None:
        step = hear(complete(), Heard("kalau pesanan saya batal gimana?", "bantuan_transaksi", 0.9), SERVICES)
        assert step.digress

    def test_somebody_to_be_called_at_a_number_is_no_request_for_a_person(self) -> None:
        intake = start(text="pasang fitur booking di toko.id, santai")
        assert tell(intake, "telepon saya aja di 0812 3456 7890", "minta_manusia").open is Question.CONFIRM
        assert tell(intake, "mau ngomong sama orang", "minta_manusia").end is End.PERSON

    def test_a_revision_within_the_warranty_is_owed(self) -> None:
        ended = tell(start("ajukan_revisi", pressed=True), "masih garansi kok", "revisi_layanan")
        assert (ended.end, say(ended).clauses) == (End.WARRANTY, ("K9",))
        again = tell(
            start("ajukan_revisi", pressed=True), "garansinya sudah habis, ganti warna header", "revisi_layanan"
        )
        assert again.end is None
