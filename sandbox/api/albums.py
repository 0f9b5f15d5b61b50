"""sendMediaGroup: two to ten photos, or two to ten documents, as messages with one group id."""

import secrets
from typing import Any

from sandbox.api.call import Call, Method
from sandbox.api.errors import bad_request
from sandbox.api.media import media_from
from sandbox.api.sending import deliver
from sandbox.api.texts import caption
from sandbox.state.chats import Chat, Message

SMALLEST, LARGEST = 2, 10


def new_group() -> str:
    return str(10**16 + secrets.randbelow(9 * 10**16))


async def send_media_group(call: Call) -> list[dict[str, Any]]:
    person, chat = call.recipient()
    items = call.values["media"]
    _check(items)
    group = new_group()
    messages = [await _part(call, chat, item, group) for item in items]
    call.pay(chat, len(messages))
    return [deliver(call, person, chat, message) for message in messages]


def _check(items: list[dict[str, Any]]) -> None:
    if not items:
        raise bad_request("there are no messages to send")
    if len(items) > LARGEST:
        raise bad_request("too many messages to send as an album")
    if len(items) < SMALLEST:
        raise bad_request(f"media group must include {SMALLEST}-{LARGEST} items")
    kinds = {item.get("type") for item in items}
    if len(kinds) > 1 or not kinds <= {"photo", "document"}:
        raise bad_request("can't use the media of the specified type in the album")


async def _part(call: Call, chat: Chat, item: dict[str, Any], group: str) -> Message:
    message = call.draft(chat)
    message.group = group
    message.text, message.entities = caption(item)
    message.media = await media_from(call, item["type"], item["media"])
    return message


METHODS: dict[str, Method] = {"sendMediaGroup": send_media_group}
