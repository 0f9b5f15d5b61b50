"""POST /people/{id}/block, /unblock: the bot is told, and may not write meanwhile."""

from aiohttp import web

from sandbox.people.place import Place, json_body, place_of


def _member(place: Place, status: str) -> dict[str, object]:
    return {"user": place.bot.as_user(), "status": status} | ({"until_date": 0} if status == "kicked" else {})


def _change(place: Place, *, blocked: bool) -> None:
    if place.chat.blocked == blocked:
        return
    place.chat.blocked = blocked
    old, new = ("member", "kicked") if blocked else ("kicked", "member")
    payload = {
        "chat": place.person.as_chat(),
        "from": place.person.as_user(),
        "date": place.world.timestamp(),
        "old_chat_member": _member(place, old),
        "new_chat_member": _member(place, new),
    }
    place.world.tell_bot(place.bot, "my_chat_member", place.person.id, payload)
    place.world.hub.publish("blocked", {"blocked": blocked}, person=place.person.id, bot=place.bot.id)


async def _answer(request: web.Request, *, blocked: bool) -> web.Response:
    place = place_of(request, (await json_body(request)).get("bot"))
    _change(place, blocked=blocked)
    return web.json_response({"blocked": blocked})


async def block(request: web.Request) -> web.Response:
    return await _answer(request, blocked=True)


async def unblock(request: web.Request) -> web.Response:
    return await _answer(request, blocked=False)


def add_routes(app: web.Application) -> None:
    app.router.add_post("/people/{id}/block", block)
    app.router.add_post("/people/{id}/unblock", unblock)
