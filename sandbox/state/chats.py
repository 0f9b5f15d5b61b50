"""A private chat of one person with one bot, and the messages in it."""

from dataclasses import dataclass, field
from typing import Any

from sandbox.state.files import StoredFile


@dataclass
class Media:
    """A document (one file) or a photo (the same picture in growing sizes, pixels)."""

    kind: str
    files: list[StoredFile]

    @property
    def best(self) -> StoredFile:
        return self.files[-1]


@dataclass
class Message:
    """``text`` is the caption when there is media; ``change`` grows whenever anyone could see a difference."""

    id: int
    date: int
    from_bot: bool
    text: str = ""
    entities: list[dict[str, Any]] = field(default_factory=list)
    media: Media | None = None
    keyboard: dict[str, Any] | None = None
    edit_date: int | None = None
    group: str | None = None
    reply_to: int | None = None
    forwarded: bool = False
    deleted: bool = False
    change: int = 0
    earlier_buttons: list[dict[str, Any]] = field(default_factory=list)

    def buttons(self) -> list[dict[str, Any]]:
        rows = (self.keyboard or {}).get("inline_keyboard", [])
        return [button for row in rows for button in row]

    def set_keyboard(self, keyboard: dict[str, Any] | None) -> None:
        self.earlier_buttons += self.buttons()
        self.keyboard = keyboard


@dataclass
class Chat:
    bot_id: int
    person_id: int
    started: bool = False
    blocked: bool = False
    messages: dict[int, Message] = field(default_factory=dict)

    def alive(self, message_id: int) -> Message | None:
        message = self.messages.get(message_id)
        return None if message is None or message.deleted else message


class Chats:
    def __init__(self) -> None:
        self._chats: dict[tuple[int, int], Chat] = {}

    def of(self, bot_id: int, person_id: int) -> Chat:
        return self._chats.setdefault((bot_id, person_id), Chat(bot_id, person_id))

    def clear(self) -> None:
        self._chats.clear()
