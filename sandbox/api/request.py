"""Reads a request of the Bot API: address line, form, JSON or multipart, in any mixture the server allows."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiohttp import BodyPartReader, web

from sandbox.api.errors import TOO_LARGE, ApiError, bad_request
from sandbox.state.files import Files

MAX_UPLOAD = 50 * 1024 * 1024
CHUNK = 256 * 1024


@dataclass(frozen=True)
class Upload:
    """A file sent along, already on disk."""

    name: str
    mime: str
    path: Path
    size: int


@dataclass
class Params:
    """Values as sent (text, or JSON values) and the files by their field names."""

    values: dict[str, Any] = field(default_factory=dict)
    uploads: dict[str, Upload] = field(default_factory=dict)

    def chat(self) -> int | None:
        """The chat asked for, if it is a plain id."""
        try:
            return int(self.values.get("chat_id", ""))
        except (TypeError, ValueError):
            return None

    def for_journal(self) -> dict[str, Any]:
        files = {name: f"<{upload.name}, {upload.size}>" for name, upload in self.uploads.items()}
        return self.values | files


async def read_params(request: web.Request, files: Files) -> Params:
    """Raises ApiError 400 for broken JSON, 413 for more than 50 MB of files."""
    params = Params(dict(request.query))
    kind = request.content_type
    if kind == "application/json":
        params.values |= await _json_body(request)
    elif kind == "multipart/form-data":
        await _multipart_body(request, files, params)
    elif kind == "application/x-www-form-urlencoded":
        params.values |= {name: str(value) for name, value in (await request.post()).items()}
    return params


async def _json_body(request: web.Request) -> dict[str, Any]:
    raw = await request.read()
    if not raw.strip():
        return {}
    try:
        body = json.loads(raw)
    except ValueError:
        raise bad_request("can't parse JSON object") from None
    if not isinstance(body, dict):
        raise bad_request("can't parse JSON object")
    return body


async def _multipart_body(request: web.Request, files: Files, params: Params) -> None:
    try:
        async for name, content in read_parts(request, files):
            if isinstance(content, Upload):
                params.uploads[name] = content
            else:
                params.values[name] = content
    except BrokenBodyError:
        raise bad_request("can't parse multipart form data") from None
    if sum(upload.size for upload in params.uploads.values()) > MAX_UPLOAD:
        raise ApiError(413, TOO_LARGE)


class BrokenBodyError(ValueError):
    """A body that calls itself multipart and is not."""


async def read_parts(request: web.Request, files: Files) -> AsyncIterator[tuple[str, str | Upload]]:
    """The parts of a multipart body by their names: texts, and files as they lie on disk. Raises BrokenBodyError."""
    try:
        async for part in await request.multipart():
            if isinstance(part, BodyPartReader) and part.name is not None:
                yield part.name, await part.text() if part.filename is None else await save_part(part, files)
    except ValueError as error:
        raise BrokenBodyError from error


async def save_part(part: BodyPartReader, files: Files) -> Upload:
    """Streams one part to disk, so that a big file never fills the memory."""
    path = files.fresh_path()
    size = 0
    with path.open("wb") as sink:
        while chunk := await part.read_chunk(CHUNK):
            sink.write(chunk)
            size += len(chunk)
    mime = part.headers.get("Content-Type", "application/octet-stream").partition(";")[0]
    return Upload(part.filename or "file", mime, path, size)
