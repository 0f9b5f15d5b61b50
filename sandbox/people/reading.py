"""GET /people, POST /people, GET /people/{id}, /commands and /messages, GET /bots."""

import asyncio
from contextlib import suppress
from typing import Any

from aiohttp import web

from sandbox.api.profile import commands_for
from sandbox.people.place import Place, json_body, place_of, whole_number
from sandbox.people.refused import Refused
from sandbox.people.view import chat_view
from sandbox.state.world import WORLD

LONGEST_WAIT_S = 60.0
LONGEST_NAME = 64
LARGEST_ID = 1 << 52  # what the Bot API promises of its ids


async def list_people(request: web.Request) -> web.Response:
    return web.json_response([person.view() for person in request.app[WORLD].people.all()])


async def one_person(request: web.Request) -> web.Response:
    place = place_of(request)
    state = {"started": place.chat.started, "blocked": place.chat.blocked}
    return web.json_response(place.person.view() | state)


async def commands(request: web.Request) -> web.Response:
    """What the menu of commands shows to this person."""
    place = place_of(request)
    return web.json_response(commands_for(place.bot, place.person))


async def add_person(request: web.Request) -> web.Response:
    world, body = request.app[WORLD], await json_body(request)
    name = str(body.get("name") or "").strip()
    if not 1 <= len(name) <= LONGEST_NAME:
        raise Refused("name", longest=LONGEST_NAME)
    number = whole_number(body["id"], "id") if body.get("id") is not None else None
    if number is not None and not 0 < number < LARGEST_ID:
        raise Refused("not_a_number", name="id")
    person = world.people.add(name, str(body.get("role") or ""), number)
    world.hub.publish("people", person.view())
    return web.json_response(person.view(), status=201)


async def list_bots(request: web.Request) -> web.Response:
    bots = request.app[WORLD].bots.all()
    return web.json_response([{"id": bot.id, "name": bot.name, "username": bot.username} for bot in bots])


async def messages(request: web.Request) -> web.Response:
    """``?after=CHANGE`` gives only what changed since; ``&wait=SECONDS`` holds the answer until something does."""
    place = place_of(request)
    after = whole_number(request.query.get("after", 0), "after")
    wait_s = min(float(whole_number(request.query.get("wait", 0), "wait")), LONGEST_WAIT_S)
    seen = await _changed(place, after, wait_s)
    return web.json_response(seen, headers={"X-Sandbox-Change": str(place.world.hub.change)})


async def _changed(place: Place, after: int, wait_s: float) -> list[dict[str, Any]]:
    listener = place.world.hub.listen()
    try:
        with suppress(TimeoutError):
            async with asyncio.timeout(wait_s):
                while not chat_view(place.chat, after) and not place.world.hub.closed:
                    await listener.queue.get()
        return chat_view(place.chat, after)
    finally:
        place.world.hub.leave(listener)


def add_routes(app: web.Application) -> None:
    app.router.add_get("/people", list_people)
    app.router.add_post("/people", add_person)
    app.router.add_get("/people/{id}", one_person)
    app.router.add_get("/people/{id}/commands", commands)
    app.router.add_get("/bots", list_bots)
    app.router.add_get("/people/{id}/messages", messages)
