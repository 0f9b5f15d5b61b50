"""`/readyz`: each dependency by its name, and how long the oldest work has been waiting. Codes only, no secrets."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramUnauthorizedError
from aiohttp import web
from sqlalchemy import select

from services.db.clock import Clock
from services.db.database import Database
from services.files.probe import StoreFault, probe
from services.files.store import FileStore
from services.jobs.engine import JobEngine
from services.monitoring.queues import queues

log = structlog.get_logger(__name__)

PATH = "/readyz"
LIMIT_S = 3.0
"""Whoever asks has a limit of their own; a dependency that is slower counts as away."""

KEEP_S = {"telegram": 30.0, "storage": 30.0, "database": 2.0, "queues": 2.0}
"""How long an answer serves again: being asked every second must cost nobody anything."""

LATE_S = {"inbox": 60.0, "outbox": 300.0, "jobs": 900.0}
"""Waiting longer than this is no queue but a standstill. A broadcast to 1,500 chats takes a minute."""

State = dict[str, Any]


class Readiness:
    """Looks at what the process needs, at most once in a while and never for long."""

    def __init__(
        self, database: Database, files: FileStore, bots: Mapping[int, Bot], engine: JobEngine, clock: Clock
    ) -> None:
        self.database = database
        self.files = files
        self.bots = bots
        self.engine = engine
        self.clock = clock
        self.kept: dict[str, tuple[float, State]] = {}
        self.one_at_a_time = asyncio.Lock()

    async def answer(self, _request: web.Request) -> web.Response:
        """200 where all is well, 503 where something is not; the body says what."""
        parts = await self.look()
        ready = all(part["ok"] for part in parts.values())
        body = {"status": "ready" if ready else "not_ready", **parts}
        return web.json_response(body, status=200 if ready else 503)

    async def look(self) -> dict[str, State]:
        async with self.one_at_a_time:
            database, storage, telegram, waiting = await asyncio.gather(
                self.part("database", self.asked_database),
                self.part("storage", self.asked_storage),
                self.part("telegram", self.asked_telegram),
                self.part("queues", self.asked_queues),
            )
        jobs = {"ok": self.engine.running}
        return {"database": database, "storage": storage, "telegram": telegram, "jobs": jobs, "queues": waiting}

    async def part(self, name: str, ask: Callable[[], Awaitable[State]]) -> State:
        until, known = self.kept.get(name, (0.0, {}))
        if time.monotonic() < until:
            return known
        try:
            async with asyncio.timeout(LIMIT_S):
                state = await ask()
        except TimeoutError:
            state = {"ok": False, "why": "slow"}
        except Exception:  # whatever a dependency does, the question is answered
            log.warning("ready.failed", part=name, exc_info=True)
            state = {"ok": False, "why": "away"}
        self.kept[name] = (time.monotonic() + KEEP_S[name], state)
        return state

    async def asked_database(self) -> State:
        async with self.database.transaction() as session:
            await session.execute(select(1))
        return {"ok": True}

    async def asked_storage(self) -> State:
        try:
            await probe(self.files)
        except StoreFault as fault:
            return {"ok": False, "why": fault.why}
        return {"ok": True}

    async def asked_telegram(self) -> State:
        try:
            for bot in self.bots.values():
                await bot.get_me(request_timeout=round(LIMIT_S))
        except TelegramUnauthorizedError:
            return {"ok": False, "why": "token"}
        except AiogramError:
            return {"ok": False, "why": "away"}
        return {"ok": True}

    async def asked_queues(self) -> State:
        async with self.database.transaction() as session:
            waiting = await queues(session, self.clock.now())
        parts = {
            name: {"ok": one.oldest_s <= LATE_S[name], "waiting": one.count, "oldest_s": round(one.oldest_s, 1)}
            for name, one in waiting.items()
        }
        return {"ok": all(part["ok"] for part in parts.values()), **parts}
