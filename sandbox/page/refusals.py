"""Puts a refusal of the person's side into words."""

from aiohttp import web
from aiohttp.typedefs import Handler

from sandbox.page.catalogue import say
from sandbox.people.refused import Refused


@web.middleware
async def refusals(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except Refused as refused:
        text = say(f"refused.{refused.code}", request.query.get("lang", "ru"), **refused.values)
        return web.json_response({"error": refused.code, "message": text}, status=refused.status)
    except ConnectionResetError:
        return web.Response(status=499)  # who asked has gone in the middle of a sentence: nobody reads this


@web.middleware
async def own_pages_only(request: web.Request, handler: Handler) -> web.StreamResponse:
    """A foreign page in the same browser must not act for the people here."""
    origin = request.headers.get("Origin")
    if origin and request.method != "GET" and origin.partition("://")[2] != request.host:
        raise Refused("foreign_page", 403)
    return await handler(request)
