"""Why a start was given up: one line for the operator, and an exit code."""

EXIT_OK = 0
EXIT_FAILED = 1
EXIT_ENVIRONMENT = 2
EXIT_MODEL = 3


class StartError(Exception):
    """The helpdesk cannot start; the message is one line that says what to do."""

    def __init__(self, line: str, exit_code: int = EXIT_FAILED) -> None:
        super().__init__(line)
        self.exit_code = exit_code
