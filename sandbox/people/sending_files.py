"""POST /people/{id}/files: a person sends files, as documents or as photos, one by one or as an album."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from sandbox.api.albums import LARGEST, new_group
from sandbox.api.entities import found_in, utf16_length
from sandbox.api.media import clean_name, guessed_mime
from sandbox.api.request import BrokenBodyError, Upload, read_parts
from sandbox.api.texts import MAX_CAPTION
from sandbox.people.place import Place, json_body, person_of, place_of, whole_number
from sandbox.people.refused import Refused
from sandbox.people.talking import draft, send
from sandbox.state.chats import Media, Message
from sandbox.state.files import Files
from sandbox.state.pictures import PictureError, as_photo
from sandbox.state.world import WORLD

MAX_SENT = 2 * 1024**3
LONGEST_GAP_MS = 30_000


@dataclass
class Parcel:
    """What came in one request: files in their order, and how they are meant."""

    uploads: list[Upload] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        kind = self.fields.get("as") or "document"
        if kind not in {"document", "photo"}:
            raise Refused("send_as")
        return kind

    @property
    def album(self) -> bool:
        return self.fields.get("album", "0").lower() in {"1", "true", "yes", "on"} and len(self.uploads) > 1

    @property
    def gap_s(self) -> float:
        return min(whole_number(self.fields.get("gap_ms", 0), "gap_ms"), LONGEST_GAP_MS) / 1000


async def send_files(request: web.Request) -> web.Response:
    """Multipart: files, and the fields as=document|photo, album=0|1, caption, bot, gap_ms (between the parts).

    JSON ``{"name", "size", "mime"?}`` instead sends a file of that size without its bytes (zeros).
    """
    person_of(request)
    parcel = await _read(request, request.app[WORLD].files)
    place = place_of(request, parcel.fields.get("bot"))
    place.require_open()
    if not parcel.uploads:
        raise Refused("no_files")
    caption = parcel.fields.get("caption", "").strip()
    if utf16_length(caption) > MAX_CAPTION:
        raise Refused("too_long")
    media = [await _media(place, parcel.kind, upload) for upload in parcel.uploads]
    before = place.world.hub.change
    sent = await _send_all(place, media, caption, parcel)
    return web.json_response({"change": before, "messages": sent, "message_id": sent[-1]["message_id"]})


async def _read(request: web.Request, files: Files) -> Parcel:
    if request.content_type == "application/json":
        return _declared(await json_body(request), files)
    if request.content_type != "multipart/form-data":
        raise Refused("no_files")
    parcel = Parcel()
    try:
        async for name, content in read_parts(request, files):
            if isinstance(content, Upload):
                parcel.uploads.append(content)
            else:
                parcel.fields[name] = content
    except BrokenBodyError:
        raise Refused("no_files") from None
    return parcel


def _declared(body: dict[str, Any], files: Files) -> Parcel:
    size = whole_number(body.get("size"), "size")
    if not 0 <= size <= MAX_SENT:
        raise Refused("too_large")
    path = files.fresh_path()
    with path.open("wb") as sparse:
        sparse.truncate(size)
    name = str(body.get("name") or "file")
    fields = {key: str(value) for key, value in body.items() if key not in {"name", "size", "mime"}}
    return Parcel([Upload(name, str(body.get("mime") or ""), path, size)], fields)


async def _media(place: Place, kind: str, upload: Upload) -> Media:
    name = clean_name(upload.name)
    if upload.size > MAX_SENT:
        raise Refused("too_large")
    if kind == "document":
        stored = place.world.files.add(upload.path, kind, name, guessed_mime(name, upload.mime))
        return Media(kind, [stored])
    try:
        return Media(kind, await as_photo(place.world.files, upload.path))
    except PictureError:
        raise Refused("not_a_picture", name=name) from None


async def _send_all(place: Place, media: list[Media], caption: str, parcel: Parcel) -> list[dict[str, Any]]:
    sent: list[dict[str, Any]] = []
    step = LARGEST if parcel.album else 1
    for part in (media[start : start + step] for start in range(0, len(media), step)):
        group = new_group() if len(part) > 1 else None
        for one in part:
            if sent and parcel.gap_s:
                await asyncio.sleep(parcel.gap_s)
            sent.append(send(place, _message(place, one, group, "" if sent else caption)))
    return sent


def _message(place: Place, media: Media, group: str | None, caption: str) -> Message:
    message = draft(place)
    message.media, message.group = media, group
    message.text, message.entities = caption, found_in(caption)
    return message


def add_routes(app: web.Application) -> None:
    app.router.add_post("/people/{id}/files", send_files)
