"""A person at the upload page, by plain HTTP: what a browser sends, without the browser."""

import base64
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from aiohttp import ClientResponse, ClientSession
from sqlalchemy import text

from sandbox.client import Person
from services.db.database import Database
from services.uploads.link import Grant, UploadLinks
from tests.wired.world import World

TUS = {"Tus-Resumable": "1.0.0"}
OCTETS = "application/offset+octet-stream"


@dataclass
class Visitor:
    """One link, and the requests that a page makes by it."""

    http: ClientSession
    base: str
    person: Person
    grant: Grant

    async def announces(self, name: str, size: int, mark: str = "", **headers: str) -> ClientResponse:
        metadata = f"filename {encoded(name)},fingerprint {encoded(mark or name)}"
        said = {**TUS, "Upload-Length": str(size), "Upload-Metadata": metadata, **headers}
        return await self.http.post(f"{self.base}/files", headers=said)

    async def begins(self, name: str, size: int, mark: str = "") -> str:
        """The address of a new upload."""
        answer = await self.announces(name, size, mark)
        assert answer.status in (200, 201), await answer.text()
        return f"{self.origin}{answer.headers['Location']}"

    async def adds(self, place: str, offset: int, data: Any) -> ClientResponse:
        said = {**TUS, "Upload-Offset": str(offset), "Content-Type": OCTETS}
        return await self.http.patch(place, headers=said, data=data)

    async def stands(self, place: str) -> int:
        answer = await self.http.head(place, headers=TUS)
        assert answer.status == 200
        return int(answer.headers["Upload-Offset"])

    async def uploads(self, name: str, data: bytes) -> str:
        """A whole file in one piece; returns the key of the upload."""
        place = await self.begins(name, len(data))
        answer = await self.adds(place, 0, io.BytesIO(data))
        assert (answer.status, answer.headers.get("Upload-Offset")) == (204, str(len(data))), await answer.text()
        return place.rpartition("/")[2]

    async def page(self) -> str:
        answer = await self.http.get(self.base)
        assert answer.status == 200
        return (await answer.text()).replace("\u00a0", " ")

    async def state(self, **options: Any) -> dict[str, Any]:
        answer = await self.http.get(f"{self.base}/state", **options)
        assert answer.status == 200
        return await answer.json()

    @property
    def origin(self) -> str:
        return self.base.partition("/upload/")[0]


def encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


async def grant_of(world: World, person: Person, **changes: Any) -> Grant:
    """What the chat's link grants, by the database's ids."""
    (row,) = await world.read("SELECT person_id, bot_id, chat_id FROM account WHERE chat_id = :chat", chat=person.id)
    usual = {"participation_id": 1, "expires": datetime.now(UTC) + timedelta(days=1)}
    return Grant(**{**row, **usual, **changes})


async def base_of(world: World, grant: Grant) -> str:
    links = await world.product.container.get(UploadLinks)
    return f"http://127.0.0.1:{world.product.port}/upload/{links.token(grant)}"


@asynccontextmanager
async def visitor_of(world: World, person: Person, **changes: Any) -> AsyncIterator[Visitor]:
    grant = await grant_of(world, person, **changes)
    async with ClientSession() as http:
        yield Visitor(http, await base_of(world, grant), person, grant)


async def change(world: World, sql: str) -> None:
    """What somebody else did to the database meanwhile."""
    database = await world.product.container.get(Database)
    async with database.transaction() as session:
        await session.execute(text(sql))


async def own(world: World, visitor: Visitor, what: str, table: str) -> list[dict[str, Any]]:
    """A visitor's own rows, oldest first."""
    sql = f"SELECT {what} FROM {table} WHERE person_id = :person ORDER BY id"
    return await world.read(sql, person=visitor.grant.person_id)
