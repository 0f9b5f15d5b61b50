"""A file in a Telegram message, in the product's own terms."""

from aiogram.types import Message

from services.submissions.origin import Origin
from services.submissions.receipt import DOCUMENT, PHOTO, IncomingFile


def incoming_file(message: Message) -> IncomingFile:
    """The document of a message, or the largest size of its photo. Raises ValueError where it has neither."""
    origin = Origin(message.bot.id if message.bot else 0, message.chat.id, message.message_id)
    if message.photo:
        photo = max(message.photo, key=lambda size: size.width * size.height)
        return IncomingFile(origin, photo.file_id, PHOTO, f"photo-{message.message_id}.jpg", photo.file_size)
    if message.document is None:
        raise ValueError("no file in the message")
    document = message.document
    return IncomingFile(origin, document.file_id, DOCUMENT, document.file_name, document.file_size)
