"""Short answers in a conversation: yes, no, never mind, and that something said before was wrong."""

from __future__ import annotations

import re

from bot.text.normalise import normalise
from bot.text.patterns import find_mentions

# All words here are normal forms (bot.text.normalise): "iya", "yoi" and "inggih" are "ya", "batalin" is "batal".
_FILLERS_WORDS = """
    kakak bang mas bapak ibu mbak min mimin admin gan sis bro om teteh aa akang cak uda uni saja dong deh sih ya kok
    loh lho ini itu lah mah atuh tah yah ah eh oh hehe haha wkwk oke saya kami aja pun nih dulu si yang mohon tolong
    terima kasih maaf sekali banget makasih aduh duh wah
"""
_FILLERS = frozenset(_FILLERS_WORDS.split())
_YES_WORDS = """
    ya oke setuju lanjut lanjutkan gas gaskeun betul benar bener sip siap deal cocok pas boleh ajukan kirim kirimkan
    proses diproses diajukan dikirim teruskan mantap sepakat leres yakin acc tepat jalankan cus cuss gass
"""
_YES = frozenset(_YES_WORDS.split())
_BESIDE_YES_WORDS = """
    paham mengerti nah sudah semua data langsung sekarang kalau begitu bisa mau silakan permintaan bantu dibantu isi nya
    memang juga
"""
_BESIDE_YES = _FILLERS | frozenset(_BESIDE_YES_WORDS.split())
_NO = re.compile(
    r"\b(?:tidak|bukan|belum|salah|keliru|kurang (?:tepat|benar|pas)|ubah|mengubah|diubah|ganti|diganti|ralat|koreksi"
    r"|revisi|edit)\b"
)
_CORRECTING = re.compile(
    r"\b(?:salah|bukan|keliru|ralat|koreksi|ganti|diganti|gantiin|ubah|diubah|tukar|harusnya|seharusnya|typo|tipo"
    r"|maksud|maksudnya|maksudku|salah ketik|kliru|lepat)\b"
)
_TAKING_BACK = re.compile(r"\b(?:salah|bukan|keliru|ralat|koreksi|maksud|harusnya|seharusnya|kliru|lepat|tidak jadi)\b")
_ADDING = re.compile(r"\b(?:sekalian|tambah|tambahan|tambahin|tambahkan|plus|satu lagi)\b")
_CANCEL = re.compile(
    r"\b(?:batal|batalkan|dibatalkan|membatalkan|tidak (?:jadi|usah|perlu|sido)|gajadi|rasido|wurung|urung|lupakan"
    r"|abaikan|hentikan|berhenti|nanti saja|lain kali|kapan-kapan|pikir-pikir|pikir|mikir|mikir-mikir|skip|mundur)\b"
)
_BESIDE_CANCEL_WORDS = """
    permintaan tadi semua mau bantuan berbayar sudah ajukan pengajuan diajukan minta jadi lagi perlu tidak nanti saya
    kalau begitu bayar mahal mau aku dukungan batal usah dilanjutkan lanjut diteruskan terus kayaknya sepertinya
"""
_BESIDE_CANCEL = _FILLERS | frozenset(_BESIDE_CANCEL_WORDS.split())
# Their end is another matter than the end of the request that is being taken up.
_OTHER_MATTERS = re.compile(
    r"\b(?:pesanan|order|invoice|faktur|tagihan|transaksi|pembayaran|langganan|domain|hosting|surel|telepon|wa|whatsapp|nomor)\b"
)
_QUESTION = re.compile(
    r"\b(?:apa|apakah|mengapa|kapan|berapa|bagaimana|siapa|di mana|ke mana|mana|bolehkah|bisakah|adakah|emang"
    r"|memangnya)\b"
)
_SUPPOSING = re.compile(r"\b(?:kalau|jika|misal|misalnya|seandainya|andai|apabila|bila)\b")
_MOST_WORDS_BESIDE = 2


def asks(text: str) -> bool:
    """Whether `text` puts a question."""
    return "?" in text or bool(_QUESTION.search(normalise(text)))


def agrees(text: str) -> bool:
    """Whether `text` says yes and nothing else."""
    said = normalise(text).replace("tidak apa-apa", "").split()
    return "?" not in text and any(w in _YES for w in said) and all(w in _YES or w in _BESIDE_YES for w in said)


def disagrees(text: str) -> bool:
    """Whether `text` says that something is not right, or is to be changed."""
    return bool(_NO.search(normalise(text)))


def corrects(text: str) -> bool:
    """Whether `text` takes something back that was said before."""
    return bool(_CORRECTING.search(normalise(text)))


def takes_back(text: str) -> bool:
    """As `corrects`, without the words for changing something, which may be the work that is wanted."""
    return bool(_TAKING_BACK.search(normalise(text)))


def adds(text: str) -> bool:
    """Whether `text` says something on top of what was said before."""
    return bool(_ADDING.search(normalise(text)))


def cancels(text: str) -> bool:
    """Whether `text` calls the matter in hand off; a question about cancelling does not, nor one about an order."""
    line = normalise(text)
    if not _CANCEL.search(line) or asks(text) or _SUPPOSING.search(line.replace("kalau begitu", "")):
        return False
    rest = [word for word in _CANCEL.sub(" ", line).split() if word not in _BESIDE_CANCEL]
    return not _OTHER_MATTERS.search(line) and len(rest) <= _MOST_WORDS_BESIDE


_REQUESTING_WORDS = """
    minta bantu dibantu bantuan berbayar layanan jasa dukungan support mau butuh perlu memerlukan ajukan mengajukan
    pesan order kerja kerjakan dikerjakan kerjain ada bisa tidak ekstra extra tambahan teknis it teknisi tim bayar
    dibayar untuk dengan di ke dari dan permintaan premium halo selamat pagi siang sore malam permisi tanya coba dapat
    kalian anda pakai buat hal sesuatu sudah akan lagi juga butuhkan lebih siapa orang staf
"""
_REQUESTING = _FILLERS | frozenset(_REQUESTING_WORDS.split())


def says_what(text: str, *, words: int = 2) -> bool:
    """Whether `text` says what is wanted, rather than only that something is: with so many words of its own.

    Names, addresses and numbers are none.
    """
    for mention in reversed(find_mentions(text)):
        text = f"{text[: mention.start]} {text[mention.end :]}"
    said = {word for word in normalise(text).split() if len(word) > 1 and not word.isdigit()}
    return len(said - _REQUESTING) >= words
