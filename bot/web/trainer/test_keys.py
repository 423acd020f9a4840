"""Application keys of kept tests, answers and the policy."""

from __future__ import annotations

from aiohttp import web

from bot.services.kept_tests.job import TestRuns
from bot.services.kept_tests.keeping import KeepTests
from bot.services.wording.answers import Answers
from bot.services.wording.policy import Policies

KEPT_TESTS = web.AppKey("kept_tests", KeepTests)
ANSWERS = web.AppKey("answers", Answers)
POLICY = web.AppKey("policy", Policies)
TEST_RUNS = web.AppKey("test_runs", TestRuns)
