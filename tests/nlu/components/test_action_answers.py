"""Answers of the action server are checked as Rasa checks them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jsonschema
import pytest
from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction

from bot.nlu import action_answers
from bot.nlu.action_answers import check_schema_once

pytestmark = pytest.mark.rasa

Check = Callable[[dict[str, Any]], bool]
_RASAS = RemoteAction._validate_action_result


@pytest.fixture(autouse=True)
def _unchanged_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RemoteAction, "_validate_action_result", _RASAS)


def _checks() -> tuple[Check, Check]:
    """Rasa's own and ours."""
    action = RemoteAction("action_tanya_balik", None)
    rasas = action._validate_action_result
    check_schema_once()
    return rasas, action._validate_action_result


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"events": [], "responses": []},
        {"events": [{"event": "slot", "timestamp": None, "name": "layanan", "value": "hosting"}]},
        {"responses": [{"text": "Maksudnya?", "buttons": [], "metadata": {"outcome": "clarify"}}], "events": []},
    ],
)
def test_right_answers_pass(answer: dict[str, Any]) -> None:
    assert [check(answer) for check in _checks()] == [True, True]


@pytest.mark.parametrize(
    "answer",
    [
        None,
        [],
        {"events": {}},
        {"responses": ["text"]},
        {"events": [{"event": "slot", "name": 1}, "bot"]},
        {"events": [{"event": "nothing that Rasa knows"}]},
    ],
)
def test_wrong_answers_fail_with_the_words_of_rasa(answer: Any) -> None:
    messages = []
    for check in _checks():
        with pytest.raises(ValidationError, match="Failed to validate Action server response") as raised:
            check(answer)
        messages.append(raised.value.message)
    assert messages[0] == messages[1]


def test_the_schema_is_checked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    checked = []
    kind = jsonschema.validators.validator_for(RemoteAction.action_response_format_spec())
    monkeypatch.setattr(kind, "check_schema", checked.append)
    action_answers._validator.cache_clear()
    _, ours = _checks()
    assert all(ours({"events": []}) for _ in range(3))
    assert len(checked) == 1
