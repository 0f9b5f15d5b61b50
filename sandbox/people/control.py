"""POST and DELETE /faults, GET /log, POST /reset, /clock, /limits, GET /files/{key}: the stage machinery."""

from urllib.parse import quote

from aiohttp import web
from pydantic import ValidationError

from sandbox.people.place import json_body, whole_number
from sandbox.people.refused import Refused
from sandbox.state.faults import Fault
from sandbox.state.world import WORLD

SHOWN = {"image/jpeg", "image/png", "image/webp"}


async def add_fault(request: web.Request) -> web.Response:
    try:
        fault = Fault.parse(await json_body(request))
    except ValidationError as error:
        raise Refused("fault", reason=error.errors()[0]["loc"][0]) from None
    except ValueError as error:
        raise Refused("fault", reason=str(error)) from None
    request.app[WORLD].faults.add(fault)
    return web.json_response({"waiting": request.app[WORLD].faults.count()}, status=201)


async def clear_faults(request: web.Request) -> web.Response:
    request.app[WORLD].faults.clear()
    return web.json_response({"waiting": 0})


async def log(request: web.Request) -> web.Response:
    since = whole_number(request.query.get("since", 0), "since")
    return web.json_response([entry.view() for entry in request.app[WORLD].journal.since(since)])


async def reset(request: web.Request) -> web.Response:
    request.app[WORLD].reset()
    return web.json_response({"reset": True})


async def clock(request: web.Request) -> web.Response:
    """``{"advance_s": 150}``: lets updates and presses grow old without waiting."""
    world = request.app[WORLD]
    world.clock.advance(float(whole_number((await json_body(request)).get("advance_s"), "advance_s")))
    return web.json_response({"now": world.clock.now()})


async def limits(request: web.Request) -> web.Response:
    world = request.app[WORLD]
    world.limits.enabled = bool((await json_body(request)).get("enabled"))
    world.limits.clear()
    return web.json_response({"enabled": world.limits.enabled})


async def file(request: web.Request) -> web.StreamResponse:
    stored = request.app[WORLD].files.by_key(request.match_info["key"])
    if stored is None:
        raise Refused("no_file", 404)
    shown = stored.mime in SHOWN and "download" not in request.query
    headers = {
        "Content-Type": stored.mime if shown else "application/octet-stream",
        "Content-Disposition": f"{'inline' if shown else 'attachment'}; filename*=UTF-8''{quote(stored.name)}",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "private, max-age=3600",
    }
    return web.FileResponse(stored.path, headers=headers)


def add_routes(app: web.Application) -> None:
    app.router.add_post("/faults", add_fault)
    app.router.add_delete("/faults", clear_faults)
    app.router.add_get("/log", log)
    app.router.add_post("/reset", reset)
    app.router.add_post("/clock", clock)
    app.router.add_post("/limits", limits)
    app.router.add_get("/files/{key}", file)
