"""What everything stands on: settings, database, clock, files, the messenger, recognition, jobs."""

import time
from collections.abc import AsyncIterator, Mapping

from aiogram import Bot
from dishka import Provider, Scope, from_context, provide
from sqlalchemy.ext.asyncio import AsyncSession

from bot.figures import Figures
from bot.make_bot import make_bot
from bot.make_store import make_store
from bot.measured_pool import MeasuredPool
from bot.settings import Settings
from recognition.limits import DEFAULT
from recognition.pool import Pool
from services.db.clock import Clock
from services.db.database import Database, make_engine
from services.db.slot import Slot, slot_on
from services.files.store import FileStore
from services.inbox.inbox import Inbox
from services.jobs.engine import JobEngine
from services.jobs.jobs import Jobs
from services.outbox.outbox import Outbox
from services.outbox.pacer import Pacer
from services.outbox.queue import OutboxQueue
from services.submissions.receipt import ChatLimit
from services.telegram.deliver import Deliver
from services.telegram.gateway import BotGateway

Bots = Mapping[int, Bot]


class Foundation(Provider):
    """One of each a process; a session and an outbox a transaction."""

    scope = Scope.APP
    settings = from_context(Settings, scope=Scope.APP)
    clock = from_context(Clock, scope=Scope.APP)
    session = from_context(AsyncSession, scope=Scope.REQUEST)
    inbox = provide(Inbox)
    queue = provide(OutboxQueue)
    deliver = provide(Deliver)
    outbox = provide(Outbox, scope=Scope.REQUEST)

    @provide
    async def database(self, settings: Settings) -> AsyncIterator[Database]:
        engine = make_engine(settings.database.url)
        yield Database(engine)
        await engine.dispose()

    @provide
    async def slot(self, settings: Settings) -> AsyncIterator[Slot]:
        slot = slot_on(settings.database.url)
        await slot.take()
        yield slot
        await slot.release()

    @provide
    def files(self, settings: Settings) -> FileStore:
        return make_store(settings.files)

    @provide
    def chat_limit(self, settings: Settings) -> ChatLimit:
        """The cloud hands over 20 MB; a server of one's own has no such limit, and ours holds."""
        return ChatLimit(DEFAULT.file_bytes) if settings.telegram.local_files else ChatLimit()

    @provide
    async def bots(self, settings: Settings) -> AsyncIterator[Bots]:
        bot = make_bot(settings.telegram)
        yield {bot.id: bot}
        await bot.session.close()

    @provide
    def gateway(self, bots: Bots, store: FileStore) -> BotGateway:
        return BotGateway(bots, store)

    @provide
    def pacer(self) -> Pacer:
        return Pacer(time.monotonic)

    @provide
    async def pool(self, settings: Settings, figures: Figures) -> AsyncIterator[Pool]:
        pool = MeasuredPool(figures, settings.recognition.workers)
        await pool.start()
        yield pool
        await pool.close()

    @provide
    def engine(self, settings: Settings, database: Database, slot: Slot) -> JobEngine:
        return JobEngine(settings.database.url, database, slot)

    @provide
    def jobs(self, engine: JobEngine) -> Jobs:
        return engine
