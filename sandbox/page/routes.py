"""The page itself, its static files and the shelf of sample scans."""

from pathlib import Path

from aiohttp import web

from sandbox.page.catalogue import say
from sandbox.state.people import FIRST_FREE_ID, Person

SHELF: web.AppKey[Path | None] = web.AppKey("shelf")
STATIC = Path(__file__).resolve().parents[1] / "static"
USUAL_ROLES = ("technician", "coordinator", "support", "administrator")


def usual_people() -> list[Person]:
    """The four faces of the demo."""
    return [Person(FIRST_FREE_ID + place, say(f"person.{role}"), role) for place, role in enumerate(USUAL_ROLES)]


def add_routes(app: web.Application) -> None:
    app.router.add_static("/static", STATIC)
