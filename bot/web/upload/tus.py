"""Resumable uploads: tus 1.0, core protocol with creation, termination and expiration (https://tus.io/protocols).

Every answer names the version; a client of another one gets 412. The same file announced again is the same upload.
"""

import asyncio
import base64
import binascii
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from email.utils import format_datetime

from aiohttp import ClientError, StreamReader, web

from bot.web.upload.answers import Handler, sentence, texts_for, told
from bot.web.upload.desk import TOKEN, Desk
from services.uploads.begin_upload import Announcement, BeginUpload
from services.uploads.cancel_upload import CancelUpload
from services.uploads.limits import LARGEST, STALE_AFTER
from services.uploads.receive_bytes import ReceiveBytes
from services.uploads.visitor import Visitor

VERSION = "1.0.0"
SPEAKS = {
    "Tus-Version": VERSION,
    "Tus-Extension": "creation,termination,expiration",
    "Tus-Max-Size": str(LARGEST),
}
OCTETS = "application/offset+octet-stream"
WHOLE = re.compile(r"[0-9]{1,18}", re.ASCII)
MOST_METADATA = 4096
PIECE_BYTES = 1 << 20
SILENCE_S = 10.0
"""A sender that is silent for so long has lost its way here: its upload is free for the next request."""


class Tus:
    """The five methods of the protocol."""

    def __init__(self, desk: Desk, receive: ReceiveBytes) -> None:
        self.desk = desk
        self.receive = receive

    def add_routes(self, router: web.UrlDispatcher, prefix: str) -> None:
        files, one = f"{prefix}/files", f"{prefix}/files/{{key:[A-Za-z0-9_-]{{8,64}}}}"
        router.add_route("OPTIONS", files, told(self.options))
        router.add_route("POST", files, speaking(self.create))
        router.add_route("HEAD", one, speaking(self.where))
        router.add_route("PATCH", one, speaking(self.add))
        router.add_route("DELETE", one, speaking(self.cancel))

    async def options(self, _request: web.Request) -> web.Response:
        return web.Response(status=204, headers={"Tus-Resumable": VERSION, **SPEAKS})

    async def create(self, request: web.Request) -> web.Response:
        """201 with the upload's address; 200 where the same file has begun before, with how far it is."""
        size = whole(request.headers.get("Upload-Length", ""))
        metadata = metadata_of(request.headers.get("Upload-Metadata", ""))
        async with self.desk.visit(request) as visit:
            if size is None or metadata is None:
                return sentence(visit.texts("web.refused.announced"), 400)
            announced = Announcement(metadata.get("filename", ""), size, metadata.get("fingerprint", ""))
            upload = await (await visit.scope.get(BeginUpload))(visit.visitor, announced)
        headers = {
            "Location": f"/upload/{request.match_info[TOKEN]}/files/{upload.key}",
            "Upload-Offset": str(upload.received),
            "Upload-Expires": format_datetime(upload.touched_at + STALE_AFTER, usegmt=True),
        }
        return web.Response(status=200 if upload.received else 201, headers=headers)

    async def where(self, request: web.Request) -> web.Response:
        received, size = await self.receive.stands_at(await self.visitor(request), request.match_info["key"])
        headers = {"Upload-Offset": str(received), "Upload-Length": str(size), "Cache-Control": "no-store"}
        return web.Response(status=200, headers=headers)

    async def add(self, request: web.Request) -> web.Response:
        visitor = await self.visitor(request)
        texts = texts_for(request)
        if request.content_type != OCTETS:
            return sentence(texts("web.refused.announced"), 415)
        place = whole(request.headers.get("Upload-Offset", ""))
        if place is None:
            return sentence(texts("web.refused.announced"), 400)
        received = await self.receive(visitor, request.match_info["key"], place, pieces(request.content))
        return web.Response(status=204, headers={"Upload-Offset": str(received)})

    async def cancel(self, request: web.Request) -> web.Response:
        async with self.desk.visit(request) as visit:
            await (await visit.scope.get(CancelUpload))(visit.visitor, request.match_info["key"])
        return web.Response(status=204)

    async def visitor(self, request: web.Request) -> Visitor:
        """No transaction is held while bytes come in."""
        async with self.desk.visit(request) as visit:
            return visit.visitor


def speaking(handler: Callable[[web.Request], Awaitable[web.Response]]) -> Handler:
    """The handler for clients that speak our version."""

    async def spoken(request: web.Request) -> web.StreamResponse:
        if request.headers.get("Tus-Resumable") != VERSION:
            response: web.StreamResponse = web.Response(status=412, headers=SPEAKS)
        else:
            response = await answered(request)
        response.headers["Tus-Resumable"] = VERSION
        return response

    answered = told(handler)
    return spoken


async def pieces(content: StreamReader) -> AsyncIterator[bytes]:
    """The body in pieces of about 1 MB. It ends early where the connection does, or where nothing comes any more."""
    gathered = bytearray()
    while data := await next_bytes(content):
        gathered += data
        if len(gathered) >= PIECE_BYTES:
            yield bytes(gathered)
            gathered.clear()
    if gathered:
        yield bytes(gathered)


async def next_bytes(content: StreamReader) -> bytes:
    try:
        async with asyncio.timeout(SILENCE_S):
            return await content.readany()
    except (TimeoutError, ConnectionError, ClientError, web.RequestPayloadError):
        return b""


def whole(text: str) -> int | None:
    return int(text) if WHOLE.fullmatch(text) else None


def metadata_of(header: str) -> dict[str, str] | None:
    """`name base64, name base64`; None where it is neither. Words that are no UTF-8 are read as well as they can be."""
    if len(header) > MOST_METADATA:
        return None
    found = {}
    for part in filter(None, (part.strip() for part in header.split(","))):
        name, _, encoded = part.partition(" ")
        try:
            found[name] = base64.b64decode(encoded.strip(), validate=True).decode("utf-8", "replace")
        except (binascii.Error, ValueError):
            return None
    return found
