"""The direction of imports, read from the source with `ast` (docs/architecture.md, "Layers")."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# What a layer may import of ours, beside itself. The longest matching name decides, for layers and for targets.
ALLOWED: dict[str, tuple[str, ...]] = {
    "bot.errors": (),
    "bot.text": ("bot.errors",),
    "bot.logs": ("bot.text",),
    "bot.project": (),
    "bot.settings": ("bot.settings_checks", "bot.payment_settings", "bot.project"),
    "bot.settings_checks": ("bot.errors",),
    "bot.payment_settings": ("bot.errors",),
    "bot.helpdesk": ("bot.errors", "bot.text"),
    "bot.services": ("bot.errors", "bot.text", "bot.helpdesk", "bot.project"),
    "bot.store": ("bot.errors", "bot.helpdesk", "bot.services.ports"),
    "bot.passwords": ("bot.errors", "bot.services.ports"),
    "bot.served_model": (),
    # Its parts are wired in bot.bootstrap.trainer_part.
    "bot.trainer": (
        *("bot.errors", "bot.project", "bot.served_model", "bot.settings", "bot.helpdesk", "bot.services"),
        *("bot.supervisor", "bot.training", "bot.training_run"),
    ),
    "bot.brain": ("bot.errors", "bot.helpdesk", "bot.services.ports"),
    "bot.payments": ("bot.errors", "bot.helpdesk", "bot.services.ports"),
    # Rasa makes the components, so nothing can be passed in: the encoder's settings are read there.
    # Of the rules only those on the policy document: which clauses are new is one decision, made in one place.
    "bot.nlu": (
        *("bot.errors", "bot.settings", "bot.project", "bot.text"),
        *("bot.helpdesk.clauses", "bot.helpdesk.policy_changes", "bot.helpdesk.policy_document"),
    ),
    "actions": ("bot.errors", "bot.helpdesk", "bot.services"),
    "bot.web": ("bot.errors", "bot.text", "bot.helpdesk", "bot.services"),
    "bot.reports": ("bot.errors", "bot.helpdesk", "bot.text"),
    "bot.commands": (
        *("bot.errors", "bot.settings", "bot.project", "bot.text", "bot.helpdesk", "bot.services", "bot.training"),
        "bot.reports",
    ),
    "bot.cli": ("bot.errors", "bot.commands"),
    # They start other processes, so they know how those are made and watched.
    "bot.training": ("bot.errors", "bot.settings", "bot.project", "bot.served_model", "bot.training_run"),
    "bot.training_run": ("bot.project", "bot.supervisor"),
    "bot.supervisor": ("bot.errors", "bot.project", "bot.settings", "bot.served_model", "bot.training"),
    # The one place that wires concrete parts.
    "bot.bootstrap": (
        *("bot.errors", "bot.settings", "bot.helpdesk", "bot.services"),
        *("bot.store", "bot.brain", "bot.payments", "bot.web", "bot.passwords"),
        *("bot.project", "bot.trainer", "bot.training", "bot.supervisor.process"),
    ),
}

# Modules that wire something concrete, each with its reason.
WIRING: dict[tuple[str, str], str] = {
    ("bot.web.__main__", "bot.bootstrap"): "the entry point of the web process",
    ("bot.web.__main__", "bot.settings"): "the entry point of the web process",
    ("bot.web.__main__", "bot.logs"): "the entry point of the web process",
    ("bot.commands.assistant", "bot.nlu.local"): "wires the local assistant, without any server",
    ("bot.commands.assistant", "bot.nlu.turn"): "what the local assistant says when it says nothing",
    ("bot.commands.assistant", "actions.in_process"): "the local assistant's stand-in for the action server",
    ("bot.commands.cross_validation", "bot.nlu.cross_validation"): "cross-validates the very model that is shipped",
    ("bot.commands.cross_validation", "bot.nlu.sentences"): "sentence vectors, from the cache that training fills",
    ("bot.commands.learning_curve", "bot.nlu.cross_validation"): "trains the very model that is shipped",
    (
        "bot.commands.learning_curve",
        "bot.nlu.sentences",
    ): "sentence vectors, from the cache that training fills",
    ("bot.trainer.__main__", "bot.bootstrap"): "the entry point of the trainer part",
    ("bot.trainer.__main__", "bot.bootstrap.trainer_part"): "the entry point of the trainer part",
    ("bot.trainer.__main__", "bot.logs"): "the entry point of the trainer part",
    ("bot.commands.user", "bot.bootstrap"): "asks the one wiring place for the accounts",
    ("bot.commands.run", "bot.supervisor"): "hands over to the supervisor",
    ("bot.supervisor.database_steps", "bot.store.migrate"): "brings the database up to date before the parts start",
    (
        "bot.supervisor.command",
        "bot.bootstrap.trainer_workshop",
    ): "asks the one wiring place whether files were edited by hand",
    ("bot.supervisor.first_account", "bot.bootstrap"): "asks the one wiring place for the accounts",
    ("bot.supervisor.first_account", "bot.helpdesk.audit"): "says in the audit log who made the first account",
    ("bot.supervisor.first_account", "bot.services.accounts"): "makes the first account's password",
}

# These wiring imports must stay inside functions: at the top of the module every command would pay for Rasa.
LAZY = {
    (module, target)
    for module, target in WIRING
    if module.startswith("bot.commands.") and target.startswith(("bot.nlu.", "actions."))
}

# Breaches of today. One that is mended must be taken out; a new one fails.
KNOWN_BREACHES: dict[tuple[str, str], str] = {}

# Heavy packages of others, and the only layer that may import each.
CONFINED = {
    "rasa": "bot.nlu",
    "tensorflow": "bot.nlu",
    "spacy": "bot.nlu",
    "onnxruntime": "bot.nlu",
    "sentencepiece": "bot.nlu",
    "sanic": "bot.nlu",
    "sklearn": "bot.nlu",
    "urllib3": "bot.nlu",
    "rasa_sdk": "actions",
    "socketio": "bot.web",
    "matplotlib": "bot.reports",
    "jinja2": "bot.reports",
    "sqlalchemy": "bot.store",
    "alembic": "bot.store",
    "argon2": "bot.passwords",
    "publicsuffixlist": "bot.text",
    "phonenumbers": "bot.text",
    "email_validator": "bot.text",
}
CONFINED_EXCEPTIONS = {("bot.bootstrap", "socketio"): "makes the socket server"}


@dataclass(frozen=True)
class Import:
    """An imported name; `lazy` means within a function."""

    module: str
    target: str
    lazy: bool


def name_of(file: Path) -> str:
    """The dotted name of a source file."""
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def source_files() -> list[Path]:
    """All Python files of ours but tests."""
    return sorted(file for folder in ("bot", "actions") for file in (ROOT / folder).rglob("*.py"))


MODULES = frozenset(map(name_of, source_files()))


def imports_of(module: str, tree: ast.AST, known: frozenset[str] = MODULES) -> Iterator[Import]:
    """Every import in `tree`; `from package import x` is the module `package.x` where there is one."""
    lazy_nodes = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        lazy = node in lazy_nodes
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(module, alias.name, lazy)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} imports relatively: write the whole name"
            base = node.module or ""
            for alias in node.names:
                full = f"{base}.{alias.name}"
                yield Import(module, full if full in known else base, lazy)


def all_imports() -> list[Import]:
    """The imports of all source files."""
    return [
        found
        for file in source_files()
        for found in imports_of(name_of(file), ast.parse(file.read_text(encoding="utf-8"), str(file)))
    ]


def lies_in(name: str, layer: str) -> bool:
    """Whether the module `name` belongs to `layer`."""
    return name == layer or name.startswith(f"{layer}.")


def layer_of(name: str, layers: Sequence[str] = tuple(ALLOWED)) -> str | None:
    """The layer that `name` belongs to, the most specific one."""
    return max((layer for layer in layers if lies_in(name, layer)), key=len, default=None)


def is_ours(name: str) -> bool:
    """Whether `name` is a module of this repository's source."""
    return lies_in(name, "bot") or lies_in(name, "actions")


def breaches(imports: Sequence[Import]) -> set[tuple[str, str]]:
    """Imports of ours that go against the direction, whether known or not."""
    found = set()
    for item in imports:
        layer = layer_of(item.module)
        if layer is None or not is_ours(item.target) or lies_in(item.target, layer):
            continue
        if any(lies_in(item.target, allowed) for allowed in ALLOWED[layer]):
            continue
        if (item.module, item.target) not in WIRING:
            found.add((item.module, item.target))
    return found


def test_every_module_belongs_to_a_layer() -> None:
    """A new package or module needs a place in `ALLOWED` first; bare packages hold no code."""
    assert {name for name in MODULES if layer_of(name) is None} <= {"bot"}


def test_imports_go_in_one_direction() -> None:
    """No breach but the known ones, and those are still there."""
    assert breaches(all_imports()) == set(KNOWN_BREACHES)


def test_exceptions_are_still_needed() -> None:
    """An exception that nothing uses any more would hide the next mistake."""
    used = {(item.module, item.target) for item in all_imports()}
    assert set(WIRING) <= used


@pytest.mark.slow
def test_commands_load_language_models_lazily() -> None:
    """`helpdesk policy` must load neither Rasa nor the encoder."""
    assert LAZY
    assert {(i.module, i.target) for i in all_imports() if not i.lazy} & LAZY == set()


@pytest.mark.slow
def test_commands_load_the_drawing_lazily() -> None:
    """As above: matplotlib is for those who want pictures."""
    drawing = [i for i in all_imports() if lies_in(i.module, "bot.commands") and lies_in(i.target, "bot.reports")]
    assert drawing
    assert [i for i in drawing if not i.lazy] == []


def test_heavy_packages_stay_in_their_layer() -> None:
    """Rasa and its like are imported in one layer alone."""
    strays = {
        (item.module, package)
        for item in all_imports()
        if (package := item.target.split(".", maxsplit=1)[0]) in CONFINED
        and not lies_in(item.module, CONFINED[package])
    }
    assert strays == set(CONFINED_EXCEPTIONS)


def test_rules_and_text_do_no_input_or_output() -> None:
    """bot.helpdesk and bot.text use the standard library only, and of that nothing that talks to the outside."""
    outside = {"os", "socket", "subprocess", "asyncio", "pathlib", "sqlite3", "threading", "logging", "http", "urllib"}
    found = {
        (item.module, item.target)
        for item in all_imports()
        if layer_of(item.module) in {"bot.helpdesk", "bot.text"} and item.target.split(".", maxsplit=1)[0] in outside
    }
    assert found == set()


@pytest.mark.parametrize(
    ("module", "source", "expected"),
    [
        ("bot.helpdesk.x", "from bot.services import ports", {("bot.helpdesk.x", "bot.services.ports")}),
        ("bot.helpdesk.x", "import bot.store.engine", {("bot.helpdesk.x", "bot.store.engine")}),
        ("bot.text.x", "def f():\n    from bot.helpdesk import clauses", {("bot.text.x", "bot.helpdesk.clauses")}),
        (
            "bot.store.x",
            "from bot.services.answering import AnswerCustomers",
            {("bot.store.x", "bot.services.answering")},
        ),
        ("bot.store.x", "from bot.services import ports", set()),
        ("bot.web.x", "from bot.services.conversations import CustomerConversations\nimport aiohttp", set()),
        ("actions.x", "import bot.web.app", {("actions.x", "bot.web.app")}),
    ],
)
def test_the_walk_finds_breaches(module: str, source: str, expected: set[tuple[str, str]]) -> None:
    """The check itself: a wrong import is seen in every form it can be written."""
    assert breaches(list(imports_of(module, ast.parse(source)))) == expected
