"""What the bot says from data files: the clause catalogue, the services, the question when it is unsure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from bot.errors import CatalogueError
from bot.helpdesk.catalogue import ServiceCatalogue
from bot.helpdesk.clarifying import HUMAN, Candidate, clarify_buttons, offered_topics
from bot.helpdesk.clauses import ClauseCatalogue, clause_name
from bot.helpdesk.conversation import Button, Outcome, Reply
from bot.project import CODE, project_folder

ROOT = CODE
_SEE_PAYMENT = (Button("Cara bayar", "/cara_bayar"), Button("Bicara dengan staf", "/minta_manusia"))
# Topics without a clause that are good answers to "what is it about?".
_OTHER_LABELS = {
    "dukungan_berbayar": "Minta dikerjakan (berbayar)",
    "kasus_transaksi": "Cek transaksi saya",
    "kasus_layanan": "Layanan saya bermasalah",
    "status_permintaan": "Permintaan berbayar saya",
}
# Headings of what has no clause title.
_TITLES = {
    "dukungan_berbayar": "Pekerjaan di luar lingkup layanan",
    "kasus_transaksi": "Pengecekan transaksi",
    "kasus_layanan": "Kendala layanan",
    "minta_manusia": "Bicara dengan staf",
    "di_luar_teknis": "Di luar layanan kami",
    "di_luar_topik": "Di luar layanan kami",
}


class Knowledge:
    """Replies that are made from the catalogues rather than written in domain.yml."""

    def __init__(self, clauses: ClauseCatalogue, services: ServiceCatalogue) -> None:
        self.clauses = clauses
        self.services = services
        self._labels = {clause.topic: clause.title for clause in clauses} | _OTHER_LABELS

    @classmethod
    def load(cls, root: Path | None = None) -> Knowledge:
        """Read data/policy/clauses.yml and data/catalogue.yml of the project. Raises CatalogueError naming the file."""
        root = root or project_folder()
        return cls(
            ClauseCatalogue.parse(read_yaml(root / "data/policy/clauses.yml")),
            ServiceCatalogue.parse(read_yaml(root / "data/catalogue.yml")),
        )

    def title(self, intent: str) -> str:
        """What the customer reads above the answer to one of several requests."""
        return _TITLES.get(intent) or self._labels.get(intent) or "Hal lain"

    def about_services(self, text: str) -> Reply:
        """What is sold (K1): the services that `text` names in detail, else all in one line each."""
        named = self.services.mentioned(text)
        if named:
            body = f"Dengan senang hati, Kak. Ini gambaran layanannya (Kewajiban 1).\n\n{self.services.details(named)}"
        else:
            body = (
                f"Ini layanan yang kami tawarkan, Kak (Kewajiban 1):\n{self.services.overview()}\n\n"
                "Sebutkan layanan atau kebutuhan Kakak, nanti saya jelaskan lebih rinci."
            )
        return Reply(text=body, outcome=Outcome.ANSWER, clauses=("K1",), buttons=_SEE_PAYMENT)

    def about_new_clause(self, clause_id: str, wording: str) -> Reply:
        """What a clause says that nobody has put in our own words yet: its official wording, as a quotation."""
        text = (
            f"Yang paling dekat dengan pertanyaan Kakak adalah ketentuan baru kami, {clause_name(clause_id)}. "
            f"Bunyi resminya:\n\n“{wording.strip()}”\n\n"
            "Karena ketentuan ini masih baru, saya tunjukkan apa adanya, ya, Kak. "
            "Kalau ada yang kurang jelas atau bukan ini yang dimaksud, staf kami siap menjelaskan."
        )
        return Reply(text=text, outcome=Outcome.ANSWER, clauses=(clause_id,), buttons=(HUMAN,))

    def take_details(self, *, after: Outcome | None) -> Reply:
        """For a message that only gives details, said after a turn with outcome `after`."""
        if after is Outcome.PAID_SUPPORT:
            text = (
                "Terima kasih, Kak, rinciannya sudah saya teruskan ke staf kami untuk dinilai dan dibuatkan penawaran "
                "(Hak 5). Belum ada yang ditagihkan; staf akan melanjutkan di chat ini."
            )
            return Reply(text=text, outcome=Outcome.HANDOFF, clauses=("H5",))
        if after is Outcome.HANDOFF:
            text = "Terima kasih, Kak, sudah saya catat untuk staf kami. Mereka akan melanjutkan di chat ini."
            return Reply(text=text, outcome=Outcome.HANDOFF)
        text = "Baik, Kak, sudah saya catat. Apa yang ingin ditanyakan atau dibantu mengenai itu?"
        topics = [Button(self._labels[topic], f"/{topic}") for topic in ("bantuan_layanan", "kasus_transaksi")]
        return Reply(text=text, outcome=Outcome.CLARIFY, buttons=(*topics, HUMAN))

    def ask_back(
        self, ranking: Sequence[Candidate], *, asked_before: int, understood_nothing: bool, is_opening: bool = False
    ) -> Reply:
        """A question with the likeliest topics as buttons; from the second time on a person comes first.

        `is_opening`: the message was understood as words that only open or point ("mau tanya", "gimana ini").
        """
        topics = offered_topics(ranking, self._labels, understood_nothing=understood_nothing)
        if asked_before == 0 and is_opening:
            text = "Silakan, Kak. Boleh diceritakan sedikit lebih lengkap, atau pilih yang paling dekat di bawah ini?"
        elif asked_before == 0:
            text = "Maaf, Kak, saya belum menangkap maksudnya. Apakah ini tentang salah satu hal berikut?"
        elif asked_before == 1:
            text = (
                "Maaf, Kak, saya belum juga menangkap maksudnya. Coba tuliskan dengan kata lain, "
                "pilih topiknya, atau bicara dengan staf kami."
            )
        else:
            text = (
                "Maaf, Kak, saya masih belum paham. Mau saya sambungkan dengan staf kami, "
                "atau pilih topik yang paling dekat?"
            )
        buttons = clarify_buttons(topics, asked_before=asked_before)
        return Reply(text=text, outcome=Outcome.CLARIFY, buttons=tuple(buttons))


def read_yaml(path: Path) -> Mapping[str, Any]:
    """A data file that is a mapping. Raises CatalogueError naming it."""
    try:
        data = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    except (OSError, YAMLError) as error:
        raise CatalogueError(f"{path.name} cannot be read: {error}") from error
    if not isinstance(data, dict):
        raise CatalogueError(f"{path.name} is not a mapping")
    return data
