"""Parts of the spine, put together by hand: a database, a bot at the local messenger, people, the loops."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from sqlalchemy import text

import services.db.schema  # noqa: F401 (registers all tables, which refer to each other)
from bot.nursery import Nursery
from sandbox.client import Messenger, Person
from sandbox.server import Sandbox, running
from sandbox.state.faults import Fault
from services.db.clock import Clock
from services.db.database import Database, make_engine
from services.db.slot import Slot
from services.files.store import FileStore
from services.jobs.engine import JobEngine
from services.loops.loop import Loop
from services.outbox.outbox import Chat, Outbox
from services.outbox.pacer import Pacer
from services.outbox.queue import OutboxQueue
from services.telegram.deliver import Deliver
from services.telegram.gateway import BotGateway
from tests.planted import NAME, TOKEN

BOT_ID = int(TOKEN.partition(":")[0])


class SetClock(Clock):
    """A clock that a test moves by hand."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def advance(self, seconds: float) -> None:
        self.ahead += timedelta(seconds=seconds)


class NoJobs:
    """Remembers what was enqueued; for tests that are not about the engine."""

    def __init__(self) -> None:
        self.enqueued: list[tuple[str, str]] = []

    async def enqueue(self, session: Any, name: str, key: str, *, delay_s: float = 0, **arguments: Any) -> None:
        self.enqueued.append((name, key))


@asynccontextmanager
async def database_at(url: str) -> AsyncIterator[Database]:
    engine = make_engine(url)
    try:
        yield Database(engine)
    finally:
        await engine.dispose()


async def rows(url: str, sql: str, **values: Any) -> list[dict[str, Any]]:
    """What a second session reads: only what is committed."""
    engine = make_engine(url)
    try:
        async with engine.connect() as connection:
            return [dict(row) for row in (await connection.execute(text(sql), values)).mappings()]
    finally:
        await engine.dispose()


async def until(true: Callable[[], Awaitable[Any]], timeout_s: float = 10.0) -> None:
    """Waits until something holds."""
    deadline = time.monotonic() + timeout_s
    while not await true():
        assert time.monotonic() < deadline, "it never came"
        await asyncio.sleep(0.03)


def bot_at(url: str, timeout_s: float = 5) -> Bot:
    session = AiohttpSession(api=TelegramAPIServer.from_base(url), timeout=timeout_s)
    return Bot(TOKEN, session=session, default=DefaultBotProperties(parse_mode="HTML"))


@dataclass
class Post:
    """An outbox that sends to the local messenger, and one person who reads."""

    url: str
    database: Database
    clock: SetClock
    sandbox: Sandbox
    messenger: Messenger
    bot: Bot
    queue: OutboxQueue
    deliver: Deliver
    pacer: Pacer
    store: FileStore
    jobs: NoJobs
    people: dict[str, Person] = field(default_factory=dict)

    async def person(self, name: str = NAME) -> Person:
        person = await self.messenger.add_person(name, "technician")
        await person.says("/start")
        return person

    def chat(self, person: Person) -> Chat:
        return Chat(BOT_ID, person.id)

    @asynccontextmanager
    async def outbox(self) -> AsyncIterator[Outbox]:
        async with self.database.transaction() as session:
            yield Outbox(session, self.clock)

    async def say(self, person: Person, screen: Any, **how: Any) -> int:
        async with self.outbox() as outbox:
            return (await outbox.say(self.chat(person), screen, **how)).id

    async def send_all(self) -> None:
        """Claims and delivers what may go now, like the loop, one after another."""
        while ids := await self.queue.claim(4):
            for row_id in ids:
                await self.deliver(row_id)

    async def outbox_rows(self) -> list[dict[str, Any]]:
        return await rows(self.url, "SELECT * FROM outbox ORDER BY id")

    def fault(self, **how: Any) -> None:
        self.sandbox.world.faults.add(Fault.parse(how))

    @asynccontextmanager
    async def sending(self) -> AsyncIterator[None]:
        """The real loop with the real pace."""
        loop = Loop(
            "outbox",
            4,
            lambda most: self.queue.claim(most, self.pacer.resting()),
            self.deliver,
            self.queue.put_back,
            lambda: min((1.0, *self.pacer.resting().values())),
        )
        self.database.when_announced(loop.name, loop.wake)
        async with Nursery() as nursery:
            task = nursery.start(loop.run(), "outbox")
            yield
            loop.stop()
            await task


@asynccontextmanager
async def open_post(
    url: str, folder: Path, *, limits: bool = False, pace: tuple[float, float] = (1000.0, 1000.0)
) -> AsyncIterator[Post]:
    async with (
        running(people=[], limits=limits) as sandbox,
        Messenger(sandbox.url) as messenger,
        database_at(url) as database,
        bot_at(sandbox.url) as bot,
    ):
        await bot.get_me()
        clock, jobs, store = SetClock(), NoJobs(), FileStore(f"file://{folder / 'files'}")
        queue = OutboxQueue(database, clock, jobs, Slot())
        pacer = Pacer(time.monotonic, *pace)
        deliver = Deliver(queue, BotGateway({bot.id: bot}, store), pacer)
        yield Post(url, database, clock, sandbox, messenger, bot, queue, deliver, pacer, store, jobs)


@asynccontextmanager
async def engine_at(url: str, kinds: Any, queues: dict[str, int], slot: Slot | None = None) -> AsyncIterator[Any]:
    """A running job engine and its database."""
    async with database_at(url) as database:
        engine = JobEngine(url, database, slot or Slot())
        await engine.start(kinds, queues)
        try:
            yield engine
        finally:
            await engine.drain(1)
            await engine.close()
