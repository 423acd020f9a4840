"""A tiny assistant, really trained, and our channel behind a real socket."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import rasa.model_training
from sanic import Sanic

from bot.nlu.channel import HelpdeskChannel

TOKEN = "s3cret"

_CONFIG = """
recipe: default.v1
language: id
assistant_id: tiny
pipeline:
  - name: bot.nlu.tokenizer.IndonesianTokenizer
  - name: bot.nlu.entities.IndonesianEntityExtractor
  - name: bot.nlu.featurizer.SentenceEncoderFeaturizer
  - name: bot.nlu.classifier.IndonesianIntentClassifier
  - name: bot.nlu.fallback.IndonesianFallback
policies:
  - name: RulePolicy
"""
_DOMAIN = """
version: "3.1"
session_config: {session_expiration_time: 0, carry_over_slots_to_new_session: true}
intents: [salam, terima_kasih, cara_bayar, kasus_layanan, migrasi, diam, nlu_fallback]
entities: [nama_domain, surel, telepon, rupiah, kapasitas, nomor_invoice, tanggal]
actions: [action_yang_gagal]
responses:
  utter_salam:
    - text: Halo Kak
      metadata: {outcome: smalltalk, clauses: []}
      buttons: [{title: Cara bayar, payload: /cara_bayar}]
  utter_terima_kasih: [{text: Sama-sama, metadata: {outcome: smalltalk, clauses: []}}]
  utter_cara_bayar:
    - {text: Lewat QRIS, metadata: {outcome: answer, clauses: [K5]}}
    - {text: Lewat virtual account, metadata: {outcome: answer, clauses: [K5]}}
    - {text: Lewat kartu, metadata: {outcome: answer, clauses: [K5]}}
  utter_kasus_layanan: [{text: Kami periksa, metadata: {outcome: handoff, clauses: [K4]}}]
  utter_migrasi: [{text: Bisa, metadata: {outcome: answer, clauses: [H14]}}]
  utter_nlu_fallback: [{text: "Maksudnya?", metadata: {outcome: clarify}}]
"""
_EXAMPLES = {
    "salam": ["halo", "halo kak", "selamat pagi", "permisi min", "assalamualaikum", "hai admin"],
    "terima_kasih": ["makasih", "terima kasih kak", "thanks ya", "oke makasih", "nuhun", "suwun mas"],
    "cara_bayar": ["bisa bayar pakai qris?", "cara bayar gimana", "bayar lewat va bca", "bisa pakai kartu kredit?"],
    "kasus_layanan": ["web saya mati", "situs error 500", "email tidak bisa kirim", "website gw down"],
    "migrasi": [
        "mau pindah hosting ke sini",
        "bantu migrasi website",
        "pindahan dari provider lama",
        "migrasi gratis?",
    ],
    "diam": ["diam saja", "jangan jawab apa-apa", "tolong diam", "bungkam"],
}
_RULES = {name: f"utter_{name}" for name in [*_EXAMPLES, "nlu_fallback"]} | {"diam": "action_yang_gagal"}


def write_project(folder: Path) -> None:
    (folder / "config.yml").write_text(_CONFIG, encoding="utf-8")
    (folder / "domain.yml").write_text(_DOMAIN, encoding="utf-8")
    lines = ['version: "3.1"', "nlu:"]
    for intent, examples in _EXAMPLES.items():
        lines += [f"- intent: {intent}", "  examples: |", *(f"    - {example}" for example in examples)]
    lines.append("rules:")
    for intent, action in _RULES.items():
        lines += [f"- rule: {intent}", f"  steps: [{{intent: {intent}}}, {{action: {action}}}]"]
    (folder / "data.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def train_tiny_assistant(folder: Path) -> str:
    """The path of the model."""
    write_project(folder)
    result = rasa.model_training.train(
        domain=str(folder / "domain.yml"),
        config=str(folder / "config.yml"),
        training_files=[str(folder / "data.yml")],
        output=str(folder / "models"),
    )
    assert result.code == 0
    assert result.model is not None
    return str(result.model)


@asynccontextmanager
async def serving_channel(port: int) -> AsyncIterator[Sanic]:
    """The helpdesk channel at `app.ctx.address`; it answers with the agent in `app.ctx.agent`."""
    Sanic.test_mode = True
    app = Sanic(f"helpdesk-{port}")
    app.blueprint(HelpdeskChannel(TOKEN).blueprint(_not_called), url_prefix="/webhooks/helpdesk")
    app.ctx.address = f"http://127.0.0.1:{port}"
    server = await app.create_server("127.0.0.1", port, return_asyncio_server=True)
    assert server is not None
    await server.startup()
    await server.start_serving()
    yield app
    await server.close()


async def _not_called(message: object) -> None:
    raise AssertionError("the channel runs its turns itself")
