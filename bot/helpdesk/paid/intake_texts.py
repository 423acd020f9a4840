"""What the customer reads while a request for paid support is taken up."""

from __future__ import annotations

from dataclasses import dataclass

from bot.helpdesk.clarifying import HUMAN
from bot.helpdesk.conversation import Button, Outcome, Reply, Request
from bot.helpdesk.paid.effects import FileRequest, TellStanding
from bot.helpdesk.paid.intake import End, Intake, Part, Problem, Question
from bot.helpdesk.paid.intake_heard import AGREE, CANCEL, CHANGE, CHOOSE, FILE_ANYWAY, STILL_IN_WARRANTY
from bot.helpdesk.paid.intake_reading import PART_NAMES
from bot.helpdesk.paid.requests import Order, PaidKind, Urgency
from bot.text.contact_details import shown_phone

_INTENT = "dukungan_berbayar"
_LONGEST_SHOWN = 300
_CANCEL = Button("Batal", f"/{CANCEL}")
URGENCY_WORDS = {
    Urgency.TODAY: "hari ini",
    Urgency.THIS_WEEK: "minggu ini",
    Urgency.RELAXED: "tidak mendesak",
}
_WHY = {
    PaidKind.EXTRA: (
        "Bisa kami bantu, Kak. Pekerjaan ini melebihi lingkup layanan yang dibeli, jadi ditangani sebagai bantuan "
        "berbayar (Hak 5). Staf kami menilai dan memberi penawaran dulu; belum ada yang ditagihkan."
    ),
    PaidKind.REVISION: (
        "Baik, Kak. Revisi di luar masa garansi atau di luar struktur proyek bisa dikerjakan sebagai bantuan berbayar "
        "(Hak 3); kalau masih bergaransi dan dalam batasnya, revisi tidak perlu dibayar. Staf kami memberi penawaran "
        "dulu; belum ada yang ditagihkan."
    ),
    PaidKind.MIGRATION: (
        "Baik, Kak, kami catat permintaan migrasinya. Sampai batas maksimum migrasi gratis; kelebihannya dapat dikenai "
        "biaya (Hak 14), dan itu kami tawarkan dulu sebelum ada yang ditagihkan."
    ),
}
_NEED = {
    PaidKind.EXTRA: "Boleh ceritakan apa yang perlu dikerjakan?",
    PaidKind.REVISION: "Perubahan apa saja yang Kakak inginkan?",
    PaidKind.MIGRATION: "Apa yang perlu dipindahkan (website, e-mail, basis data), dan dari hosting mana?",
}
_QUESTIONS = {
    Question.TARGET: "Ini untuk domain atau layanan yang mana, Kak?",
    Question.CAPACITY: "Berapa kira-kira ukuran datanya dalam GB? Di cPanel angkanya ada di bagian Disk Usage.",
    Question.URGENCY: "Seberapa mendesak, Kak?",
    Question.CONTACT: "Ke mana staf kami bisa menghubungi Kakak? Tulis alamat e-mail, nomor WhatsApp, atau keduanya.",
    Question.WHICH_PART: "Bagian mana yang perlu diubah, Kak?",
    Question.CHANGE_NEED: "Baik, Kak. Tuliskan lagi apa yang perlu dikerjakan, nanti saya ganti semuanya.",
    Question.CHANGE_TARGET: "Baik, Kak. Domain atau layanan yang benar yang mana?",
    Question.CHANGE_CAPACITY: "Baik, Kak. Ukuran data yang benar berapa GB?",
    Question.CHANGE_URGENCY: "Baik, Kak. Jadi, seberapa mendesak?",
    Question.CHANGE_CONTACT: "Baik, Kak. Tuliskan alamat e-mail atau nomor telepon yang benar.",
}
_PROBLEMS = {
    Problem.NOT_UNDERSTOOD: "Maaf, Kak, saya belum menangkap jawabannya.",
    Problem.BAD_EMAIL: "Alamat e-mailnya sepertinya belum lengkap, Kak; bentuknya seperti nama@domain.id.",
    Problem.BAD_PHONE: "Nomor teleponnya sepertinya belum lengkap, Kak; contohnya 0812-3456-7890.",
    Problem.BAD_DOMAIN: (
        "Nama domain itu belum lengkap atau akhirannya tidak kami kenal, Kak; tulis lengkap seperti tokobudi.co.id."
    ),
    Problem.NO_DOMAIN_NAME: (
        "Saya perlu nama domainnya, misalnya tokobudi.co.id, atau layanannya: web hosting, e-mail hosting, server, "
        "atau proyek website."
    ),
    Problem.SEVERAL_DOMAINS: "Ada beberapa nama domain di pesan Kakak.",
    Problem.BAD_CAPACITY: "Ukuran itu belum bisa saya pakai, Kak; tulis angkanya dalam GB, misalnya 20 GB.",
    Problem.PRICE_UNKNOWN: (
        "Biayanya belum bisa saya sebut, Kak; staf kami menilai pekerjaannya dulu lalu mengirim penawaran (Hak 5), dan "
        "belum ada yang ditagihkan sebelum Kakak setuju."
    ),
    Problem.TOO_LONG: "Ceritanya terlalu panjang untuk dicatat, Kak; boleh diringkas?",
}


def say(intake: Intake) -> Reply:
    """The question that is open, or how the intake ended."""
    return _closing(intake) if intake.end else _question(intake)


def _question(intake: Intake) -> Reply:
    question = intake.open or Question.CONFIRM
    words = [_WHY[intake.kind]] if _is_first(intake) else []
    if intake.problem:
        words.append(_PROBLEMS[intake.problem])
    elif question is not Question.CONFIRM and (noted := _noted(intake)):
        words.append(noted)
    words.append(_words(intake, question))
    return Reply(" ".join(words), Outcome.PAID_SUPPORT, (intake.kind.clause,), _buttons(intake, question))


def _is_first(intake: Intake) -> bool:
    return intake.turns <= 1 and sum(intake.asked.values()) == 1


def _words(intake: Intake, question: Question) -> str:
    if question is Question.NEED:
        return _NEED[intake.kind]
    if question is Question.CONFIRM:
        return f"Saya rangkum dulu, ya, Kak:\n{summary(intake)}\n\nApakah sudah benar dan boleh saya ajukan?"
    if question.part is Part.TARGET and intake.choices:
        return "Yang dimaksud yang mana, Kak?"
    return _QUESTIONS[question]


def _noted(intake: Intake) -> str:
    """What the newest message gave, said back in a few words."""
    said = [
        words
        for part, words in (
            (Part.TARGET, intake.target),
            (Part.CAPACITY, f"{intake.capacity_gb} GB"),
            (Part.URGENCY, URGENCY_WORDS[intake.urgency] if intake.urgency else None),
            (Part.CONTACT, _contact(intake.email, intake.phone)),
        )
        if part in intake.noted and words
    ]
    if not said:
        return "Baik, Kak, sudah saya catat." if intake.noted else ""
    return f"Baik, Kak, saya catat: {', '.join(said)}."


def summary(intake: Intake) -> str:
    """All that is known, one part a line."""
    need = intake.need or ""
    lines = [
        (Part.NEED, need if len(need) <= _LONGEST_SHOWN else f"{need[:_LONGEST_SHOWN]}…"),
        (Part.TARGET, intake.target),
        (Part.CAPACITY, f"{intake.capacity_gb} GB" if intake.kind is PaidKind.MIGRATION else None),
        (Part.URGENCY, URGENCY_WORDS[intake.urgency] if intake.urgency else None),
        (Part.CONTACT, _contact(intake.email, intake.phone)),
    ]
    return "\n".join(f"- {PART_NAMES[part]}: {words}" for part, words in lines if words)


def _contact(email: str | None, phone: str | None) -> str:
    return ", ".join([*([email] if email else []), *([shown_phone(phone)] if phone else [])])


def _buttons(intake: Intake, question: Question) -> tuple[Button, ...]:
    if question is Question.CONFIRM:
        return (Button("Ya, ajukan", f"/{AGREE}"), Button("Ubah", f"/{CHANGE}"), _CANCEL)
    if question is Question.WHICH_PART:
        parts = [part for part in Part if part is not Part.CAPACITY or intake.kind is PaidKind.MIGRATION]
        return (*(Button(PART_NAMES[part], f"/{CHANGE}") for part in parts), _CANCEL)
    if question.part is Part.URGENCY:
        return (*(Button(words.capitalize(), f"/{CHOOSE}") for words in URGENCY_WORDS.values()), _CANCEL)
    if question.part is Part.TARGET and intake.choices:
        return (*(Button(name, f"/{CHOOSE}") for name in intake.choices), _CANCEL)
    if _is_first(intake) and intake.kind is PaidKind.REVISION and not intake.insisted:
        return (Button(STILL_IN_WARRANTY, f"/{CHOOSE}"), _CANCEL)
    return (_CANCEL,)


@dataclass(frozen=True)
class _Closing:
    """How it ended, for the customer; `clauses` are those of the kind of request where they are None."""

    text: str
    outcome: Outcome
    clauses: tuple[str, ...] | None = None
    buttons: tuple[Button, ...] = ()


_FILE_ANYWAY = Button("Tetap ajukan berbayar", f"/{FILE_ANYWAY}")
_SERVICES = Button("Lihat layanan", "/info_layanan")
_CLOSINGS = {
    End.CANCELLED: _Closing(
        "Baik, Kak, tidak jadi diajukan, dan tidak ada yang ditagihkan. Kalau nanti perlu lagi, tulis saja di sini.",
        Outcome.PAID_SUPPORT,
    ),
    End.INCLUDED: _Closing(
        "Kabar baik, Kak: bantuan seperti itu sudah termasuk layanan yang dibeli (Kewajiban 4), jadi tidak perlu "
        "membayar. Sebutkan layanan dan langkah yang sedang dicoba, atau minta staf kami memeriksanya langsung. "
        "Kalau ternyata lebih dari itu, tetap bisa diajukan sebagai bantuan berbayar.",
        Outcome.ANSWER,
        ("K4",),
        (HUMAN, _FILE_ANYWAY),
    ),
    End.WARRANTY: _Closing(
        "Kalau masih bergaransi dan dalam batas kesepakatan proyek, revisinya sudah termasuk, Kak, tanpa biaya "
        "(Kewajiban 9). Kumpulkan perubahannya dalam satu daftar dan sampaikan kepada staf kami. "
        "Kalau perubahannya di luar batas itu, tetap bisa diajukan sebagai bantuan berbayar.",
        Outcome.ANSWER,
        ("K9",),
        (HUMAN, _FILE_ANYWAY),
    ),
    End.OUT_OF_FIELD: _Closing(
        "Mohon maaf, Kak, yang itu tidak dapat kami kerjakan, juga tidak sebagai bantuan berbayar, karena di luar "
        "layanan yang kami tawarkan (Hak 4). Permintaannya tidak saya ajukan. Untuk domain, hosting, e-mail, "
        "server, atau proyek website yang dibeli dari kami, silakan tulis kapan saja.",
        Outcome.REFUSE,
        ("H4",),
        (_SERVICES,),
    ),
    End.OFF_TOPIC: _Closing(
        "Mohon maaf, Kak, yang itu bukan bidang kami, jadi tidak saya ajukan. Untuk domain, hosting, e-mail, "
        "server, atau proyek website, silakan tulis kapan saja.",
        Outcome.REFUSE,
        (),
        (_SERVICES,),
    ),
    End.PERSON: _Closing(
        "Baik, Kak, saya teruskan kepada staf kami, yang akan melanjutkan di chat ini. Yang sudah Kakak tulis bisa "
        "mereka baca, jadi tidak perlu diulang. Mohon jangan mengirim kata sandi apa pun, ya.",
        Outcome.HANDOFF,
        (),
    ),
    End.UPSET: _Closing(
        "Mohon maaf, Kak, sudah membuat kesal. Saya hentikan dulu pertanyaannya dan teruskan kepada staf kami, "
        "yang akan melanjutkan langsung di chat ini.",
        Outcome.HANDOFF,
        (),
    ),
    End.GAVE_UP: _Closing(
        "Supaya Kakak tidak ditanya berulang kali, saya teruskan kepada staf kami, yang akan melanjutkan di chat "
        "ini. Yang sudah Kakak tulis bisa mereka baca.",
        Outcome.HANDOFF,
    ),
}


def _closing(intake: Intake) -> Reply:
    clause = (intake.kind.clause,)
    if intake.end is End.FILED and (order := intake.order):
        return Reply(_filed(order), Outcome.PAID_SUPPORT, clause, effect=FileRequest(order))
    said = _CLOSINGS[intake.end or End.GAVE_UP]
    # What a person is needed for is the paid request, whatever the last message was taken for.
    requests = (Request(_INTENT, said.outcome),) if intake.end is End.GAVE_UP else ()
    clauses = clause if said.clauses is None else said.clauses
    return Reply(said.text, said.outcome, clauses, said.buttons, requests)


def _filed(order: Order) -> str:
    return (
        "Terima kasih, Kak, permintaannya sudah saya ajukan. Staf kami menilai pekerjaannya dan mengirim penawaran di "
        f"chat ini ({_contact(order.email, order.phone)} kami pakai bila perlu menghubungi). Belum ada yang ditagihkan "
        "sebelum Kakak menyetujui penawarannya."
    )


NOT_FILED_YET = Reply(
    "Permintaan yang sedang kita isi ini belum diajukan, Kak; tinggal dilengkapi dan disetujui.",
    Outcome.PAID_SUPPORT,
    ("H5",),
    effect=TellStanding(),
)
