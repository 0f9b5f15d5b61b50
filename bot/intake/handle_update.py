"""Takes one saved update through the dispatcher."""

from collections.abc import Mapping

import structlog
from aiogram import Bot, Dispatcher
from aiogram.types import Update

from services.conversation.screen import Action, Screen
from services.db.clock import Clock
from services.db.database import Database
from services.inbox.inbox import Inbox, chat_key
from services.inbox.models import InboxUpdate
from services.outbox.outbox import Chat, Outbox
from services.texts import load_texts

log = structlog.get_logger(__name__)


class HandleUpdate:
    """One update: handled once, or tried again later, or given up with an apology that carries a code for support."""

    def __init__(
        self, database: Database, clock: Clock, inbox: Inbox, dispatcher: Dispatcher, bots: Mapping[int, Bot]
    ) -> None:
        self.database = database
        self.clock = clock
        self.inbox = inbox
        self.dispatcher = dispatcher
        self.bots = bots

    async def __call__(self, row_id: int) -> None:
        async with self.database.transaction() as session:
            row = await session.get_one(InboxUpdate, row_id)
        with structlog.contextvars.bound_contextvars(trace=f"u{row_id}"):
            try:
                bot = self.bots[row.bot_id]
                update = Update.model_validate(row.raw, context={"bot": bot})
                await self.dispatcher.feed_update(bot, update, inbox_id=row_id)
            except Exception as error:  # the edge of the loop: a fault in one update must not lose it or stop others
                log.exception("update.failed")
                if await self.inbox.failed(row_id, type(error).__name__):
                    await self.apologise(row)
            else:
                log.info("update.done")

    async def apologise(self, row: InboxUpdate) -> None:
        """The update is given up: the person hears that it is our fault, that nothing is lost, and what to do."""
        log.error("update.dead")
        if not chat_key(row.raw).lstrip("-").isdigit():
            return
        texts = load_texts("ru")
        screen = Screen(texts.html("apology", code=f"U{row.id}"), rows=((Action(texts("button.home"), "home"),),))
        async with self.database.transaction() as session:
            chat = Chat(row.bot_id, int(chat_key(row.raw)))
            await Outbox(session, self.clock).say(chat, screen, key=f"apology-{row.id}")
