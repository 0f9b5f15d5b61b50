"""`aprobot serve`: intake, loops, jobs and the web server in one process."""

import asyncio
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta

import structlog
from aiogram import Bot
from dishka import AsyncContainer

from bot.container import make_container
from bot.dispatcher import make_dispatcher
from bot.intake.handle_update import HandleUpdate
from bot.intake.polling import ALLOWED, Polling
from bot.intake.webhook import PATH, Webhook
from bot.jobs import job_kinds, job_queues
from bot.nursery import Nursery
from bot.providers.foundation import Bots
from bot.settings import Mode, Settings
from bot.web.server import make_web, start_web
from services.db.clock import Clock
from services.db.database import Database
from services.inbox.inbox import Inbox
from services.jobs.engine import JobEngine
from services.loops.loop import POLL_S, Loop
from services.outbox.pacer import Pacer
from services.outbox.queue import OutboxQueue
from services.telegram.deliver import Deliver

log = structlog.get_logger(__name__)

INBOX_WIDTH = 8
SENDERS = 4
"""Few: a kill may repeat as many messages as are on their way."""

DRAIN_S = 7
"""After a stop signal, what is in hand has this long; with the rest of the stop it stays under 10 s."""

PRUNE_EVERY = timedelta(hours=1)


async def serve(settings: Settings, ready: Callable[[int], None] = lambda _port: None) -> None:
    """Runs until SIGTERM or SIGINT, then stops taking, finishes what is in hand and returns.

    `ready` is called with the web server's port once everything runs. Raises OSError where the port is taken and
    TelegramUnauthorizedError where the server does not know the token.
    """
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    async with running(settings) as product:
        ready(product.port)
        log.info("serve.ready", port=product.port, mode=settings.telegram.mode)
        await product.until(stop)
        log.info("serve.stopping")


class Product:
    """The running product: its container and its parts."""

    def __init__(self, container: AsyncContainer, nursery: Nursery, port: int) -> None:
        self.container = container
        self.nursery = nursery
        self.port = port

    async def until(self, stop: asyncio.Event) -> None:
        """Returns when asked to stop. Raises what made a part fail."""
        waits = {self.nursery.start(stop.wait(), "stop"), self.nursery.start(self.nursery.failed.wait(), "failed")}
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        if self.nursery.error is not None:
            raise self.nursery.error


@asynccontextmanager
async def running(settings: Settings, clock: Clock | None = None) -> AsyncIterator[Product]:
    """The product at work in this event loop; leaving the block drains it."""
    async with AsyncExitStack() as stack:
        container = make_container(settings, clock)
        stack.push_async_callback(container.close)
        webhook = await make_webhook(container, settings)
        web, port = await start_web(make_web(webhook), settings.web.host, settings.web.port)
        stack.push_async_callback(web.cleanup)
        engine = await container.get(JobEngine)
        await engine.start(await job_kinds(container), job_queues(settings))
        stack.push_async_callback(engine.stop, DRAIN_S)
        nursery = await stack.enter_async_context(Nursery())
        loops = await start_loops(container, nursery)
        stack.push_async_callback(drain, loops)
        await start_intake(container, settings, nursery)
        nursery.start(prune(engine), "prune")
        yield Product(container, nursery, port)


async def start_loops(container: AsyncContainer, nursery: Nursery) -> dict[Loop, asyncio.Task[None]]:
    """Puts back what an earlier life had in hand and starts the inbox and the outbox, woken by commits."""
    inbox, queue = await container.get(Inbox), await container.get(OutboxQueue)
    deliver, pacer = await container.get(Deliver), await container.get(Pacer)
    handle = HandleUpdate(
        await container.get(Database),
        await container.get(Clock),
        inbox,
        make_dispatcher(container),
        await container.get(Bots),
    )
    await inbox.put_back()
    await queue.put_back()
    loops = [
        Loop("inbox", INBOX_WIDTH, inbox.claim, handle),
        Loop(
            "outbox",
            SENDERS,
            lambda most: queue.claim(most, pacer.resting()),
            deliver,
            lambda: min((POLL_S, *pacer.resting().values())),
        ),
    ]
    database = await container.get(Database)
    for loop in loops:
        database.after_commit(loop.wake)
    return {loop: nursery.start(loop.run(), loop.name) for loop in loops}


async def drain(loops: dict[Loop, asyncio.Task[None]]) -> None:
    """Waits until nothing is in hand, or the time for it is over."""
    for loop in loops:
        loop.stop()
    _done, late = await asyncio.wait(loops.values(), timeout=DRAIN_S)
    if late:
        log.warning("serve.not_drained")


async def start_intake(container: AsyncContainer, settings: Settings, nursery: Nursery) -> None:
    """Polls, or tells the server where to post."""
    inbox, bots = await container.get(Inbox), await container.get(Bots)
    for bot in bots.values():
        if settings.telegram.mode == Mode.POLLING:
            nursery.start(Polling(bot, inbox).run(), "polling")
        else:
            await set_webhook(bot, settings)


async def set_webhook(bot: Bot, settings: Settings) -> None:
    await bot.set_webhook(
        settings.telegram.webhook_url.rstrip("/") + PATH,
        secret_token=settings.telegram.webhook_secret.get_secret_value(),
        allowed_updates=ALLOWED,
    )


async def make_webhook(container: AsyncContainer, settings: Settings) -> Webhook | None:
    if settings.telegram.mode != Mode.WEBHOOK:
        return None
    bot = next(iter((await container.get(Bots)).values()))
    return Webhook(bot.id, settings.telegram.webhook_secret.get_secret_value(), await container.get(Inbox))


async def prune(engine: JobEngine) -> None:
    """The job engine keeps its history for ever unless told otherwise."""
    while True:
        await asyncio.sleep(PRUNE_EVERY.total_seconds())
        await engine.prune()
