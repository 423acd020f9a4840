"""Conversation tokens: signed, expiring, the only key to a conversation."""

from itsdangerous import BadData, URLSafeTimedSerializer

from bot.errors import UnauthorizedError


class ConversationTokens:
    """Issues and checks tokens; `lifetime` in seconds from issue. Stateless: every web process can check."""

    def __init__(self, secret_key: str, *, lifetime: int) -> None:
        self._serializer = URLSafeTimedSerializer(secret_key, salt="helpdesk.conversation")
        self._lifetime = lifetime

    def issue(self, conversation_id: str) -> str:
        """A token for the conversation, in URL-safe characters."""
        token = self._serializer.dumps(conversation_id)
        return token if isinstance(token, str) else token.decode("ascii")

    def conversation_of(self, token: object) -> str:
        """The conversation that `token` opens. Raises UnauthorizedError for anything else than a live token."""
        if not isinstance(token, str) or not token or len(token) > 500:
            raise UnauthorizedError("no token")
        try:
            return str(self._serializer.loads(token, max_age=self._lifetime))
        except BadData as error:
            raise UnauthorizedError("bad token") from error
