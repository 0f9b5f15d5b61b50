"""The addresses of the upload page. A link's token is a part of the address: it is a key, and is written to no log."""

from aiohttp import web
from dishka import AsyncContainer

from bot.web.upload.answers import told
from bot.web.upload.app import App
from bot.web.upload.desk import Desk
from bot.web.upload.page import UploadPage
from bot.web.upload.render import STATIC
from bot.web.upload.tus import Tus
from services.db.clock import Clock
from services.db.database import Database
from services.uploads.portraits import Portraits
from services.uploads.receive_bytes import ReceiveBytes

STATIC_PREFIX = "/upload/static"
PREFIX = "/upload/{token}"


async def add_upload_routes(application: web.Application, container: AsyncContainer) -> None:
    """The page, its state and pictures, the resumable uploads, the Mini App's door."""
    desk = Desk(container, await container.get(Database))
    page = UploadPage(desk, await container.get(Clock), await container.get(Portraits))
    app = App(desk)
    router = application.router
    router.add_get(f"{STATIC_PREFIX}/{{name}}", told(static))
    router.add_get(PREFIX, told(page.show))
    router.add_get(f"{PREFIX}/state", told(page.state))
    router.add_get(f"{PREFIX}/pages/{{submission:[0-9]{{1,15}}}}/{{number:[0-9]{{1,6}}}}", told(page.picture))
    router.add_get("/app", told(app.show))
    router.add_post("/app/enter", told(app.enter))
    Tus(desk, await container.get(ReceiveBytes)).add_routes(router, PREFIX)


async def static(request: web.Request) -> web.StreamResponse:
    """Our own few files by their exact names."""
    path = STATIC / request.match_info["name"]
    if path.parent != STATIC or not path.is_file():
        raise web.HTTPNotFound
    return web.FileResponse(path, headers={"Cache-Control": "public, max-age=86400"})
