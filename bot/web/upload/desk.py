"""What every request of the upload page needs: who has come, in one transaction."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web
from dishka import AsyncContainer
from sqlalchemy.ext.asyncio import AsyncSession

from services.db.database import Database
from services.texts import Texts, load_texts
from services.uploads.enter import Enter
from services.uploads.visitor import Visitor

TOKEN = "token"  # noqa: S105 (a part of the address)
TEXTS = web.RequestKey("texts", Texts)
"""Where a request keeps the texts in its person's language."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A visitor whose rights were asked for just now, the scope of this request, and the language to speak.

    `base` is the address that all of the visitor's addresses begin with.
    """

    visitor: Visitor
    scope: AsyncContainer
    texts: Texts
    base: str


class Desk:
    """Opens a transaction for a request and lets its sender in."""

    def __init__(self, container: AsyncContainer, database: Database) -> None:
        self.container = container
        self.database = database

    @asynccontextmanager
    async def scope(self) -> AsyncIterator[AsyncContainer]:
        """A request's container with its own transaction."""
        async with self.database.transaction() as session, self.container(context={AsyncSession: session}) as scope:
            yield scope

    @asynccontextmanager
    async def visit(self, request: web.Request) -> AsyncIterator[Visit]:
        """Raises WrongLink."""
        async with self.scope() as scope:
            token = request.match_info[TOKEN]
            visitor = await (await scope.get(Enter))(token)
            request[TEXTS] = load_texts(visitor.person.language)
            yield Visit(visitor, scope, request[TEXTS], f"/upload/{token}")
