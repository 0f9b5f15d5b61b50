"""Finds who does something, and in the chat with which bot, from a request."""

import json
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from sandbox.people.refused import Refused
from sandbox.state.bots import Bot
from sandbox.state.chats import Chat, Message
from sandbox.state.people import Person
from sandbox.state.world import WORLD, World


@dataclass(frozen=True)
class Place:
    """One person before one chat."""

    world: World
    bot: Bot
    person: Person
    chat: Chat

    def bot_message(self, message_id: int) -> Message:
        """Raises Refused when the bot has no such message here."""
        message = self.chat.alive(message_id)
        if message is None or not message.from_bot:
            raise Refused("no_message", 404, message_id=message_id)
        return message

    def own_message(self, message_id: int) -> Message:
        message = self.chat.alive(message_id)
        if message is None or message.from_bot:
            raise Refused("no_message", 404, message_id=message_id)
        return message

    def require_open(self) -> None:
        if self.chat.blocked:
            raise Refused("blocked", 409)


async def json_body(request: web.Request) -> dict[str, Any]:
    try:
        body = await request.json() if request.can_read_body else {}
    except (json.JSONDecodeError, UnicodeDecodeError):
        raise Refused("not_json") from None
    if not isinstance(body, dict):
        raise Refused("not_json")
    return body


def person_of(request: web.Request) -> Person:
    number = request.match_info["id"]
    person = request.app[WORLD].people.get(int(number)) if number.isdecimal() else None
    if person is None:
        raise Refused("no_person", 404, person=number)
    return person


def place_of(request: web.Request, wanted_bot: Any = None) -> Place:
    """The bot asked for, or the newest. Raises Refused while there is none."""
    world, person = request.app[WORLD], person_of(request)
    number = str(wanted_bot or request.query.get("bot") or "")
    if number and not number.isdecimal():
        raise Refused("no_bot", 409)
    bot = world.bots.ensure(int(number)) if number else world.bots.newest()
    if bot is None:
        raise Refused("no_bot", 409)
    return Place(world, bot, person, world.chats.of(bot.id, person.id))


def whole_number(value: Any, name: str) -> int:
    try:
        return int(value)
    except (TypeError, ValueError):
        raise Refused("not_a_number", name=name) from None
