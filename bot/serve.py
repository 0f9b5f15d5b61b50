"""`aprobot serve`: intake, loops, jobs and the web server in one process."""

import asyncio
import signal
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramUnauthorizedError
from dishka import AsyncContainer

from bot.container import make_container
from bot.figures import Figures, measured
from bot.intake.handle_update import HandleUpdate
from bot.intake.polling import ALLOWED, PAUSE_S, Polling
from bot.intake.webhook import PATH, Webhook
from bot.jobs import job_kinds, job_queues
from bot.menu import set_menu
from bot.nursery import Nursery
from bot.providers.foundation import Bots
from bot.settings import MetricsSettings, Mode, Settings
from bot.web.metrics import Metrics, make_metrics_web
from bot.web.ready import PATH as READY
from bot.web.ready import Readiness
from bot.web.server import make_web, start_web
from bot.web.upload.routes import add_upload_routes
from bot.web.upload.sweeping import keep_swept
from services.db.clock import Clock
from services.db.database import Database
from services.db.slot import Slot
from services.files.store import FileStore
from services.inbox.inbox import Inbox
from services.jobs.engine import JobEngine
from services.loops.loop import POLL_S, Loop
from services.outbox.pacer import Pacer
from services.outbox.queue import OutboxQueue
from services.privacy.erase_old import EraseOld
from services.telegram.deliver import Deliver
from services.telegram.errors import refused
from services.uploads.sweep_uploads import SweepUploads

log = structlog.get_logger(__name__)

INBOX_WIDTH = 8
SENDERS = 4
"""Few: a kill may repeat as many messages as are on their way."""

DRAIN_S = 6
"""After a stop signal, what is in hand has this long; with the rest of the stop it stays under 10 s."""

CHECK_SLOT_EVERY_S = 2.0
TAKE_OVER_EVERY_S = 10.0
PRUNE_EVERY_S = 3600.0


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
    """The product at work in this event loop; leaving the block drains it. Raises SlotTakenError, OSError."""
    async with AsyncExitStack() as stack:
        container = make_container(settings, clock)
        stack.push_async_callback(container.close)
        slot = await container.get(Slot)
        webhook = await make_webhook(container, settings)
        application = make_web(webhook)
        application.router.add_get(READY, (await container.get(Readiness)).answer)
        await add_upload_routes(application, container)
        web, port = await start_web(application, settings.web.host, settings.web.port)
        stack.push_async_callback(web.cleanup)
        await start_metrics(container, settings.metrics, stack)
        engine = await container.get(JobEngine)
        stack.push_async_callback(engine.close)
        await engine.start(await job_kinds(container), job_queues(settings))
        nursery = await stack.enter_async_context(Nursery())
        loops = await start_loops(container, nursery)
        pollings = await start_intake(container, settings, nursery)
        stack.push_async_callback(drain, pollings, loops, engine)
        nursery.start(keep(slot), "slot")
        nursery.start(look_after(engine, await container.get(FileStore), await container.get(EraseOld)), "jobs")
        nursery.start(keep_swept(await container.get(SweepUploads)), "uploads")
        yield Product(container, nursery, port)


async def start_metrics(container: AsyncContainer, settings: MetricsSettings, stack: AsyncExitStack) -> None:
    """Serves the figures where a port is set. Raises OSError where it is taken."""
    if settings.port:
        application = make_metrics_web(await container.get(Metrics))
        runner, _port = await start_web(application, settings.host, settings.port, "APROBOT_METRICS")
        stack.push_async_callback(runner.cleanup)


async def start_loops(container: AsyncContainer, nursery: Nursery) -> dict[Loop, asyncio.Task[None]]:
    """Starts the inbox and the outbox, woken by commits. Only the leader sends: two would break the pace."""
    inbox, queue, slot = await container.get(Inbox), await container.get(OutboxQueue), await container.get(Slot)
    deliver, pacer = await container.get(Deliver), await container.get(Pacer)
    database, figures = await container.get(Database), await container.get(Figures)
    handle = HandleUpdate(container, database, await container.get(Clock), inbox, await container.get(Bots))

    async def claim_messages(most: int) -> Sequence[int]:
        return await queue.claim(most, pacer.resting()) if slot.leads else ()

    def next_look_s() -> float:
        return min((POLL_S, *pacer.resting().values()))

    loops = [
        Loop("inbox", INBOX_WIDTH, inbox.claim, measured(figures.handling, handle), inbox.put_back),
        Loop("outbox", SENDERS, claim_messages, measured(figures.sending, deliver), queue.put_back, next_look_s),
    ]
    for loop in loops:
        database.when_announced(loop.name, loop.wake)
    return {loop: nursery.start(loop.run(), loop.name) for loop in loops}


async def drain(
    pollings: dict[Polling, asyncio.Task[None]], loops: dict[Loop, asyncio.Task[None]], engine: JobEngine
) -> None:
    """Takes nothing more and waits until nothing is in hand, or the time for it is over."""
    for polling in pollings:
        polling.stop()
    for loop in loops:
        loop.stop()
    works = asyncio.wait([*pollings.values(), *loops.values()], timeout=DRAIN_S)
    (_done, late), _ = await asyncio.gather(works, engine.drain(DRAIN_S))
    if late:
        log.warning("serve.not_drained", parts=[task.get_name() for task in late])


async def start_intake(
    container: AsyncContainer, settings: Settings, nursery: Nursery
) -> dict[Polling, asyncio.Task[None]]:
    """Polls, or tells the server where to post."""
    inbox, bots, slot = await container.get(Inbox), await container.get(Bots), await container.get(Slot)
    for bot in bots.values():
        nursery.start(set_menu(bot), "menu")
    if settings.telegram.mode == Mode.WEBHOOK:
        for bot in bots.values():
            nursery.start(set_webhook(bot, settings), "webhook")
        return {}
    pollings = [Polling(bot, inbox, slot) for bot in bots.values()]
    return {polling: nursery.start(polling.run(), "polling") for polling in pollings}


async def set_webhook(bot: Bot, settings: Settings) -> None:
    """Until the server has taken it. Raises TelegramUnauthorizedError where the server does not know the token."""
    address = settings.telegram.webhook_url.rstrip("/") + PATH
    secret = settings.telegram.webhook_secret.get_secret_value()
    while True:
        try:
            await bot.set_webhook(address, secret_token=secret, allowed_updates=ALLOWED)
        except TelegramUnauthorizedError:
            raise
        except AiogramError as error:
            log.warning("webhook.not_set", fate=refused(error).fate)
            await asyncio.sleep(PAUSE_S)
        else:
            log.info("webhook.set")
            return


async def make_webhook(container: AsyncContainer, settings: Settings) -> Webhook | None:
    if settings.telegram.mode != Mode.WEBHOOK:
        return None
    bot = next(iter((await container.get(Bots)).values()))
    return Webhook(bot.id, settings.telegram.webhook_secret.get_secret_value(), await container.get(Inbox))


async def keep(slot: Slot) -> None:
    """Holds this process's name among its peers. Raises SlotTakenError: then the process must end."""
    while True:
        await asyncio.sleep(CHECK_SLOT_EVERY_S)
        await slot.check()


async def look_after(engine: JobEngine, files: FileStore, erase_old: EraseOld) -> None:
    """Takes over jobs of peers that died, and clears away what would grow for ever: old jobs, half-written files, and
    what people were promised to have erased.
    """
    prune_at = time.monotonic()
    while True:
        await asyncio.sleep(TAKE_OVER_EVERY_S)
        try:
            await engine.take_over()
            if time.monotonic() > prune_at:
                await engine.prune()
                await files.sweep()
                await erase_old()
                prune_at = time.monotonic() + PRUNE_EVERY_S
        except Exception:  # a database that is away comes back
            log.exception("jobs.not_looked_after")
