"""A Telegram message as words for a ticket."""

from typing import Any

from aiogram.types import Message

from services.submissions.origin import Origin
from services.submissions.receipt import DOCUMENT, PHOTO
from services.tickets.words import Words, clean_text

LONGEST_NAME = 100


def words_of(message: Message) -> Words:
    """Its text or caption, its photo or file. Of a sticker, a voice or a contact nothing is left: empty words."""
    bot_id = message.bot.id if message.bot else 0
    return Words(
        text=clean_text(message.text or message.caption or "") if carries(message) or message.text else "",
        origin=str(Origin(bot_id, message.chat.id, message.message_id)),
        attachment=attachment(message, bot_id),
        album=message.media_group_id or "",
    )


def carries(message: Message) -> bool:
    """A photo or a file; an animation is also a document, and is none."""
    return bool(message.photo or (message.document and not message.animation))


def attachment(message: Message, bot_id: int) -> dict[str, Any]:
    if message.photo:
        photo = max(message.photo, key=lambda size: size.width * size.height)
        return {"kind": PHOTO, "remote_id": photo.file_id, "bot_id": bot_id, "name": f"photo-{message.message_id}.jpg"}
    if message.document and carries(message):
        name = clean_text(message.document.file_name or "")[:LONGEST_NAME] or "file"
        return {"kind": DOCUMENT, "remote_id": message.document.file_id, "bot_id": bot_id, "name": name}
    return {}
