"""sendMessage, sendPhoto, sendDocument, sendChatAction, copyMessage, forwardMessage."""

from typing import Any

from sandbox.api.call import Call, Method
from sandbox.api.errors import bad_request
from sandbox.api.keyboards import inline_keyboard
from sandbox.api.media import media_from
from sandbox.api.rendering import message_json
from sandbox.api.texts import caption, message_text
from sandbox.state.chats import Chat, Message
from sandbox.state.people import Person

ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}


def deliver(call: Call, person: Person, chat: Chat, message: Message) -> dict[str, Any]:
    call.world.put(call.bot, chat, message)
    return message_json(call.world, call.bot, person, message)


async def send_message(call: Call) -> dict[str, Any]:
    person, chat = call.recipient()
    message = call.draft(chat)
    message.text, message.entities = message_text(call.values)
    message.keyboard = inline_keyboard(call.values.get("reply_markup"))
    call.pay(chat)
    return deliver(call, person, chat, message)


async def _send_media(call: Call, kind: str) -> dict[str, Any]:
    person, chat = call.recipient()
    message = call.draft(chat)
    message.text, message.entities = caption(call.values)
    message.keyboard = inline_keyboard(call.values.get("reply_markup"))
    message.media = await media_from(call, kind, call.values[kind])
    call.pay(chat)
    return deliver(call, person, chat, message)


async def send_photo(call: Call) -> dict[str, Any]:
    return await _send_media(call, "photo")


async def send_document(call: Call) -> dict[str, Any]:
    return await _send_media(call, "document")


async def send_chat_action(call: Call) -> bool:
    _, chat = call.recipient()
    action = call.values["action"]
    if action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    call.world.hub.publish("action", {"action": action}, person=chat.person_id, bot=call.bot.id)
    return True


def _source(call: Call) -> Message:
    chat = call.chat(call.person("from_chat_id"))
    message = chat.alive(call.values["message_id"])
    if message is None:
        raise bad_request("message to copy not found")
    return message


async def copy_message(call: Call) -> dict[str, Any]:
    _, chat = call.recipient()
    source, copy = _source(call), call.draft(chat)
    copy.text, copy.entities, copy.media = source.text, source.entities, source.media
    if source.media and "caption" in call.values:
        copy.text, copy.entities = caption(call.values)
    copy.keyboard = inline_keyboard(call.values.get("reply_markup"))
    call.pay(chat)
    call.world.put(call.bot, chat, copy)
    return {"message_id": copy.id}


async def forward_message(call: Call) -> dict[str, Any]:
    person, chat = call.recipient()
    source, copy = _source(call), call.draft(chat)
    copy.text, copy.entities, copy.media, copy.forwarded = source.text, source.entities, source.media, True
    call.pay(chat)
    return deliver(call, person, chat, copy)


METHODS: dict[str, Method] = {
    "sendMessage": send_message,
    "sendPhoto": send_photo,
    "sendDocument": send_document,
    "sendChatAction": send_chat_action,
    "copyMessage": copy_message,
    "forwardMessage": forward_message,
}
