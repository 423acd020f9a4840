"""What customers read when support agents come and go."""

from bot.helpdesk.conversation import Button

SCORES = {5: "Sangat puas", 4: "Puas", 3: "Cukup", 2: "Kurang puas", 1: "Tidak puas"}
RATING_BUTTONS = tuple(Button(f"{score} dari 5 - {word}", f"#rating:{score}") for score, word in SCORES.items())
SOLVED_BUTTONS = (Button("Ya, sudah terjawab", "#solved:yes"), Button("Belum", "#solved:no"))
SOLVED_QUESTION = "Apakah pertanyaan Kakak sudah terjawab?"


def joined(name: str) -> str:
    """An agent has accepted, or was given the conversation."""
    return f"{name} dari tim kami sudah bergabung dan akan membantu Kakak di sini."


def transferred(name: str) -> str:
    """Another agent goes on."""
    return f"Percakapan ini dilanjutkan oleh {name} dari tim kami."


def given_back() -> str:
    """The agent had to leave."""
    return "Mohon maaf, Kak, staf yang membantu harus meninggalkan chat. Kakak kembali ke antrean paling depan."


def handed_back(name: str) -> str:
    """The bot goes on."""
    return f"{name} sudah selesai membantu. Asisten virtual kembali menjawab di chat ini."


def closed(*, ask: bool) -> str:
    """The end, with the question for a rating where it is the first."""
    end = "Percakapan ini sudah ditutup. Tulis pesan kapan saja untuk membukanya lagi."
    return f"{end} Bagaimana bantuan kami tadi, Kak?" if ask else end
