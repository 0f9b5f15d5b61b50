"""POST /people/{id}/press: a button of today's keyboard, or of one that has long been replaced."""

import asyncio
from typing import Any

from aiohttp import web

from sandbox.api.rendering import message_json
from sandbox.people.place import Place, json_body, place_of, whole_number
from sandbox.people.refused import Refused
from sandbox.people.talking import follow
from sandbox.state.chats import Message

USUAL_WAIT_S = 10
LONGEST_WAIT_S = 60


async def press(request: web.Request) -> web.Response:
    """``{message_id, data}`` presses exactly that; ``{message_id?, text}`` the button of that name."""
    body = await json_body(request)
    place = place_of(request, body.get("bot"))
    place.require_open()
    message, button = _found(place, body)
    before = place.world.hub.change
    if button.get("url"):
        return web.json_response({"change": before} | follow(place, button["url"]))
    if button.get("callback_data") is None:
        return web.json_response({"change": before, "button": button})
    wait_s = min(max(whole_number(body.get("wait", USUAL_WAIT_S), "wait"), 0), LONGEST_WAIT_S)
    return web.json_response({"change": before} | await _pressed(place, message, button["callback_data"], wait_s))


def _found(place: Place, body: dict[str, Any]) -> tuple[Message, dict[str, Any]]:
    if body.get("data") is not None:
        message = place.bot_message(whole_number(body.get("message_id"), "message_id"))
        return message, {"callback_data": str(body["data"])}
    label = str(body.get("text") or "")
    if body.get("message_id") is not None:
        message = place.bot_message(whole_number(body["message_id"], "message_id"))
        button = _named(message.buttons(), label) or _named(message.earlier_buttons[::-1], label)
        if button:
            return message, button
        raise Refused("no_button", 404, text=label)
    for message in sorted(place.chat.messages.values(), key=lambda m: -m.id):
        if not message.deleted and (button := _named(message.buttons(), label)):
            return message, button
    raise Refused("no_button", 404, text=label)


def _named(buttons: list[dict[str, Any]], label: str) -> dict[str, Any] | None:
    """The exact label first, then one that contains it."""
    exact = next((button for button in buttons if button["text"] == label), None)
    part = next((button for button in buttons if label and label.casefold() in button["text"].casefold()), None)
    return exact or part


async def _pressed(place: Place, message: Message, data: str, wait_s: float) -> dict[str, Any]:
    waiting = place.world.presses.add(place.bot.id, place.person.id)
    payload = {
        "id": waiting.id,
        "from": place.person.as_user(),
        "message": message_json(place.world, place.bot, place.person, message),
        "chat_instance": str(place.person.id * 1_000_003 + place.bot.id),
        "data": data,
    }
    place.world.tell_bot(place.bot, "callback_query", place.person.id, payload)
    await asyncio.wait([waiting.answer], timeout=wait_s)
    done = waiting.answer.done() and not waiting.answer.cancelled()
    answer = waiting.answer.result() if done else None
    return {"callback_id": waiting.id, "message_id": message.id, "answered": done, "answer": answer}


def add_routes(app: web.Application) -> None:
    app.router.add_post("/people/{id}/press", press)
