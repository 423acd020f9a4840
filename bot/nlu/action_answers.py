"""Checks what an action server answers as Rasa does, without checking Rasa's own schema each time.

Rasa 3.6 calls `jsonschema.validate` for every answer of the action server. That first checks the schema against the
schema of schemas, which blocks the server for some 20 ms, and then the answer, which takes 0.1 ms. The schema is a
constant of Rasa, so once is enough. Rasa offers no setting for it, hence the one method of it that we replace.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from jsonschema import ValidationError
from jsonschema.exceptions import best_match
from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction
from rasa.shared.constants import DOCS_BASE_URL


def check_schema_once() -> None:
    """Replaces the check of all remote actions in this process; changes nothing the second time."""
    RemoteAction._validate_action_result = _validate_action_result


def _validate_action_result(action: RemoteAction, result: dict[str, Any]) -> bool:
    """True, or the ValidationError that Rasa raises."""
    error: ValidationError | None = best_match(_validator().iter_errors(result))
    if error is None:
        return True
    error.message += (
        ". Failed to validate Action server response from API, make sure your response from the Action endpoint is "
        f"valid. For more information about the format visit {DOCS_BASE_URL}/custom-actions"
    )
    raise error


@cache
def _validator() -> Any:
    schema = RemoteAction.action_response_format_spec()
    kind = validator_for(schema)
    kind.check_schema(schema)
    return kind(schema)
