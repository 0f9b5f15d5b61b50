"""The door of the Bot API: ``/bot<TOKEN>/<Method>`` and ``/file/bot<TOKEN>/<path>``."""

import time
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from sandbox.api import albums, answering, deleting, editing, files, polling, profile, sending, webhooks
from sandbox.api.call import Call, Described, Method
from sandbox.api.errors import MALFORMED, UNAUTHORIZED, ApiError, bad_request, not_found
from sandbox.api.models import known_methods
from sandbox.api.request import Params, read_params
from sandbox.api.validation import validated
from sandbox.state.bots import Bot
from sandbox.state.faults import Fault
from sandbox.state.files import StoredFile
from sandbox.state.journal import Entry
from sandbox.state.world import WORLD, World

DOWNLOAD = "download"


@dataclass
class Visit:
    """One request from arrival to answer, as the journal will tell it."""

    method: str
    params: Params = field(default_factory=Params)
    bot: Bot | None = None
    arrived: float = field(default_factory=time.monotonic)


class Dropped(Exception):  # noqa: N818 - not an error: the fault that was ordered
    """The connection must break now, with the work done or not."""


class Api:
    """Takes a request through its stations: token, fault, validation, method, journal."""

    def __init__(self, world: World) -> None:
        self.world = world
        groups = (albums, answering, deleting, editing, files, polling, profile, sending)
        every = webhooks.methods(self.run_reply)
        for group in groups:
            every |= group.METHODS
        self._methods: dict[str, Method] = {name.lower(): method for name, method in every.items()}

    async def handle(self, request: web.Request) -> web.StreamResponse:
        visit = Visit(request.match_info["method"])
        try:
            result = await self._serve(request, visit)
        except ApiError as error:
            self._note(visit, error.status, error.description)
            return _refusal(error)
        except Dropped:
            return self._cut(request, visit)
        self._note(visit, 200)
        return _success(result)

    async def _serve(self, request: web.Request, visit: Visit) -> Any:
        visit.bot = self._bot(request.match_info["token"])
        visit.params = await read_params(request, self.world.files)
        fault = await self.world.faults.strike(visit.method, visit.params.chat())
        _raise_before(fault)
        try:
            return await self._call(visit.bot, visit.method, visit.params)
        finally:
            _raise_after(fault)

    async def run_reply(self, bot: Bot, reply: dict[str, Any]) -> None:
        """The call in a webhook's answer: its result is nobody's to see, the journal has it."""
        visit = Visit(str(reply["method"]), Params({name: v for name, v in reply.items() if name != "method"}), bot)
        try:
            await self._call(bot, visit.method, visit.params)
            self._note(visit, 200)
        except ApiError as error:
            self._note(visit, error.status, error.description)

    def _bot(self, token: str) -> Bot:
        known = len(self.world.bots.all())
        try:
            bot = self.world.bots.authorize(token)
        except ValueError:
            raise ApiError(401, MALFORMED) from None
        if bot is None:
            raise ApiError(401, UNAUTHORIZED)
        if len(self.world.bots.all()) > known:
            self.world.hub.publish("bots", {}, bot=bot.id)
        return bot

    async def _call(self, bot: Bot, name: str, params: Params) -> Any:
        model = known_methods().get(name.lower())
        if model is None:
            raise not_found()
        method = self._methods.get(name.lower())
        if method is None:
            raise bad_request(f"method {name} is not supported by the sandbox")
        return await method(Call(self.world, bot, validated(model, params), params.uploads))

    def _cut(self, request: web.Request, visit: Visit) -> web.Response:
        """The connection breaks: the bot sees neither a yes nor a no."""
        self._note(visit, 0, "connection dropped")
        if request.transport:
            request.transport.abort()
        return web.Response(status=499)

    def _note(self, visit: Visit, status: int, description: str | None = None) -> None:
        entry = Entry(
            seq=self.world.journal.next_seq(),
            time=self.world.clock.now(),
            bot=visit.bot.id if visit.bot else None,
            method=visit.method,
            params=visit.params.for_journal(),
            status=status,
            description=description,
            took_ms=round((time.monotonic() - visit.arrived) * 1000),
        )
        self.world.journal.add(entry)
        self.world.hub.publish("request", entry.view(), person=visit.params.chat(), bot=entry.bot)

    async def download(self, request: web.Request) -> web.StreamResponse:
        visit = Visit(DOWNLOAD, Params({"path": request.match_info["path"]}))
        try:
            visit.bot = self._bot(request.match_info["token"])
            _raise_before(await self.world.faults.strike(DOWNLOAD, None))
            file = self._file(request.match_info["path"])
        except ApiError as error:
            self._note(visit, error.status, error.description)
            return _refusal(error)
        except Dropped:
            return self._cut(request, visit)
        self._note(visit, 200)
        return web.FileResponse(file.path, headers={"Content-Type": "application/octet-stream"})

    def _file(self, path: str) -> StoredFile:
        key = path.rpartition("/file_")[2].partition(".")[0]
        file = self.world.files.by_key(key)
        if file is None or files.path_of(file) != path or file.size > files.MAX_DOWNLOAD:
            raise ApiError(404, "Not Found")
        return file


def _raise_before(fault: Fault | None) -> None:
    if fault and fault.drop == "before":
        raise Dropped
    if fault and fault.drop is None and fault.status:
        raise ApiError(fault.status, fault.description, fault.retry_after)


def _raise_after(fault: Fault | None) -> None:
    if fault and fault.drop == "after":
        raise Dropped


def _success(result: Any) -> web.Response:
    if isinstance(result, Described):
        return web.json_response({"ok": True, "result": result.result, "description": result.description})
    return web.json_response({"ok": True, "result": result})


def _refusal(error: ApiError) -> web.Response:
    body: dict[str, Any] = {"ok": False, "error_code": error.status, "description": error.description}
    headers = {}
    if error.retry_after is not None:
        body["parameters"] = {"retry_after": error.retry_after}
        headers["Retry-After"] = str(error.retry_after)
    return web.json_response(body, status=error.status, headers=headers)


async def _nowhere(_: web.Request) -> web.Response:
    return _refusal(not_found())


def add_routes(app: web.Application) -> None:
    api = Api(app[WORLD])
    app.router.add_route("*", "/bot{token:[^/]+}/{method}", api.handle)
    app.router.add_get("/file/bot{token:[^/]+}/{path:.+}", api.download)
    app.router.add_route("*", "/bot{rest:.*}", _nowhere)
