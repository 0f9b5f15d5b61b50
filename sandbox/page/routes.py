"""GET /: the chat page and its static files."""

import json
from pathlib import Path

from aiohttp import web
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from sandbox.page.catalogue import LANGUAGES, catalogue, say
from sandbox.state.people import FIRST_FREE_ID, Person

STATIC = Path(__file__).resolve().parents[1] / "static"
USUAL_ROLES = ("technician", "coordinator", "support", "administrator")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)
TEMPLATES = Environment(loader=FileSystemLoader(STATIC), autoescape=True)


def usual_people() -> list[Person]:
    """The four faces of the demo."""
    return [Person(FIRST_FREE_ID + place, say(f"person.{role}"), role) for place, role in enumerate(USUAL_ROLES)]


async def page(request: web.Request) -> web.Response:
    language = request.query.get("lang", LANGUAGES[0])
    language = language if language in LANGUAGES else LANGUAGES[0]
    words = catalogue(language)
    body = TEMPLATES.get_template("page.html").render(
        lang=language, t=lambda key: words.get(key, key), texts=_as_json(words)
    )
    headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-cache"}
    return web.Response(text=body, content_type="text/html", headers=headers)


def _as_json(words: dict[str, str]) -> Markup:
    """For a script element of data: no text in it can close the element."""
    shown = {key: text for key, text in words.items() if key.startswith(("page.", "role."))}
    return Markup(json.dumps(shown, ensure_ascii=False).replace("<", "\\u003c"))  # noqa: S704 - escaped just here


def add_routes(app: web.Application) -> None:
    app.router.add_get("/", page)
    app.router.add_static("/static", STATIC)
