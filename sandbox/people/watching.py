"""GET /events, /people/{id}/events: server-sent events, each a JSON ``{kind, person, bot, data}``.

Kinds: message, edited, deleted (look the message up), toast, action, blocked, request (a line of the journal),
people, bots, reset.
"""

import json

from aiohttp import web

from sandbox.people.place import person_of
from sandbox.state.hub import Event
from sandbox.state.world import WORLD

HEARTBEAT_S = 15.0


async def all_events(request: web.Request) -> web.StreamResponse:
    return await _stream(request, None)


async def person_events(request: web.Request) -> web.StreamResponse:
    return await _stream(request, person_of(request).id)


async def _stream(request: web.Request, person: int | None) -> web.StreamResponse:
    hub = request.app[WORLD].hub
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
    await response.prepare(request)
    listener = hub.listen()
    try:
        await response.write(b"retry: 1000\n\n")
        async for event in listener.events(HEARTBEAT_S):
            if event is None:
                await response.write(b": quiet\n\n")
            elif _concerns(event, person):
                await response.write(f"data: {json.dumps(event.as_json())}\n\n".encode())
    except ConnectionError:
        pass  # the page was closed
    finally:
        hub.leave(listener)
    return response


def _concerns(event: Event, person: int | None) -> bool:
    return person is None or event.person in {None, person}


def add_routes(app: web.Application) -> None:
    app.router.add_get("/events", all_events)
    app.router.add_get("/people/{id}/events", person_events)
