"""editMessageText, editMessageCaption, editMessageReplyMarkup, editMessageMedia."""

from typing import Any

from sandbox.api.call import Call, Method
from sandbox.api.errors import CANNOT_EDIT, EDIT_NOT_FOUND, NOT_MODIFIED, bad_request
from sandbox.api.keyboards import inline_keyboard
from sandbox.api.media import media_from
from sandbox.api.rendering import message_json
from sandbox.api.texts import Formatted, caption, message_text
from sandbox.state.chats import Chat, Media, Message
from sandbox.state.people import Person

Target = tuple[Person, Chat, Message]


def _target(call: Call) -> Target:
    """The bot's own message to edit. Raises ApiError 400."""
    person, chat = call.recipient()
    message_id = call.values.get("message_id")
    if not message_id:
        raise bad_request("message identifier is not specified")
    message = chat.alive(message_id)
    if message is None:
        raise bad_request(EDIT_NOT_FOUND)
    if not message.from_bot or message.forwarded:
        raise bad_request(CANNOT_EDIT)
    return person, chat, message


def _apply(call: Call, target: Target, text: Formatted, media: Media | None) -> dict[str, Any]:
    person, chat, message = target
    keyboard = inline_keyboard(call.values.get("reply_markup"))
    same = (message.text, message.entities) == text and message.media == media and message.keyboard == keyboard
    if same:
        raise bad_request(NOT_MODIFIED)
    call.pay(None)
    only_keyboard = (message.text, message.entities) == text and message.media == media
    message.text, message.entities = text
    message.media = media
    message.set_keyboard(keyboard)
    if not only_keyboard:
        message.edit_date = call.world.timestamp()
    call.world.changed(call.bot, chat, message)
    return message_json(call.world, call.bot, person, message)


async def edit_text(call: Call) -> dict[str, Any]:
    target = _target(call)
    text = message_text(call.values)
    if target[2].media:
        raise bad_request("there is no text in the message to edit")
    return _apply(call, target, text, None)


async def edit_caption(call: Call) -> dict[str, Any]:
    target = _target(call)
    text = caption(call.values)
    if not target[2].media:
        raise bad_request("there is no caption in the message to edit")
    return _apply(call, target, text, target[2].media)


async def edit_keyboard(call: Call) -> dict[str, Any]:
    target = _target(call)
    message = target[2]
    return _apply(call, target, (message.text, message.entities), message.media)


async def edit_media(call: Call) -> dict[str, Any]:
    target = _target(call)
    item = call.values["media"]
    if item.get("type") not in {"photo", "document"}:
        raise bad_request("can't use the media of the specified type in the album")
    if target[2].group and target[2].media and target[2].media.kind != item["type"]:
        raise bad_request("can't use the media of the specified type in the album")
    text = caption(item)
    return _apply(call, target, text, await media_from(call, item["type"], item["media"]))


METHODS: dict[str, Method] = {
    "editMessageText": edit_text,
    "editMessageCaption": edit_caption,
    "editMessageReplyMarkup": edit_keyboard,
    "editMessageMedia": edit_media,
}
