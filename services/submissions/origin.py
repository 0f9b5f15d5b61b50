"""The message or the upload that a file came in."""

from dataclasses import dataclass

from services.outbox.outbox import Chat


@dataclass(frozen=True, slots=True)
class Origin:
    """One message of one chat with one of our bots; without the bot two bots would collide.

    For a file from the upload page: the chat that hears the result, and the upload's id in place of the message's.
    """

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
