"""Wires kept tests, answers and the policy for the trainer console."""

from __future__ import annotations

from aiohttp import web

from bot.services.kept_tests.job import TestRuns
from bot.services.kept_tests.keeping import KeepTests
from bot.services.kept_tests.results import ResultFile
from bot.services.policy_imports import PolicyImports
from bot.services.policy_report import PolicyReport
from bot.services.ports import Clock, Store
from bot.services.releases.jobs import TrainerJobs
from bot.services.trainer.edits import ProjectEdits
from bot.services.trainer.project_files import ProjectFiles
from bot.services.wording.answers import Answers
from bot.services.wording.policy import Policies
from bot.settings import Settings
from bot.web.trainer import test_keys


def wire_trainer_tests(
    app: web.Application, settings: Settings, store: Store, clock: Clock, files: ProjectFiles
) -> None:
    """Put them where the handlers look for them."""
    root, edits = settings.project, ProjectEdits(files, store)
    imports = PolicyImports(settings.home)
    app[test_keys.KEPT_TESTS] = KeepTests(root, store, edits, ResultFile(settings.home))
    app[test_keys.TEST_RUNS] = TestRuns(store, TrainerJobs(store, clock))
    app[test_keys.ANSWERS] = Answers(root, edits, imports, clock)
    app[test_keys.POLICY] = Policies(PolicyReport(root, imports), imports, clock)
