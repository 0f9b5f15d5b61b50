"""The message that a file came in."""

from dataclasses import dataclass

from services.outbox.outbox import Chat


@dataclass(frozen=True, slots=True)
class Origin:
    """One message of one chat with one of our bots; without the bot two bots would collide."""

    bot_id: int
    chat_id: int
    message_id: int

    @property
    def chat(self) -> Chat:
        return Chat(self.bot_id, self.chat_id)

    def __str__(self) -> str:
        return f"{self.bot_id}:{self.chat_id}:{self.message_id}"

    @classmethod
    def parse(cls, text: str) -> "Origin":
        """The origin behind its text. Raises ValueError where it is none."""
        bot_id, chat_id, message_id = (int(part) for part in text.split(":"))
        return cls(bot_id, chat_id, message_id)
