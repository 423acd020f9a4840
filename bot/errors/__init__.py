"""Errors that callers may meet. Each has a machine code, an HTTP status and an Indonesian message."""

from bot.errors.base import HelpdeskError as HelpdeskError
from bot.errors.training import AnswerChangedError as AnswerChangedError
from bot.errors.training import AnswerTextError as AnswerTextError
from bot.errors.training import DecidedAlreadyError as DecidedAlreadyError
from bot.errors.training import DiskFullError as DiskFullError
from bot.errors.training import GatesFailedError as GatesFailedError
from bot.errors.training import JobRunningError as JobRunningError
from bot.errors.training import PolicyDocumentError as PolicyDocumentError
from bot.errors.training import SentenceExistsError as SentenceExistsError
from bot.errors.training import SentenceGoneError as SentenceGoneError
from bot.errors.training import SentenceInvalidError as SentenceInvalidError
from bot.errors.training import TrainingDataBrokenError as TrainingDataBrokenError
from bot.errors.training import VersionOutdatedError as VersionOutdatedError
from bot.errors.training import VersionUnusableError as VersionUnusableError


class LexiconError(HelpdeskError):
    """The slang lexicon cannot be read."""

    code = "lexicon_invalid"


class CatalogueError(HelpdeskError):
    """A data file of the policy, topics or services is not of the expected shape."""

    code = "catalogue_invalid"


class SettingsError(HelpdeskError):
    """An environment variable holds a value that cannot be used."""

    code = "settings_invalid"


class InvalidMessageError(HelpdeskError):
    """A field of a request is missing or of the wrong shape; `field` names it."""

    code = "invalid_message"
    status = 400
    message = "Pesan tidak dapat dibaca. Mohon periksa kembali isinya."


class MessageTooLongError(HelpdeskError):
    """The text is longer than allowed; `max` is the limit in characters."""

    code = "message_too_long"
    status = 413
    message = "Pesan terlalu panjang. Mohon dipersingkat atau dikirim dalam beberapa bagian."


class UnauthorizedError(HelpdeskError):
    """The conversation token is missing, forged, expired or of another conversation."""

    code = "unauthorized"
    status = 401
    message = "Sesi percakapan tidak dikenali atau sudah berakhir. Silakan mulai percakapan baru."


class NotJoinedError(HelpdeskError):
    """The socket has not joined a conversation yet."""

    code = "not_joined"
    status = 409
    message = "Sambungan belum terhubung ke percakapan. Mohon coba lagi."


class NotFoundError(HelpdeskError):
    """There is nothing under this address."""

    code = "not_found"
    status = 404
    message = "Alamat yang diminta tidak ditemukan."


class MethodNotAllowedError(HelpdeskError):
    """The address exists, but not for this HTTP method."""

    code = "method_not_allowed"
    status = 405
    message = "Cara akses ini tidak diizinkan untuk alamat tersebut."


class NotSignedInError(HelpdeskError):
    """There is no session of staff, or it has ended."""

    code = "not_signed_in"
    status = 401
    message = "Silakan masuk terlebih dahulu."


class SignInFailedError(HelpdeskError):
    """Name, password or code is wrong, or the account is disabled; which of them is not said."""

    code = "sign_in_failed"
    status = 401
    message = "Nama pengguna, kata sandi, atau kode tidak cocok."


class TotpRequiredError(HelpdeskError):
    """The password is right; the code of the authenticator app is needed as well."""

    code = "totp_required"
    status = 401
    message = "Masukkan kode enam angka dari aplikasi autentikator Anda."


class ForbiddenError(HelpdeskError):
    """The account may not do this."""

    code = "forbidden"
    status = 403
    message = "Akun Anda tidak memiliki izin untuk tindakan ini."


class CrossSiteError(HelpdeskError):
    """A change without the session's CSRF token, or from a page of another origin."""

    code = "cross_site"
    status = 403
    message = "Permintaan ini tidak berasal dari halaman kami. Muat ulang halaman lalu coba lagi."


class ConversationTakenError(HelpdeskError):
    """Another support agent has the conversation; `agent_id` and, to staff, `agent_name` say who."""

    code = "conversation_taken"
    status = 409
    message = "Percakapan ini sedang ditangani staf lain."


class WrongStateError(HelpdeskError):
    """The conversation is in a `state` in which this cannot be done; perhaps it has just changed."""

    code = "wrong_state"
    status = 409
    message = "Keadaan percakapan ini sudah berubah. Muat ulang untuk melihat yang terbaru."


class ChatLimitError(HelpdeskError):
    """The support agent (also one to whom a chat is to go) has as many chats as allowed; `max` says how many."""

    code = "chat_limit"
    status = 409
    message = "Jumlah chat yang boleh ditangani sekaligus sudah tercapai."


class PaidSupportError(HelpdeskError):
    """A part of a request, quote or payment is missing or cannot be used; `field` names it."""

    code = "paid_support_invalid"
    status = 400
    message = "Data bantuan berbayar ini tidak dapat dipakai. Mohon periksa kembali isinya."


class PaidStateError(HelpdeskError):
    """The request for paid support is in a `state` in which this cannot be done; perhaps it has just changed."""

    code = "paid_state"
    status = 409
    message = "Keadaan permintaan ini sudah berubah. Muat ulang untuk melihat yang terbaru."


class OutOfFieldError(HelpdeskError):
    """What is none of the company's business is never quoted (Hak 4)."""

    code = "out_of_field"
    status = 409
    message = "Permintaan di luar bidang layanan tidak dapat diberi penawaran (Hak 4)."


class PaymentUnavailableError(HelpdeskError):
    """The payment service gave no usable answer; nothing has changed, and it may be tried again."""

    code = "payment_unavailable"
    status = 503


class NotificationRefusedError(HelpdeskError):
    """A notification of the payment service that is not believed; `reason` says why."""

    code = "notification_refused"
    status = 403
    message = "Notifikasi pembayaran ditolak."


class AccountError(HelpdeskError):
    """An account cannot be made or changed like this; `field` names what is wrong."""

    code = "account_invalid"
    status = 400
    message = "Data akun tidak dapat dipakai."


class RateLimitedError(HelpdeskError):
    """Too many requests; `retry_after` is in seconds."""

    code = "rate_limited"
    status = 429
    message = "Terlalu banyak permintaan. Mohon tunggu sebentar lalu coba lagi."


class BrainUnavailableError(HelpdeskError):
    """The Rasa server gave no usable answer; the message is to be tried again."""

    code = "brain_unavailable"
    status = 503


class EncoderError(HelpdeskError):
    """The sentence encoder gave no usable vectors; the detail says what to check, and holds neither text nor key."""

    code = "encoder_failed"
    status = 503
