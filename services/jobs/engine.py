"""The job engine: DBOS on the product's own database, behind the front in `jobs`.

One workflow runs every kind of job by its name. A job that raises is queued again with a growing pause, so that a
waiting retry holds no worker. The slot's name as executor id, a fixed application version and JSON arguments let a
restart, or a peer, take up what a kill left in hand.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from dbos import DBOS, DBOSClient, DBOSConfig, DBOSPortableJSONSerializer, EnqueueOptions, WorkflowStatus
from sqlalchemy import create_engine, event
from sqlalchemy.engine import URL, Engine, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from services.db.database import BUSY_TIMEOUT_S, Database
from services.db.slot import Slot
from services.jobs.jobs import Argument, Job

log = structlog.get_logger(__name__)

APPLICATION = "aprobot"
VERSION = "1"
"""Changed only when running jobs of the old code must not be taken up by the new."""

SCHEMA = "engine"
POLL_S = 0.1
MOST_ATTEMPTS = 300
LONGEST_PAUSE_S = 300.0
"""With the attempts above about a day: a disk that is full or a server that is away may take a night to mend."""

DATABASE_PAUSE_S = 1.0
KEEP_HISTORY = timedelta(days=1)
PRUNE_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of job and the queue it waits in."""

    work: Job
    queue: str


class JobEngine:
    """Runs jobs at least once each, also over a kill. One engine a process: DBOS is one."""

    def __init__(self, url: str, database: Database, slot: Slot) -> None:
        self.url = system_url(url)
        self.database = database
        self.slot = slot
        self.kinds: Mapping[str, Kind] = {}
        self.running = False
        self.system = system_engine(self.url)
        self.client = DBOSClient(
            system_database_url=self.url.render_as_string(hide_password=False),
            system_database_engine=self.system,
            dbos_system_schema=SCHEMA,
            serializer=DBOSPortableJSONSerializer(),
            application_name=APPLICATION,
            lazy=True,
        )

    async def start(self, kinds: Mapping[str, Kind], queues: Mapping[str, int]) -> None:
        """Takes up what an earlier life left and begins to work; `queues` gives each queue's width.

        Must be called in the event loop that the jobs are to run on.
        """
        self.kinds = kinds
        config = DBOSConfig(
            name=APPLICATION,
            system_database_url=self.url.render_as_string(hide_password=False),
            system_database_engine=self.system,
            dbos_system_schema=SCHEMA,
            application_version=VERSION,
            executor_id=self.slot.name,
            serializer=DBOSPortableJSONSerializer(),
            log_level="WARNING",
            use_listen_notify=False,
        )
        DBOS(config=config)

        @DBOS.workflow(name="perform", max_recovery_attempts=100)
        async def perform(name: str, key: str, attempt: int, arguments: dict[str, Argument]) -> None:
            await self.perform(name, key, attempt, arguments)

        DBOS.launch()
        self.running = True
        for name, width in queues.items():
            await DBOS.register_queue_async(
                name, worker_concurrency=width, polling_interval_sec=POLL_S, on_conflict="always_update"
            )

    async def drain(self, timeout_s: int) -> None:
        """Takes nothing more and waits for what is in hand; the rest is taken up at the next start. Jobs can still be
        queued.
        """
        if self.running:
            self.running = False
            await asyncio.to_thread(
                lambda: DBOS.destroy(destroy_registry=True, workflow_completion_timeout_sec=timeout_s)
            )

    async def close(self) -> None:
        """Lets go of the database; drains at once where that has not been done."""
        await self.drain(0)
        self.client.destroy()
        self.system.dispose()

    async def enqueue(
        self, session: AsyncSession, name: str, key: str, *, delay_s: float = 0, **arguments: Argument
    ) -> None:
        """Queues a job in the caller's transaction; undone with it. The same key again changes nothing."""
        await self.enqueue_attempt(session, name, key, arguments, delay_s=delay_s)

    async def enqueue_attempt(
        self,
        session: AsyncSession,
        name: str,
        key: str,
        arguments: dict[str, Argument],
        *,
        attempt: int = 0,
        delay_s: float = 0,
    ) -> None:
        options: EnqueueOptions = {
            "workflow_name": "perform",
            "queue_name": self.kinds[name].queue,
            "workflow_id": key if attempt == 0 else f"{key}~{attempt}",
            "app_version": VERSION,
        }
        if delay_s:
            options["delay_seconds"] = delay_s
        await session.run_sync(
            lambda sync: self.client.enqueue_in_transaction(sync, options, name, key, attempt, arguments)
        )

    async def perform(self, name: str, key: str, attempt: int, arguments: dict[str, Argument]) -> None:
        """The one workflow: runs a job, and queues it again where it raises."""
        with structlog.contextvars.bound_contextvars(job=key):
            try:
                await self.kinds[name].work(**arguments)
            except Exception:  # whatever a job raises, the job is not lost: it is tried again
                log.exception("job.failed", attempt=attempt + 1, given_up=attempt + 1 >= MOST_ATTEMPTS)
                await self.again(name, key, attempt + 1, arguments)

    async def again(self, name: str, key: str, attempt: int, arguments: dict[str, Argument]) -> None:
        """Queues the next attempt, however long the database is away: the engine would count the job as ended."""
        if attempt >= MOST_ATTEMPTS:
            return
        pause = min(LONGEST_PAUSE_S, 2.0 ** min(attempt, 20) / 2)
        while True:
            try:
                async with self.database.transaction() as session:
                    await self.enqueue_attempt(session, name, key, arguments, attempt=attempt, delay_s=pause)
            except (SQLAlchemyError, OSError):
                log.exception("job.not_queued_again")
                await asyncio.sleep(DATABASE_PAUSE_S)
            else:
                return

    async def take_over(self) -> int:
        """Queues again what peers had in hand when they died. Returns how many jobs."""
        holders = {one.executor_id for one in await pending()} - {self.slot.name, None}
        if not holders or not self.slot.has_peers:
            return 0
        async with self.database.transaction() as session:
            gone = await self.slot.abandoned(session, [holder for holder in holders if holder])
            left = await pending(gone) if gone else []
            for one in left:
                log.warning("job.taken_over", job=one.workflow_id, holder=one.executor_id)
                await DBOS.resume_workflow_async(one.workflow_id, queue_name=one.queue_name)
            return len(left)

    async def prune(self) -> int:
        """Forgets jobs done more than a day ago; their traces in our own tables stay. Returns how many."""
        forgotten = 0
        while done := await old_jobs():
            await DBOS.delete_workflows_async(done)
            forgotten += len(done)
        return forgotten


async def pending(holders: Sequence[str] | None = None) -> list[WorkflowStatus]:
    """Jobs that somebody has in hand."""
    names = None if holders is None else list(holders)
    return await DBOS.list_workflows_async(status="PENDING", executor_id=names, load_input=False, load_output=False)


async def old_jobs() -> list[str]:
    done = await DBOS.list_workflows_async(
        status=["SUCCESS", "ERROR"],
        completed_before=(datetime.now(UTC) - KEEP_HISTORY).isoformat(),
        limit=PRUNE_AT_ONCE,
        load_input=False,
        load_output=False,
    )
    return [one.workflow_id for one in done]


def system_url(url: str) -> URL:
    """The engine's own way to the same database."""
    parsed = make_url(url)
    return parsed.set(drivername="sqlite" if parsed.get_backend_name() == "sqlite" else "postgresql+psycopg")


def system_engine(url: URL) -> Engine:
    """A synchronous connection pool for the engine's threads, with the same settings as the product's own."""
    if url.get_backend_name() != "sqlite":
        return create_engine(url, pool_size=5, max_overflow=10, pool_pre_ping=True, hide_parameters=True)
    engine = create_engine(
        url, hide_parameters=True, connect_args={"check_same_thread": False, "timeout": BUSY_TIMEOUT_S}
    )
    event.listen(engine, "connect", prepare_sqlite)
    return engine


def prepare_sqlite(connection: Any, _record: Any) -> None:
    """As the engine sets its own SQLite connections, plus write-ahead logging, which lets readers go on."""
    connection.isolation_level = "IMMEDIATE"
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", f"busy_timeout={BUSY_TIMEOUT_S * 1000}"):
        connection.execute(f"PRAGMA {pragma}")
