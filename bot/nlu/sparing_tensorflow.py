"""Keeps TensorFlow out of processes in which nothing uses it: 250 MB and a second or two of each Rasa server.

Rasa 3.6 imports it in every process, for its own neural components: a module of helpers on the way to any policy, the
list of all components, and the validator of configurations, which compares those in use with three of them. Where none
of them is in use the helpers are loaded when something is asked of them, the list is empty, and the three are empty
classes, which equal nothing.
With any component that is neither ours nor known to do without, Rasa is left as it is.
"""

from __future__ import annotations

import importlib.util
import json
import logging
import sys
import tarfile
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

logger = logging.getLogger(__name__)

_HELPERS = "rasa.utils.train_utils"
# Registers all components of Rasa; those that we allow register themselves where the validator imports them.
_REGISTRY = "rasa.engine.recipes.default_components"
# Modules of the validator's imports, with the name that it wants of each.
_COMPARED = {
    "rasa.nlu.classifiers.diet_classifier": "DIETClassifier",
    "rasa.nlu.selectors.response_selector": "ResponseSelector",
    "rasa.core.policies.ted_policy": "TEDPolicy",
}
# What a model of ours is made of beside `bot.`; a configuration may say the last name alone.
_WITHOUT = (
    "rasa.core.policies.rule_policy.RulePolicy",
    "rasa.core.policies.memoization.MemoizationPolicy",
    "rasa.core.policies.ensemble.",
    "rasa.graph_components.",
    "rasa.nlu.classifiers.regex_message_handler.",
)
_SHORT = frozenset(name.rpartition(".")[2] for name in _WITHOUT if not name.endswith("."))
_METADATA = "metadata.json"


class _OnUse(ModuleType):
    """A module that runs its code when something is asked of it that a fresh module has not.

    importlib.util.LazyLoader does so when its module is merely imported again, since that asks for `__spec__`.
    """

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # what imports and inspections look for
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        self.__class__ = ModuleType  # type: ignore[assignment]
        spec = self.__spec__
        if spec is None or spec.loader is None:
            raise ImportError(f"module {self.__name__!r} cannot be loaded")
        spec.loader.exec_module(self)
        return getattr(self, name)


class _NotLoaded:
    """What stands for a component of Rasa that is not in use."""

    def __init_subclass__(cls, **_: Any) -> None:
        if cls.__module__ not in _COMPARED:
            raise TypeError(f"{cls.__mro__[1].__name__} was left out of this process, so that it needs no TensorFlow")


def spare_tensorflow(components: Iterable[str]) -> bool:
    """Before Rasa's engine is imported, of a process that uses `components` only. False: Rasa is left as it is."""
    names = set(components)
    if not names or not all(map(_does_without, names)):
        return False
    if any(module in sys.modules for module in (*_COMPARED, _HELPERS, _REGISTRY)):
        return False
    spec = importlib.util.find_spec(_HELPERS)
    if spec is None:  # another Rasa, which loads what it loads
        return False
    helpers = _OnUse(_HELPERS)
    helpers.__spec__, helpers.__loader__, helpers.__file__ = spec, spec.loader, spec.origin
    helpers.__package__, _, child = _HELPERS.rpartition(".")
    sys.modules[_HELPERS] = helpers
    setattr(sys.modules[helpers.__package__], child, helpers)
    for module, name in _COMPARED.items():
        stands_for = ModuleType(module)
        setattr(stands_for, name, type(name, (_NotLoaded,), {"__module__": module}))
        sys.modules[module] = stands_for
    registry = ModuleType(_REGISTRY)
    registry.DEFAULT_COMPONENTS = []  # type: ignore[attr-defined]
    sys.modules[_REGISTRY] = registry
    return True


def components_of_config(config: dict[str, Any]) -> list[str]:
    """The names in the contents of a config.yml; none where it is not as Rasa wants it."""
    parts = [*(config.get("pipeline") or []), *(config.get("policies") or [])]
    return [part["name"] for part in parts] if all(isinstance(part, dict) and "name" in part for part in parts) else []


def components_of_model(archive: Path) -> list[str]:
    """The classes of a packed model; none where it cannot be read, which Rasa tells better."""
    try:
        with tarfile.open(archive) as packed:
            file = packed.extractfile(_METADATA)
            metadata = json.load(file) if file else {}
        schemas = (metadata["train_schema"], metadata["predict_schema"])
        return [str(node["uses"]) for schema in schemas for node in schema["nodes"].values()]
    except (OSError, tarfile.TarError, EOFError, ValueError, KeyError, TypeError, AttributeError):
        logger.debug("%s was not read", archive, exc_info=True)
        return []


def _does_without(component: str) -> bool:
    return component.startswith(("bot.", *_WITHOUT)) or component in _SHORT
