"""Errors that trainers may meet."""

from __future__ import annotations

from bot.errors.base import HelpdeskError


class JobRunningError(HelpdeskError):
    """Another job waits or runs; `job` is that job."""

    code = "job_running"
    status = 409
    message = "Pekerjaan lain masih berjalan. Tunggu sampai selesai atau batalkan dahulu."


class GatesFailedError(HelpdeskError):
    """The version fails a gate, or was not compared yet; an admin may publish it with a reason."""

    code = "gates_failed"
    status = 403
    message = "Versi ini belum lolos pemeriksaan. Hanya admin yang dapat menerbitkannya, dengan alasan."


class VersionUnusableError(HelpdeskError):
    """The version cannot be published, discarded or listened to as it is; the live model goes on."""

    code = "version_unusable"
    status = 409
    message = "Versi ini tidak dapat dipakai: berkasnya tidak ada atau rusak. Model yang sedang dipakai tetap berjalan."


class VersionOutdatedError(VersionUnusableError):
    """The version was trained by another program or configuration than today's."""

    message = (
        "Versi ini dilatih dengan program atau konfigurasi yang lain daripada sekarang, jadi tidak dapat dipakai lagi. "
        "Model yang sedang dipakai tetap berjalan. Latih versi baru."
    )


class SentenceInvalidError(HelpdeskError):
    """A text that cannot be a training sentence; `problem` says why, for trainers."""

    code = "sentence_invalid"
    status = 400
    message = "Kalimat ini tidak dapat dipakai."

    def __init__(self, detail: str, problem: str) -> None:
        super().__init__(detail, problem=problem)


class SentenceGoneError(HelpdeskError):
    """What is to be changed is not there any more, or another one; nothing was changed."""

    code = "sentence_gone"
    status = 409
    message = "Kalimat itu sudah diubah atau dihapus. Muat ulang, lalu coba lagi."


class SentenceExistsError(HelpdeskError):
    """The topic holds this very text; nothing was changed."""

    code = "sentence_exists"
    status = 409
    message = "Topik ini sudah memuat kalimat itu."


class TrainingDataBrokenError(HelpdeskError):
    """A file of the training data cannot be read as it is: `file`, `line` (from 1, or None) and `problem`."""

    code = "training_data_broken"
    status = 409
    message = "Berkas data latih tidak dapat dibaca. Perbaiki berkasnya dulu; tidak ada yang diubah."

    def __init__(self, file: str, line: int | None, problem: str) -> None:
        super().__init__(f"{file}:{line or '?'}: {problem}", file=file, line=line, problem=problem)


class DiskFullError(HelpdeskError):
    """There is no room for what is to be written; nothing was changed."""

    code = "disk_full"
    status = 507
    message = "Penyimpanan penuh. Tidak ada yang diubah; kosongkan tempat, lalu coba lagi."


class AnswerTextError(HelpdeskError):
    """A wording that customers must not get; `problems` are Indonesian sentences that say what to mend."""

    code = "answer_text"
    status = 400
    message = "Kalimat jawaban ini belum dapat dipakai."


class AnswerChangedError(HelpdeskError):
    """Somebody else has changed the answer since; `revision` is the one of now."""

    code = "answer_changed"
    status = 409
    message = "Jawaban ini baru saja diubah orang lain. Muat ulang untuk melihat yang terbaru."


class PolicyDocumentError(HelpdeskError):
    """The document is no policy that can be imported; `problem` is an Indonesian sentence that says why."""

    code = "policy_document"
    status = 400
    message = "Dokumen kebijakan ini tidak dapat diimpor."


class DecidedAlreadyError(HelpdeskError):
    """Somebody has decided about the group (`by`: a name or None), or it is another one by now (`revision`)."""

    code = "decided_already"
    status = 409
    message = "Kelompok ini sudah diputuskan atau berubah. Muat ulang untuk melihat yang terbaru."
