"""Intake by long polling: what is saved is confirmed, and nothing that the network does stops it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from aiogram.exceptions import TelegramUnauthorizedError
from aiohttp import web

from bot.intake import polling as intake
from bot.intake.polling import Polling
from bot.nursery import Nursery
from sandbox.client import Messenger
from sandbox.server import running
from sandbox.state.faults import Fault
from services.db.clock import Clock
from services.db.slot import Slot
from services.inbox.inbox import Inbox
from tests.planted import MESSAGE, NAME
from tests.spine.parts import bot_at, database_at, rows, until

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    monkeypatch.setattr(intake, "PAUSE_S", 0.05)
    monkeypatch.setattr(intake, "NEXT_IN_LINE_S", 0.05)


class KilledBeforeCommit(Inbox):
    """The process dies between the answer and the commit."""

    async def save(self, bot_id, updates) -> None:
        raise asyncio.CancelledError


async def test_confirmed_only_after_the_commit(database_url):
    async with messenger() as (sandbox, petr), database_at(database_url) as database, bot_at(sandbox.url) as bot:
        await petr.says(MESSAGE)
        with pytest.raises(asyncio.CancelledError):
            await Polling(bot, KilledBeforeCommit(database, Clock(), Slot()), Slot()).once()
        inbox = Inbox(database, Clock(), Slot())
        await Polling(bot, inbox, Slot()).once()
        assert len(await saved(database_url)) == 1, "the first answer was not confirmed: it came again"
        await Polling(bot, inbox, Slot()).once()
        assert len(await saved(database_url)) == 1, "killed after the commit: it comes again and is kept once"
        polling = Polling(bot, inbox, Slot())
        await polling.once()
        await petr.says("ещё")
        await polling.once()
        assert len(await saved(database_url)) == 2
        assert len(sandbox.world.bots.all()[0].updates.all()) == 1, "the first is confirmed"


@asynccontextmanager
async def messenger() -> AsyncIterator:
    async with running(people=[], limits=False) as sandbox, Messenger(sandbox.url) as client:
        async with bot_at(sandbox.url) as bot:
            await bot.get_me()
        yield sandbox, await client.add_person(NAME, "technician")


async def saved(url: str) -> list[dict]:
    return await rows(url, "SELECT update_id, raw FROM inbox ORDER BY update_id")


async def some_saved(url: str, count: int = 1) -> bool:
    return len(await saved(url)) >= count


async def test_trouble_of_the_server_is_sat_out(sqlite_url):
    async with messenger() as (sandbox, petr), polled(sqlite_url, sandbox.url):
        faults = (
            {"status": 500},
            {"status": 502, "description": "Bad Gateway"},
            {"status": 409, "description": "Conflict: terminated by other getUpdates request"},
            {"retry_after": 1},
            {"drop": "before"},
            {"drop": "after"},
        )
        for fault in faults:
            sandbox.world.faults.add(Fault.parse({"method": "getUpdates", **fault}))
        for number in range(3):
            await petr.says(f"№ {number}")
        await until(lambda: some_saved(sqlite_url, 3))


@asynccontextmanager
async def polled(url: str, api: str) -> AsyncIterator[Polling]:
    async with database_at(url) as database, bot_at(api) as bot, Nursery() as nursery:
        polling = Polling(bot, Inbox(database, Clock(), Slot()), Slot())
        task = nursery.start(polling.run(), "polling")
        yield polling
        polling.stop()
        await asyncio.wait_for(task, 3)


async def test_a_database_that_is_away_is_sat_out(sqlite_url):
    class SometimesAway(Inbox):
        left = 2

        async def save(self, bot_id, updates) -> None:
            self.left -= 1
            if self.left >= 0:
                raise ConnectionRefusedError
            await super().save(bot_id, updates)

    async with messenger() as (sandbox, petr), polled(sqlite_url, sandbox.url) as polling:
        polling.inbox = SometimesAway(polling.inbox.database, Clock(), Slot())
        await petr.says(MESSAGE)
        await until(lambda: some_saved(sqlite_url))


async def test_an_unknown_token_ends_it():
    async with messenger() as (sandbox, _petr), bot_at(sandbox.url) as bot:
        sandbox.world.bots.ensure(bot.id).secret = "1:other"
        with pytest.raises(TelegramUnauthorizedError):
            await Polling(bot, None, Slot()).run()


async def test_only_the_leader_asks(sqlite_url):
    async with messenger() as (sandbox, petr), database_at(sqlite_url) as database, bot_at(sandbox.url) as bot:
        slot = Slot()
        slot.leads = False
        polling = Polling(bot, Inbox(database, Clock(), slot), slot)
        async with Nursery() as nursery:
            task = nursery.start(polling.run(), "polling")
            await petr.says(MESSAGE)
            await asyncio.sleep(0.5)
            assert await saved(sqlite_url) == []
            slot.leads = True
            await until(lambda: some_saved(sqlite_url))
            polling.stop()
            await asyncio.wait_for(task, 3)


UPDATE = '{"update_id": 1, "message": {"chat": {"id": 5}}}'
ODD = (
    ("<html>502</html>", "text/html"),
    ("[]", "application/json"),
    ('"ok"', "application/json"),
    ('{"ok": true}', "application/json"),
    ('{"ok": true, "result": {}}', "application/json"),
    ('{"ok": true, "result": [1, null]}', "application/json"),
    ('{"ok": true, "result": [{"update_id": "x"}]}', "application/json"),
    ('{"ok": true, "result": [{"update_id": 1, "x": NaN}]}', "application/json"),
    ("[" * 100_000, "application/json"),
    ('{"ok": false}', "application/json"),
    ("", "application/json"),
)


async def test_answers_that_are_none_are_sat_out(sqlite_url):
    async def answer(request: web.Request) -> web.StreamResponse:
        if request.match_info["method"] != "getUpdates":
            return web.json_response({"ok": True, "result": True})
        body, kind = odd.pop() if odd else (f'{{"ok": true, "result": [{UPDATE}]}}', "application/json")
        return web.Response(text=body, content_type=kind)

    odd = list(ODD)
    async with server(answer) as url, polled(sqlite_url, url):
        await until(lambda: some_saved(sqlite_url))
    assert odd == []


async def test_a_server_that_stalls_is_asked_again(sqlite_url, monkeypatch):
    monkeypatch.setattr(intake, "LONG_POLL_S", 0)
    monkeypatch.setattr(intake, "GRACE_S", 0.3)
    asked = []

    async def answer(request: web.Request) -> web.StreamResponse:
        asked.append(request.match_info["method"])
        if request.match_info["method"] == "getUpdates" and asked.count("getUpdates") < 3:
            await asyncio.sleep(1)
        result = f"[{UPDATE}]" if request.match_info["method"] == "getUpdates" else "true"
        return web.Response(text=f'{{"ok": true, "result": {result}}}', content_type="application/json")

    async with server(answer) as url, polled(sqlite_url, url):
        await until(lambda: some_saved(sqlite_url))


@asynccontextmanager
async def server(answer: Answer) -> AsyncIterator[str]:
    """A Bot API of the test's own."""
    app = web.Application()
    app.router.add_route("*", "/bot{token}/{method}", answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


async def test_an_update_that_aiogram_does_not_know_is_kept_as_it_came(database_url):
    async def answer(request: web.Request) -> web.StreamResponse:
        news = '{"update_id": 5, "telepathy": {"chat": {"id": 9}, "thought": "\\u0000 и \\ud800"}}'
        result = f"[{news}, {UPDATE}]" if request.match_info["method"] == "getUpdates" else "true"
        return web.Response(text=f'{{"ok": true, "result": {result}}}', content_type="application/json")

    async with server(answer) as url, polled(database_url, url):
        await until(lambda: some_saved(database_url, 2))
