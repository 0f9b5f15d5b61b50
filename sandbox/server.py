"""The messenger as a server: inside a test's loop, or as a process of its own."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from email.utils import formatdate
from pathlib import Path

from aiohttp import web

from sandbox.api import routes as api_routes
from sandbox.api.models import known_methods
from sandbox.page import routes as page_routes
from sandbox.page import shelf as page_shelf
from sandbox.page.refusals import own_pages_only, refusals
from sandbox.people import blocking, control, pressing, reading, sending_files, talking, watching
from sandbox.state.people import Person
from sandbox.state.world import WORLD, World

LOOPBACK = "127.0.0.1"
SIDES = (blocking, control, pressing, reading, sending_files, talking, watching, page_routes, page_shelf, api_routes)


@dataclass(frozen=True)
class Sandbox:
    """A running messenger. ``url`` is the address of the Bot API, of the page and of the person's side alike."""

    url: str
    port: int
    world: World


def build_app(world: World, shelf: Path | None = None) -> web.Application:
    app = web.Application(middlewares=[refusals, own_pages_only], client_max_size=64 * 1024 * 1024)
    app[WORLD] = world
    app[page_shelf.SHELF] = shelf
    app.on_response_prepare.append(by_our_clock)
    for side in SIDES:
        side.add_routes(app)
    return app


async def by_our_clock(request: web.Request, response: web.StreamResponse) -> None:
    """Answers carry the messenger's time, also where a test has moved it."""
    response.headers["Date"] = formatdate(request.app[WORLD].clock.now(), usegmt=True)


async def warm_up() -> None:
    """The page is there already; the models that requests are checked against are loaded meanwhile."""
    await asyncio.to_thread(known_methods)


@asynccontextmanager
async def running(
    port: int = 0,
    people: Iterable[Person] | None = None,
    *,
    limits: bool = True,
    shelf: Path | None = None,
    hands_over_paths: bool = False,
) -> AsyncIterator[Sandbox]:
    """Serves on loopback until left; port 0 takes a free one. Raises OSError when the port is busy.

    `hands_over_paths` plays a server of one's own that runs with `--local`.
    """
    world = World(
        page_routes.usual_people() if people is None else people, limits=limits, hands_over_paths=hands_over_paths
    )
    runner = web.AppRunner(build_app(world, shelf), access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    try:
        site = web.TCPSite(runner, LOOPBACK, port)
        await site.start()
        chosen = int(runner.addresses[0][1])
        world.nursery.start(warm_up())
        yield Sandbox(f"http://{LOOPBACK}:{chosen}", chosen, world)
    finally:
        await world.close()
        await runner.cleanup()
