"""The trained model of a home: fingerprint, training, sidecar, pruning; a fake trainer stands for Rasa."""

import json
import os
import re
import signal
import subprocess
import sys
import tarfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.training import (
    TrainingError,
    check_model,
    ensure_model,
    newest_model,
    sidecar_path,
    training_fingerprint,
    unusable_model_line,
)
from bot.training_run import Trainer
from tests.supervisor.parts import is_alive, wait_until

FAKE_RASA = """
import io, os, sys, tarfile, time
out, name, mode = sys.argv[1:4]
say = lambda line: print(line, flush=True)
say("2026-11-22 10:31:56 INFO     rasa.cli.train  - Started validating domain and training data...")
say("/x/rasa/shared/utils/io.py:100: UserWarning: Issue found in 'data/rules/a.yml': ")
say("Found intent 'pamitt' in stories which is not part of the domain.")
for intent in ("dua_permintaan", "pasal_baru"):
    say(f"/x/rasa/shared/utils/io.py:100: UserWarning: The intent '{intent}' is listed in the domain file, "
        "but is not found in the NLU training data.")
say("2026-11-22 10:32:07 INFO     rasa.engine.hooks  - Starting to train component 'LogisticRegressionClassifier'.")
if mode == "slow": time.sleep(0.5)
if mode == "endless": time.sleep(3600)
if mode == "fails":
    say("YamlSyntaxException: Failed to read 'data/rules/a.yml'. while parsing a flow node")
    say("  in 'data/rules/a.yml', line 8")
    say("You can use https://yamlchecker.com/ to validate the YAML syntax of your file.")
    sys.exit(1)
say("2026-11-22 10:32:07 INFO     rasa.engine.training.hooks  - Restored component 'RulePolicy' from cache.")
say("2026-11-22 10:32:08 INFO     bot.nlu.model_archive  - Packing the model")
with tarfile.open(f"{out}/{name}.tar.gz", "w:gz") as archive:
    archive.addfile(tarfile.TarInfo("metadata.json"), io.BytesIO())
if mode == "half": os.truncate(f"{out}/{name}.tar.gz", 30)
"""


def fake_rasa(mode: str = "good", heartbeat: float = 5.0) -> Trainer:
    """A trainer that takes milliseconds."""
    return Trainer(lambda out, name: [sys.executable, "-S", "-c", FAKE_RASA, str(out), name, mode], heartbeat)


@pytest.fixture(name="root")
def _root(tmp_path: Path) -> Path:
    root = tmp_path / "root"
    for name in (
        "config.yml",
        "domain.yml",
        "data/nlu/a.yml",
        "data/rules/a.yml",
        "bot/nlu/a.py",
        "bot/text/slang.txt",
    ):
        root.joinpath(name).parent.mkdir(parents=True, exist_ok=True)
        root.joinpath(name).write_text(name)
    return root


@pytest.fixture(name="home")
def _home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def ignore(_: str) -> None:
    """Progress that nobody reads."""


@pytest.mark.parametrize(
    "name",
    [
        "config.yml",
        "domain.yml",
        "data/nlu/a.yml",
        "data/nlu/deep/b.yml",
        "data/policy/clauses.yml",
        "bot/nlu/a.py",
        "bot/text/slang.txt",
    ],
)
def test_content_changes_the_fingerprint(root: Path, name: str) -> None:
    """Of every file that the training depends on."""
    before = training_fingerprint(root, root)
    root.joinpath(name).parent.mkdir(parents=True, exist_ok=True)
    root.joinpath(name).write_text("new")
    assert training_fingerprint(root, root) != before


def test_renaming_and_removing_change_the_fingerprint(root: Path) -> None:
    """Not content alone."""
    seen = {training_fingerprint(root, root)}
    (root / "data/nlu/a.yml").rename(root / "data/nlu/b.yml")
    seen.add(training_fingerprint(root, root))
    (root / "data/nlu/b.yml").unlink()
    seen.add(training_fingerprint(root, root))
    assert len(seen) == 3


def test_times_and_other_files_do_not_change_the_fingerprint(root: Path) -> None:
    """A fresh clone has new times, an editor leaves files behind."""
    before = training_fingerprint(root, root)
    os.utime(root / "config.yml", (1, 1))
    (root / "data/nlu/.a.yml.swp").write_text("x")
    (root / "README.md").write_text("x")
    (root / "bot/nlu/__pycache__").mkdir()
    (root / "bot/nlu/__pycache__/a.pyc").write_text("x")
    assert training_fingerprint(root, root) == before


@pytest.mark.parametrize(
    "changes", [{"URL": "http://127.0.0.1:1/v1", "MODEL": "m"}, {"MODEL": "other"}, {"PREFIX": "query:"}]
)
def test_another_encoder_changes_the_fingerprint(
    root: Path, changes: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An endpoint, its model, its prefix; but not where it is, nor the key to it."""
    if "URL" not in changes:
        monkeypatch.setenv("HELPDESK_ENCODER_URL", "http://127.0.0.1:1/v1")
        monkeypatch.setenv("HELPDESK_ENCODER_MODEL", "m")
    before = training_fingerprint(root, root)
    for name, value in changes.items():
        monkeypatch.setenv(f"HELPDESK_ENCODER_{name}", value)
    changed = training_fingerprint(root, root)
    assert changed != before
    monkeypatch.setenv("HELPDESK_ENCODER_URL", "http://127.0.0.1:2/v1")
    monkeypatch.setenv("HELPDESK_ENCODER_KEY", "key")
    assert training_fingerprint(root, root) == changed


def test_a_model_is_trained_once_for_the_same_data(root: Path, home: Path) -> None:
    """The sidecar tells of which data it is."""
    model = ensure_model(root, home, ignore, trainer=fake_rasa())
    assert ensure_model(root, home, ignore, trainer=fake_rasa("fails")) == model
    assert check_model(model)
    sidecar = json.loads(sidecar_path(model).read_text())
    assert sidecar["fingerprint"] == training_fingerprint(root)
    assert sidecar["trained_at"].endswith("+00:00")
    assert sidecar["seconds"] >= 0
    assert model.name.removesuffix(".tar.gz").endswith(sidecar["fingerprint"][:8])


def test_force_trains_all_the_same(root: Path, home: Path) -> None:
    """`helpdesk train` always trains."""
    first = ensure_model(root, home, ignore, trainer=fake_rasa())
    trained_at = json.loads(sidecar_path(first).read_text())["trained_at"]
    second = ensure_model(root, home, ignore, force=True, trainer=fake_rasa())
    assert json.loads(sidecar_path(second).read_text())["trained_at"] != trained_at


def test_data_that_were_restored_find_their_model_again(root: Path, home: Path) -> None:
    """It counts as the newest then, so that a restarted Rasa takes the same."""
    first = ensure_model(root, home, ignore, trainer=fake_rasa())
    (root / "domain.yml").write_text("other")
    second = ensure_model(root, home, ignore, trainer=fake_rasa())
    assert newest_model(home) == second != first
    (root / "domain.yml").write_text("domain.yml")
    assert ensure_model(root, home, ignore, trainer=fake_rasa("fails")) == first
    assert newest_model(home) == first


def test_progress_is_told_in_plain_words(root: Path, home: Path) -> None:
    """With elapsed seconds, warnings in one line, and signs of life in between."""
    lines: list[str] = []
    ensure_model(root, home, lines.append, trainer=fake_rasa("slow", heartbeat=0.2))
    assert lines[0].startswith("Training the model (log: ")
    timed = [re.fullmatch(r"\[ *\d+ s\] (.+)", line) for line in lines[1:-1]]
    assert all(timed)
    told = [line[1] for line in timed if line]
    assert "still training the logistic regression classifier" in told
    # How often there is a sign of life hangs on how busy the machine is.
    assert [line for line in told if not line.startswith("still ")] == [
        "checking the training data",
        "warning: Issue found in 'data/rules/a.yml': Found intent 'pamitt' in stories which is not part of the domain.",
        "training the logistic regression classifier",
        "the rule policy has not changed",
        "saving the model",
    ]
    assert lines[-1].startswith("Trained in ")


def test_the_training_gets_the_settings_of_the_encoder(root: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In its environment."""
    monkeypatch.setenv("HELPDESK_ENCODER_URL", "http://127.0.0.1:1/v1")
    monkeypatch.setenv("HELPDESK_ENCODER_MODEL", "m")
    program = f"import os; print(os.environ['HELPDESK_ENCODER_URL'], os.environ['HELPDESK_ENCODER_MODEL']){FAKE_RASA}"
    trainer = Trainer(lambda out, name: [sys.executable, "-S", "-c", program, str(out), name, "good"])
    ensure_model(root, home, ignore, trainer=trainer)
    assert "http://127.0.0.1:1/v1 m" in (home / "logs" / "train.log").read_text()


@pytest.mark.parametrize(
    ("mode", "fault"),
    [("fails", "YamlSyntaxException: Failed to read 'data/rules/a.yml'"), ("half", "it wrote no complete model file")],
)
def test_a_failed_training_leaves_the_former_model(root: Path, home: Path, mode: str, fault: str) -> None:
    """And says in one line why, and where the log is."""
    former = ensure_model(root, home, ignore, trainer=fake_rasa())
    (root / "domain.yml").write_text("other")
    with pytest.raises(TrainingError, match=fault) as caught:
        ensure_model(root, home, ignore, trainer=fake_rasa(mode))
    assert str(home / "logs" / "train.log") in str(caught.value)
    assert "\n" not in str(caught.value)
    assert newest_model(home) == former
    assert sorted(path.name for path in (home / "models").iterdir()) == sorted(
        [".lock", former.name, sidecar_path(former).name]
    )


def test_a_program_that_cannot_run_is_a_clear_error(root: Path, home: Path) -> None:
    """Its own words are in the line."""
    with pytest.raises(TrainingError, match="/no/such cannot be run"):
        ensure_model(root, home, ignore, trainer=Trainer(lambda out, name: ["/no/such"]))


def test_the_last_five_models_are_kept(root: Path, home: Path) -> None:
    """With their sidecars, and nothing else."""
    models = []
    for number in range(7):
        (root / "domain.yml").write_text(str(number))
        models.append(ensure_model(root, home, ignore, trainer=fake_rasa()))
    assert sorted((home / "models").glob("*.tar.gz")) == sorted(models[-5:])
    assert sorted((home / "models").glob("*.json")) == sorted(sidecar_path(model) for model in models[-5:])


def test_two_trainings_wait_for_each_other_and_share_the_result(root: Path, home: Path) -> None:
    """The second finds the model of the first, and says that it waits."""
    lines: list[list[str]] = [[], []]
    models: list[Path] = []

    def train(progress: Callable[[str], None]) -> None:
        models.append(ensure_model(root, home, progress, trainer=fake_rasa("slow")))

    threads = [threading.Thread(target=train, args=(told.append,)) for told in lines]
    for thread in threads:
        thread.start()
        time.sleep(0.15)
    for thread in threads:
        thread.join()
    assert models[0] == models[1]
    assert lines[1] == [f"Another training is under way in this home (pid {os.getpid()}); waiting for it ..."]


@pytest.mark.slow
def test_an_interrupted_training_leaves_no_process(root: Path, home: Path) -> None:
    """Neither Ctrl-C nor kill -9 of the process that wanted it."""
    program = (
        "from pathlib import Path; from tests.test_training import *;"
        f"ensure_model(Path({str(root)!r}), Path({str(home)!r}), print, trainer=fake_rasa('endless'))"
    )
    for number in (signal.SIGINT, signal.SIGKILL):
        process = subprocess.Popen(
            [sys.executable, "-u", "-c", program], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        assert process.stdout
        for line in process.stdout:
            if "training the" in line:
                break
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        assert len(children) == 1
        process.send_signal(number)
        process.wait(5)
        process.stdout.close()
        assert wait_until(lambda pid=int(children[0]): not is_alive(pid))
        assert newest_model(home) is None


def test_check_model_knows_broken_files(tmp_path: Path) -> None:
    """Cut off, empty, or no archive at all."""
    good = tmp_path / "good.tar.gz"
    with tarfile.open(good, "w:gz") as archive:
        archive.add(__file__, "x")
    assert check_model(good)
    for name, content in {"half": good.read_bytes()[:500], "empty": b"", "text": b"hello"}.items():
        (tmp_path / name).write_bytes(content)
        assert not check_model(tmp_path / name), name
    assert not check_model(tmp_path / "missing")


def test_the_line_about_a_model_names_file_and_remedy() -> None:
    """Both remedies."""
    line = unusable_model_line(Path("/home/x.tar.gz"))
    assert line == "The model /home/x.tar.gz cannot be loaded: delete this file or run `make train`."
    assert "make train" in unusable_model_line(None)
