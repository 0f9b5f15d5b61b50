"""Nothing confirmed is lost and nothing comes twice: restarts, kills, replays, time."""

import asyncio
import hashlib
import os
import socket
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from aiohttp import ClientError, ClientSession

from bot.serve import running
from sandbox.client import Messenger
from sandbox.demo.commands import Product
from sandbox.server import running as sandbox_running
from services.db.clock import Clock
from services.uploads.complete_upload import CompleteUpload
from services.uploads.link import UploadLinks, secret_of
from services.uploads.sweep_uploads import SweepUploads
from tests.planted import TOKEN
from tests.uploads.browsing import TUS, Visitor, change, grant_of, visitor_of
from tests.wired.world import World, load_event, open_world, settings_for


def content(size: int = 300_000) -> bytes:
    return b"%PDF-1.7\n" + os.urandom(size - 9)


async def test_an_upload_goes_on_after_a_restart(database_url: str, tmp_path: Path) -> None:
    async with sandbox_running(people=[], limits=False) as sandbox, Messenger(sandbox.url) as messenger:
        settings = settings_for(database_url, tmp_path, sandbox.url)
        await load_event(settings, tmp_path, {})
        data = content()
        async with running(settings) as product:
            world = World(product, sandbox, messenger, settings, tmp_path)
            technician = await world.technician()
            async with visitor_of(world, technician) as visitor:
                place = await visitor.begins("scan.pdf", len(data))
                await visitor.adds(place, 0, data[:100_000])
        (part,) = (tmp_path / "spool").glob("*.part")
        with part.open("ab") as grown:
            grown.write(b"never confirmed")
        async with running(settings) as product:
            again = World(product, sandbox, messenger, settings, tmp_path)
            async with visitor_of(again, technician) as visitor:
                key = place.rpartition("/")[2]
                place = f"{visitor.base}/files/{key}"
                assert "загрузка остановилась на 33" in await visitor.page() or await visitor.stands(place) == 100_000
                assert await visitor.begins("scan.pdf", len(data)) == place, "the same file chosen again goes on"
                assert (await visitor.adds(place, 100_000, data[100_000:])).status == 204
            (row,) = await again.read("SELECT file_hash FROM submission")
            assert row["file_hash"] == hashlib.sha256(data).hexdigest()


async def test_a_killed_process_keeps_what_it_has_confirmed(sqlite_url: str, tmp_path: Path) -> None:
    """kill -9 while bytes stream in; the real process, the real file system."""
    data = content(12_000_000)
    async with sandbox_running(people=[], limits=False) as sandbox, Messenger(sandbox.url) as messenger:
        settings = settings_for(sqlite_url, tmp_path, sandbox.url)
        await load_event(settings, tmp_path, {})
        async with running(settings) as product:
            world = World(product, sandbox, messenger, settings, tmp_path)
            grant = await grant_of(world, await world.technician())
        process = Product(environment(sqlite_url, tmp_path, sandbox.url), tmp_path)
        token = UploadLinks(secret_of(TOKEN), "").token(grant)
        base = f"http://127.0.0.1:{free_port_of(process)}/upload/{token}"
        async with ClientSession() as http:
            visitor = Visitor(http, base, world.cast.get("x"), grant)  # type: ignore[arg-type]  # nobody is asked here
            bot = await process.serve()
            await bot.ready()
            place = await visitor.begins("scan.pdf", len(data))
            sending = asyncio.gather(visitor.adds(place, 0, slowly(data)), return_exceptions=True)
            await asyncio.sleep(2.5)
            bot.kill()
            await bot.process.wait()
            (outcome,) = await sending
            assert isinstance(outcome, ClientError)
            (row,) = await world.read("SELECT received FROM upload")
            assert 0 < row["received"] < len(data)
            bot = await process.serve()
            await bot.ready()
            assert await visitor.stands(place) == row["received"]
            assert (await visitor.adds(place, row["received"], slowly(data[row["received"] :], 0))).status == 204
            await bot.stop()
    (row,) = await world.read("SELECT file_hash FROM submission")
    assert row["file_hash"] == hashlib.sha256(data).hexdigest()


async def slowly(data: bytes, pause_s: float = 0.2) -> AsyncIterator[bytes]:
    for start in range(0, len(data), 500_000):
        yield data[start : start + 500_000]
        await asyncio.sleep(pause_s)


def environment(database_url: str, folder: Path, api_url: str) -> dict[str, str]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    return {
        "APROBOT_TELEGRAM__TOKEN": TOKEN,
        "APROBOT_TELEGRAM__API_URL": api_url,
        "APROBOT_DATABASE__URL": database_url,
        "APROBOT_FILES__URL": f"file://{folder / 'files'}",
        "APROBOT_WEB__PORT": str(port),
        "APROBOT_RECOGNITION__WORKERS": "1",
    }


def free_port_of(process: Product) -> str:
    return process.environment["APROBOT_WEB__PORT"]


async def test_a_whole_upload_becomes_one_submission_however_often(world: World, visitor: Visitor) -> None:
    """A kill between the last byte and the submission: whoever comes first finishes it, once."""
    data = content(40_000)
    place = await visitor.begins("scan.pdf", len(data))
    await visitor.adds(place, 0, data[:-1])
    key = place.rpartition("/")[2]
    with (world.folder / "spool" / f"{key}.part").open("ab") as part:
        part.write(data[-1:])
    await change(world, "UPDATE upload SET received = size")
    complete = await world.product.container.get(CompleteUpload)
    (row,) = await world.read("SELECT id FROM upload")
    sweep = await world.product.container.get(SweepUploads)
    await asyncio.gather(complete(row["id"]), sweep(), visitor.stands(place), complete(row["id"]))
    assert await visitor.stands(place) == len(data)
    (sent,) = await world.read("SELECT file_hash FROM submission")
    assert sent["file_hash"] == hashlib.sha256(data).hexdigest()
    assert await world.read("SELECT state, name FROM upload") == [{"state": "done", "name": ""}]


async def test_what_nobody_goes_on_with_is_given_up(sqlite_url: str, tmp_path: Path) -> None:
    class LaterClock(Clock):
        ahead = timedelta()

        def now(self) -> datetime:
            return datetime.now(UTC) + self.ahead

    async with open_world(sqlite_url, tmp_path) as world, visitor_of(world, await world.technician()) as visitor:
        place = await visitor.begins("scan.pdf", 100)
        await visitor.adds(place, 0, b"%PDF")
        sweep = await world.product.container.get(SweepUploads)
        await sweep()
        assert await visitor.stands(place) == 4, "a young one stays"
        sweep.clock = LaterClock()
        LaterClock.ahead = timedelta(days=3)
        await sweep()
        assert (await visitor.http.head(place, headers=TUS)).status == 404
    assert list((tmp_path / "spool").glob("*.part")) == []


async def test_a_finish_in_the_middle_is_told_and_keeps_the_ledger(world: World, visitor: Visitor) -> None:
    place = await visitor.begins("scan.pdf", 10)
    await visitor.adds(place, 0, b"%PDF")
    moment = "'2026-08-27 12:00:00+00:00'"
    await change(world, f"UPDATE participation SET state = 'finished', finished_at = {moment}, declared = 2")
    answer = await visitor.adds(place, 4, b"-1.7xx")
    assert answer.status == 403
    assert "Апробация уже завершена" in (await answer.json())["message"]
    body = await visitor.page()
    assert "Апробация уже завершена" in body
    assert await world.read("SELECT id FROM submission") == []
    assert (await visitor.announces("more.pdf", 10)).status == 403
