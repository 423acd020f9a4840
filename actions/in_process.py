"""The actions as an endpoint within the caller's process, for `helpdesk ask` and tests: no action server needed."""

from typing import Any, ClassVar

from rasa_sdk.executor import ActionExecutor


class InProcessActions:
    """Stands in for Rasa's EndpointConfig of an action server."""

    url = "in-process"
    kwargs: ClassVar[dict[str, Any]] = {}  # Rasa looks here for options of the endpoint

    def __init__(self) -> None:
        self._executor = ActionExecutor()
        self._executor.register_package("actions")

    async def request(self, *_: Any, json: dict[str, Any], **__: Any) -> Any:
        """Run the action that `json`, the webhook's body, names."""
        result = await self._executor.run(json)
        # Rasa SDK 3.6 gives a plain dictionary.
        return result if isinstance(result, dict) else result.model_dump()
