"""What goes wrong in a job, in words for trainers."""

from __future__ import annotations


class JobFailedError(Exception):
    """The job has failed; the text is an Indonesian sentence that says what to do."""


class JobCancelledError(Exception):
    """Somebody has asked for it, or the job is no longer this process's."""


LIVE_GOES_ON = "Model yang sedang dipakai tetap berjalan."
OUT_OF_MEMORY = (
    f"Memori komputer habis saat melatih. {LIVE_GOES_ON} Tutup program lain atau tambah memori, lalu mulai lagi."
)
DISK_FULL = f"Ruang disk habis. {LIVE_GOES_ON} Kosongkan ruang disk, lalu mulai lagi."
OTHER_TRAINING = (
    f"Pelatihan lain sedang berjalan di komputer ini. {LIVE_GOES_ON} Tunggu sampai selesai, lalu mulai lagi."
)
FILE_BROKEN = f"Berkas model versi {{}} tidak ada atau rusak. {LIVE_GOES_ON} Latih versi baru atau pilih versi lain."
OUTDATED = (
    f"Model versi {{}} dilatih dengan program atau konfigurasi yang lain daripada sekarang. {LIVE_GOES_ON} "
    "Latih versi baru."
)
NO_LOAD = (
    f"Model versi {{}} tidak dapat dimuat. {LIVE_GOES_ON} "
    "Latih versi baru; bila terulang, minta admin memeriksa logs/{}.log."
)
OTHER_ANSWERS = (
    f"Model versi {{}} menjawab lain daripada saat dibandingkan (contoh: “{{}}”). {LIVE_GOES_ON} "
    "Latih lagi, lalu bandingkan."
)
NO_SLOT = f"Server model tidak dapat dimulai. {LIVE_GOES_ON} Minta admin menjalankan aplikasi dengan make run."
NO_VERSION = f"Versi ini tidak dapat diterbitkan lagi. {LIVE_GOES_ON} Muat ulang halaman."


def broken_file(file: str, line: int | None, problem: str) -> str:
    """A file of the project that cannot be read."""
    where = f"{file} baris {line}" if line else file
    return f"Berkas {where} tidak dapat dibaca: {problem}. {LIVE_GOES_ON} Perbaiki berkas itu, lalu mulai lagi."


def training_failed(line: str) -> str:
    """Anything else; `line` is the most telling one of the log."""
    return f"Pelatihan gagal: {line[:300]} {LIVE_GOES_ON} Perbaiki datanya, lalu mulai lagi (lihat logs/train.log)."
