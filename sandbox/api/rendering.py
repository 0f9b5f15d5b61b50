"""How messages and files look in the Bot API's JSON."""

from typing import Any

from sandbox.state.bots import Bot
from sandbox.state.chats import Media, Message
from sandbox.state.files import StoredFile
from sandbox.state.people import Person
from sandbox.state.world import World


def message_json(world: World, bot: Bot, person: Person, message: Message, *, depth: int = 1) -> dict[str, Any]:
    """The message as the bot sees it; a reply shows the message it answers, one level deep."""
    seen: dict[str, Any] = {
        "message_id": message.id,
        "from": bot.as_user() if message.from_bot else person.as_user(),
        "chat": person.as_chat(),
        "date": message.date,
    }
    if message.edit_date:
        seen["edit_date"] = message.edit_date
    if message.group:
        seen["media_group_id"] = message.group
    if message.keyboard:
        seen["reply_markup"] = message.keyboard
    if message.forwarded:
        seen["forward_origin"] = {"type": "user", "date": message.date, "sender_user": bot.as_user()}
    replied = world.chats.of(bot.id, person.id).alive(message.reply_to) if message.reply_to and depth else None
    if replied:
        seen["reply_to_message"] = message_json(world, bot, person, replied, depth=depth - 1)
    return seen | _content(world, bot, message)


def _content(world: World, bot: Bot, message: Message) -> dict[str, Any]:
    text, entities = ("caption", "caption_entities") if message.media else ("text", "entities")
    seen: dict[str, Any] = media_json(world, bot, message.media) if message.media else {}
    if message.text:
        seen[text] = message.text
    if message.entities:
        seen[entities] = message.entities
    return seen


def media_json(world: World, bot: Bot, media: Media) -> dict[str, Any]:
    if media.kind == "photo":
        return {"photo": [file_json(world, bot, file) for file in media.files]}
    document = file_json(world, bot, media.best) | {"file_name": media.best.name, "mime_type": media.best.mime}
    return {"document": document}


def file_json(world: World, bot: Bot, file: StoredFile) -> dict[str, Any]:
    seen = {
        "file_id": world.files.id_for(bot.id, file),
        "file_unique_id": file.unique_id,
        "file_size": file.size,
    }
    if file.kind == "photo":
        seen |= {"width": file.width, "height": file.height}
    return seen
