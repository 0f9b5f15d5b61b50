"""POST /people/{id}/text, /edit, /open: a person writes, corrects, follows a link."""

from typing import Any
from urllib.parse import parse_qs

from aiohttp import web

from sandbox.api.addresses import split_address
from sandbox.api.entities import found_in, utf16_length
from sandbox.api.rendering import message_json
from sandbox.api.texts import MAX_CAPTION, MAX_TEXT
from sandbox.people.place import Place, json_body, place_of, whole_number
from sandbox.people.refused import Refused
from sandbox.people.view import message_view
from sandbox.state.bots import Bot
from sandbox.state.chats import Message


def send(place: Place, message: Message) -> dict[str, Any]:
    """The person's message appears in the chat and is on its way to the bot."""
    place.require_open()
    place.chat.started = True
    place.world.put(place.bot, place.chat, message)
    payload = message_json(place.world, place.bot, place.person, message)
    place.world.tell_bot(place.bot, "message", place.person.id, payload)
    return message_view(message)


def draft(place: Place) -> Message:
    return Message(place.bot.next_message_id(), place.world.timestamp(), from_bot=False)


def say(place: Place, text: str, reply_to: int | None = None) -> dict[str, Any]:
    """`reply_to` is the message that the person answers by the messenger's own reply."""
    message = draft(place)
    message.reply_to = reply_to
    message.text, message.entities = text, found_in(text)
    return send(place, message)


def split(text: str) -> list[str]:
    """Like every client: a long text becomes several messages of up to 4096 UTF-16 units."""
    parts, rest = [], text
    while utf16_length(rest) > MAX_TEXT:
        cut = MAX_TEXT
        while utf16_length(rest[:cut]) > MAX_TEXT:
            cut -= 1
        parts.append(rest[:cut])
        rest = rest[cut:]
    return [*parts, rest]


async def text(request: web.Request) -> web.Response:
    body = await json_body(request)
    place = place_of(request, body.get("bot"))
    words = str(body.get("text") or "").replace("\0", "").strip()
    if not words:
        raise Refused("empty_text")
    answered = whole_number(body["reply_to"], "reply_to") if body.get("reply_to") else None
    before = place.world.hub.change
    sent = [say(place, part, answered) for part in split(words)]
    return web.json_response({"change": before, "messages": sent, "message_id": sent[-1]["message_id"]})


async def edit(request: web.Request) -> web.Response:
    body = await json_body(request)
    place = place_of(request, body.get("bot"))
    message = place.own_message(whole_number(body.get("message_id"), "message_id"))
    words = str(body.get("text") or "").strip()
    if not words and not message.media:
        raise Refused("empty_text")
    if utf16_length(words) > (MAX_CAPTION if message.media else MAX_TEXT):
        raise Refused("too_long")
    before = place.world.hub.change
    message.text, message.entities, message.edit_date = words, found_in(words), place.world.timestamp()
    place.world.changed(place.bot, place.chat, message)
    payload = message_json(place.world, place.bot, place.person, message)
    place.world.tell_bot(place.bot, "edited_message", place.person.id, payload)
    return web.json_response({"change": before, "messages": [message_view(message)], "message_id": message.id})


def follow(place: Place, url: str) -> dict[str, Any]:
    """A start link of this bot is sent as ``/start payload``; any other address is the browser's business."""
    payload = start_payload(place.bot, url)
    if payload is None:
        return {"url": url}
    return {"opened": say(place, f"/start {payload}".strip())}


def start_payload(bot: Bot, url: str) -> str | None:
    parts = split_address(url)
    query = parse_qs(parts.query, keep_blank_values=True)
    if parts.scheme == "tg" and parts.netloc == "resolve":
        name = query.get("domain", [""])[0]
    elif parts.hostname in {"t.me", "telegram.me", "www.t.me"}:
        name = parts.path.strip("/")
    else:
        return None
    return query.get("start", [""])[0] if name.casefold() == bot.username.casefold() else None


async def open_link(request: web.Request) -> web.Response:
    body = await json_body(request)
    place = place_of(request, body.get("bot"))
    before = place.world.hub.change
    return web.json_response({"change": before} | follow(place, str(body.get("url") or "")))


def add_routes(app: web.Application) -> None:
    app.router.add_post("/people/{id}/text", text)
    app.router.add_post("/people/{id}/edit", edit)
    app.router.add_post("/people/{id}/open", open_link)
