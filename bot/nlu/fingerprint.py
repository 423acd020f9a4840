"""Fingerprints of helper code and data files: Rasa's own cache keys see the source of a component's class only."""

import hashlib
import inspect
import sys
from functools import cache
from types import ModuleType

from bot.text import lexicon, normalise, patterns


def code_fingerprint(*modules: ModuleType) -> str:
    """A hash of the source of `modules`."""
    digest = hashlib.sha256()
    for module in modules:
        digest.update(inspect.getsource(module).encode())
    return digest.hexdigest()


def module_fingerprint(name: str) -> str:
    """A hash of the source of the imported module `name`: for a component, what stands beside its class."""
    return code_fingerprint(sys.modules[name])


@cache
def text_code_fingerprint() -> str:
    """A hash of everything that decides how a text is split and normalised."""
    return code_fingerprint(normalise, patterns, lexicon) + lexicon.lexicon_fingerprint()
