"""The page itself, what keeps it fresh, and the pictures on it."""

from typing import Any

from aiohttp import web

from bot.web.upload import render
from bot.web.upload.desk import Desk, Visit
from services.conversation.refusal import Refusal
from services.db.clock import Clock
from services.submissions.window import require_open
from services.texts import Texts
from services.uploads.limits import LARGEST
from services.uploads.list_files import FileList, ListFiles
from services.uploads.portraits import Portraits
from services.uploads.refused import NoSuchUploadError
from services.uploads.screens import RowWords, row_words, totals
from services.uploads.show_page import ShowPage
from services.uploads.stamp import StampOf

MOST_KNOWN = 200
FOR_A_DAY = "private, max-age=86400, immutable"


class UploadPage:
    """Everything the browser asks for besides sending bytes."""

    def __init__(self, desk: Desk, clock: Clock, portraits: Portraits) -> None:
        self.desk = desk
        self.clock = clock
        self.portraits = portraits

    async def show(self, request: web.Request) -> web.Response:
        """The whole page, with the list as it stands: it needs no script to be read."""
        async with self.desk.visit(request) as visit:
            files = await (await visit.scope.get(ListFiles))(visit.visitor)
            body = render.page(visit.texts, **self.values(visit, files))
        return web.Response(text=body, content_type="text/html", headers={"Cache-Control": "no-store"})

    def values(self, visit: Visit, files: FileList) -> dict[str, Any]:
        college, texts, closed = visit.visitor.college, visit.texts, self.closed(visit)
        return {
            "college": college.organisation.name,
            "event": college.event.title,
            "until": texts.moment(visit.visitor.grant.expires, college.region.time_zone),
            "closed": closed,
            "limit": LARGEST // 1_000_000,
            "limits": render.as_data({"largest": LARGEST, "base": visit.base}),
            "rows": [row_words(texts, row, is_open=not closed) for row in files.rows],
            "totals": totals(texts, files, is_open=not closed),
            "base": visit.base,
        }

    async def state(self, request: web.Request) -> web.Response:
        """What has changed: rows that the browser does not have yet, named by their digests in `have`."""
        async with self.desk.visit(request) as visit:
            stamp = f'"{await (await visit.scope.get(StampOf))(visit.visitor)}"'
            if request.headers.get("If-None-Match") == stamp:
                return web.Response(status=304, headers={"ETag": stamp})
            files = await (await visit.scope.get(ListFiles))(visit.visitor)
            known = set(request.query.get("have", "").split(",")[:MOST_KNOWN])
            body = self.fresh(visit, files, known)
        return web.json_response(body, headers={"ETag": stamp, "Cache-Control": "no-cache"})

    def fresh(self, visit: Visit, files: FileList, known: set[str]) -> dict[str, Any]:
        closed = self.closed(visit)
        words = [row_words(visit.texts, row, is_open=not closed) for row in files.rows]
        counted = totals(visit.texts, files, is_open=not closed)
        return {
            "rows": [fresh_row(visit.texts, row, visit.base, known) for row in words],
            "totals": render.render("totals.html", visit.texts, totals=counted),
            "older": counted.older,
            "busy": files.settled < files.files,
            "closed": closed,
        }

    def closed(self, visit: Visit) -> str:
        """Why no more scans are taken, as HTML of ours; empty while they are."""
        college = visit.visitor.college
        try:
            require_open(college.participation, college, self.clock.now(), visit.texts)
        except Refusal as refusal:
            return visit.texts.html(refusal.key, **refusal.values)
        return ""

    async def picture(self, request: web.Request) -> web.Response:
        submission, number = int(request.match_info["submission"]), int(request.match_info["number"])
        async with self.desk.visit(request) as visit:
            page = await (await visit.scope.get(ShowPage))(visit.visitor, submission, number - 1)
        body = await self.portraits(page, small="small" in request.query)
        if body is None:
            raise NoSuchUploadError
        return web.Response(body=body, content_type="image/jpeg", headers={"Cache-Control": FOR_A_DAY})


def fresh_row(texts: Texts, words: RowWords, base: str, known: set[str]) -> dict[str, Any]:
    html = render.row(texts, words, base)
    digest = render.digest_of(html)
    row: dict[str, Any] = {"key": words.key, "digest": digest, "coming": words.may_cancel}
    return row if digest in known else {**row, "html": html}
