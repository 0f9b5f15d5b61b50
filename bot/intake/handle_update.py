"""Takes one saved update through the dispatcher."""

import asyncio
from collections.abc import Mapping

import structlog
from aiogram import Bot
from aiogram.types import Update
from dishka import AsyncContainer
from sqlalchemy.ext.asyncio import AsyncSession

from bot.dispatcher import the_dispatcher
from services.accounts.queries import is_known
from services.conversation.screen import Action, Screen
from services.db.clock import Clock
from services.db.database import Database
from services.inbox.inbox import Inbox
from services.inbox.models import InboxUpdate
from services.outbox.outbox import Chat, Outbox
from services.texts import load_texts

log = structlog.get_logger(__name__)

LONGEST_S = 60.0
"""A handler that hangs would hold up its chat, and on SQLite everybody."""


class HandleUpdate:
    """One update: handled once, or tried again later, or given up with an apology that carries a code for support."""

    def __init__(
        self, container: AsyncContainer, database: Database, clock: Clock, inbox: Inbox, bots: Mapping[int, Bot]
    ) -> None:
        self.container = container
        self.database = database
        self.clock = clock
        self.inbox = inbox
        self.dispatcher = the_dispatcher()
        self.bots = bots

    async def __call__(self, row_id: int) -> None:
        async with self.database.transaction() as session:
            row = await session.get_one(InboxUpdate, row_id)
        with structlog.contextvars.bound_contextvars(trace=f"u{row_id}"):
            try:
                async with asyncio.timeout(LONGEST_S):
                    await self.handle(row)
            except Exception as error:  # the edge of the loop: a fault in one update must not lose it or stop others
                log.exception("update.failed")
                await self.failed(row, error)
            else:
                log.info("update.done")

    async def handle(self, row: InboxUpdate) -> None:
        bot = self.bots[row.bot_id]
        update = Update.model_validate(row.raw, context={"bot": bot})
        await self.dispatcher.feed_update(bot, update, inbox_id=row.id, raw=row.raw, container=self.container)

    async def failed(self, row: InboxUpdate, error: Exception) -> None:
        """In one transaction: where the update is given up, the person is told."""
        async with self.database.transaction() as session:
            if await self.inbox.failed(session, row.id, type(error).__name__):
                log.error("update.dead")
                await self.apologise(session, row)

    async def apologise(self, session: AsyncSession, row: InboxUpdate) -> None:
        """The person hears that it is our fault, that nothing is lost, and what to do. Groups are left in peace."""
        if not row.chat_key.isdigit():
            return
        texts = load_texts("ru")
        screen = Screen(texts.html("apology", code=f"U{row.id}"), rows=((Action(texts("button.home"), "home"),),))
        chat = Chat(row.bot_id, int(row.chat_key))
        passing = not await is_known(session, chat)
        await Outbox(session, self.clock).say(chat, screen, key=f"apology-{row.id}", passing=passing)
