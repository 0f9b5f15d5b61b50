"""GET /shelf: the sample scans of one folder, with small pictures of those that are pictures."""

import asyncio
import io
import mimetypes
import warnings
from pathlib import Path
from urllib.parse import quote

from aiohttp import web
from PIL import Image, UnidentifiedImageError

from sandbox.api.media import GENERIC
from sandbox.people.refused import Refused

SHELF: web.AppKey[Path | None] = web.AppKey("shelf")
PICTURES = {"image/jpeg", "image/png", "image/webp", "image/tiff"}
THUMBNAIL_PX = (120, 160)
MOST_SHOWN = 300


def _files(folder: Path | None) -> list[Path]:
    if folder is None or not folder.is_dir():
        return []
    found = [path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(".")]
    return sorted(found)[:MOST_SHOWN]


def _mime(path: Path) -> str:
    return mimetypes.guess_type(path.name)[0] or GENERIC


async def contents(request: web.Request) -> web.Response:
    folder = request.app[SHELF]
    return web.json_response([_card(folder, path) for path in _files(folder) if folder])


def _card(folder: Path, path: Path) -> dict[str, object]:
    name = path.relative_to(folder).as_posix()
    url = f"/shelf/{quote(name)}"
    thumbnail = f"{url}?thumbnail" if _mime(path) in PICTURES else None
    return {"name": name, "size": path.stat().st_size, "mime": _mime(path), "url": url, "thumbnail": thumbnail}


async def item(request: web.Request) -> web.StreamResponse:
    """Only what the list shows can be had, so no name leads out of the folder."""
    folder, name = request.app[SHELF], request.match_info["name"]
    path = next((one for one in _files(folder) if folder and one.relative_to(folder).as_posix() == name), None)
    if path is None:
        raise Refused("no_file", 404)
    if "thumbnail" not in request.query:
        headers = {"Content-Type": GENERIC, "X-Content-Type-Options": "nosniff"}
        return web.FileResponse(path, headers=headers)
    try:
        small = await asyncio.to_thread(_thumbnail, path)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise Refused("no_file", 404) from None
    return web.Response(body=small, content_type="image/jpeg", headers={"Cache-Control": "max-age=600"})


def _thumbnail(path: Path) -> bytes:
    sink = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        with Image.open(path) as picture:
            picture.draft("L", (THUMBNAIL_PX[0] * 2, THUMBNAIL_PX[1] * 2))
            small = picture.convert("RGB")
            small.thumbnail(THUMBNAIL_PX)
            small.save(sink, "JPEG", quality=80)
    return sink.getvalue()


def add_routes(app: web.Application) -> None:
    app.router.add_get("/shelf", contents)
    app.router.add_get("/shelf/{name:.+}", item)
