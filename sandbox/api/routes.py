"""The door of the Bot API: ``/bot<TOKEN>/<Method>`` and ``/file/bot<TOKEN>/<path>``."""

import time
from typing import Any

from aiohttp import web

from sandbox.api import albums, answering, deleting, editing, files, polling, profile, sending, webhooks
from sandbox.api.call import Call, Described, Method
from sandbox.api.errors import INVALID_TOKEN, UNAUTHORIZED, ApiError, bad_request, not_found
from sandbox.api.request import Params, read_params
from sandbox.api.validation import known_methods, validated
from sandbox.state.bots import Bot
from sandbox.state.faults import Fault
from sandbox.state.files import StoredFile
from sandbox.state.journal import Entry
from sandbox.state.world import WORLD, World

DOWNLOAD = "download"


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
        started = time.monotonic()
        method, params, bot = request.match_info["method"], Params(), None
        fault: Fault | None = None
        try:
            bot = self._bot(request.match_info["token"])
            params = await read_params(request, self.world.files)
            fault = await self.world.faults.strike(method, params.chat())
            if fault and fault.drop == "before":
                return self._cut(request, bot, method, params, started)
            if fault and fault.drop is None and fault.status:
                raise ApiError(fault.status, fault.description, fault.retry_after)
            response = _success(await self._call(bot, method, params))
        except ApiError as error:
            response = _refusal(error)
        if fault and fault.drop == "after":
            return self._cut(request, bot, method, params, started)
        self._note(bot, method, params, response.status, _description(response), started)
        return response

    async def run_reply(self, bot: Bot, reply: dict[str, Any]) -> None:
        """The call in a webhook's answer: its result is nobody's to see, the journal has it."""
        started, params = time.monotonic(), Params({name: v for name, v in reply.items() if name != "method"})
        try:
            await self._call(bot, str(reply["method"]), params)
            self._note(bot, reply["method"], params, 200, None, started)
        except ApiError as error:
            self._note(bot, reply["method"], params, error.status, error.description, started)

    def _bot(self, token: str) -> Bot:
        known = len(self.world.bots.all())
        try:
            bot = self.world.bots.authorize(token)
        except ValueError:
            raise ApiError(401, INVALID_TOKEN) from None
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

    def _cut(self, request: web.Request, bot: Bot, method: str, params: Params, started: float) -> web.Response:
        """The connection breaks: the bot sees neither a yes nor a no."""
        self._note(bot, method, params, 0, "connection dropped", started)
        if request.transport:
            request.transport.abort()
        return web.Response(status=499)

    def _note(self, bot: Bot | None, method: str, params: Params, status: int, why: str | None, began: float) -> None:
        took = round((time.monotonic() - began) * 1000)
        entry = Entry(
            seq=self.world.journal.next_seq(),
            time=self.world.clock.now(),
            bot=bot.id if bot else None,
            method=method,
            params=params.for_journal(),
            status=status,
            description=why,
            took_ms=took,
        )
        self.world.journal.add(entry)
        self.world.hub.publish("request", entry.view(), person=params.chat(), bot=entry.bot)

    async def download(self, request: web.Request) -> web.StreamResponse:
        started = time.monotonic()
        try:
            bot = self._bot(request.match_info["token"])
            params = Params({"path": request.match_info["path"]})
            fault = await self.world.faults.strike(DOWNLOAD, None)
            if fault and fault.drop:
                return self._cut(request, bot, DOWNLOAD, params, started)
            if fault and fault.status:
                raise ApiError(fault.status, fault.description)
            file = self._file(request.match_info["path"])
        except ApiError as error:
            return _refusal(error)
        self._note(bot, DOWNLOAD, params, 200, None, started)
        return web.FileResponse(file.path, headers={"Content-Type": "application/octet-stream"})

    def _file(self, path: str) -> StoredFile:
        key = path.rpartition("/file_")[2].partition(".")[0]
        file = self.world.files.by_key(key)
        if file is None or files.path_of(file) != path or file.size > files.MAX_DOWNLOAD:
            raise ApiError(404, "Not Found")
        return file


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
    response = web.json_response(body, status=error.status, headers=headers)
    response["why"] = error.description
    return response


def _description(response: web.Response) -> str | None:
    return response.get("why")


async def _nowhere(_: web.Request) -> web.Response:
    return _refusal(not_found())


def add_routes(app: web.Application) -> None:
    api = Api(app[WORLD])
    app.router.add_route("*", "/bot{token:[^/]+}/{method}", api.handle)
    app.router.add_get("/file/bot{token:[^/]+}/{path:.+}", api.download)
    app.router.add_route("*", "/bot{rest:.*}", _nowhere)
