"""Photos and documents of a request: sent along, or known by a file id."""

import mimetypes
from pathlib import PurePath

from sandbox.api.call import Call
from sandbox.api.errors import bad_request
from sandbox.api.request import Upload
from sandbox.state.chats import Media
from sandbox.state.pictures import PictureError, as_photo

MAX_PHOTO = 10 * 1024 * 1024
GENERIC = "application/octet-stream"


async def media_from(call: Call, kind: str, source: str) -> Media:
    """``source`` is ``attach://name`` or a file id. Raises ApiError 400."""
    if not isinstance(source, str) or not source:
        raise bad_request(f"there is no {kind} in the request")
    if not source.startswith("attach://"):
        return _known(call, kind, source)
    upload = call.uploads.get(source.removeprefix("attach://"))
    if upload is None:
        raise bad_request(f"there is no {kind} in the request")
    return await _uploaded(call, kind, upload)


def _known(call: Call, kind: str, file_id: str) -> Media:
    file = call.world.files.by_id(call.bot.id, file_id)
    if file is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if file.kind != kind:
        raise bad_request(f"can't use file of type {file.kind.capitalize()} as {kind.capitalize()}")
    return Media(kind, [file])


async def _uploaded(call: Call, kind: str, upload: Upload) -> Media:
    if upload.size == 0:
        raise bad_request("file must be non-empty")
    if kind == "document":
        return document(call, upload)
    if upload.size > MAX_PHOTO:
        raise bad_request(
            f"file of size {upload.size} bytes is too big for a photo; the maximum size is {MAX_PHOTO} bytes"
        )
    try:
        return Media("photo", await as_photo(call.world.files, upload.path))
    except PictureError as error:
        raise bad_request(str(error)) from None


def document(call: Call, upload: Upload) -> Media:
    name = clean_name(upload.name)
    return Media("document", [call.world.files.add(upload.path, "document", name, guessed_mime(name, upload.mime))])


def clean_name(name: str) -> str:
    """The last part of whatever path was sent, never empty."""
    return PurePath(name.replace("\\", "/")).name or "file"


def guessed_mime(name: str, told: str) -> str:
    """By the name's ending, as the server does; what the sender told is the second choice."""
    return mimetypes.guess_type(name)[0] or told or GENERIC
