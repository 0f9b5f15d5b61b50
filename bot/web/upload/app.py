"""The same page inside Telegram: GET /app is the door, which shows Telegram's word and gets the address.

Telegram hands its word over in the address's fragment, so no script of another host is needed: the door works where
telegram.org does not.
"""

from aiohttp import web

from bot.web.upload import render
from bot.web.upload.answers import sentence, texts_for
from bot.web.upload.desk import Desk
from services.telegram.init_data import WrongInitData
from services.uploads.enter_app import EnterApp

MOST_ID_DIGITS = 18


class App:
    """The door of the Mini App."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    async def show(self, request: web.Request) -> web.Response:
        body = render.app_page(texts_for(request))
        return web.Response(text=body, content_type="text/html", headers={"Cache-Control": "no-cache"})

    async def enter(self, request: web.Request) -> web.Response:
        """The colleges whose page is open to the person, each with its address. Strangers' words get 403."""
        text = await word(request)
        try:
            async with self.desk.scope() as scope:
                doors = await (await scope.get(EnterApp))(text, college(request))
        except WrongInitData:
            return sentence(texts_for(request)("web.app.unknown"), 403)
        return web.json_response([{"college": door.college, "address": f"/upload/{door.token}"} for door in doors])


async def word(request: web.Request) -> str:
    """The body as text; of bytes that are none the check of the signature says the rest. 413 over a megabyte."""
    return (await request.read()).decode("utf-8", "replace")


def college(request: web.Request) -> int | None:
    named = request.query.get("college", "")
    return int(named) if named.isascii() and named.isdigit() and len(named) <= MOST_ID_DIGITS else None
