"""`aprobot serve` as a process: stops without losing anything, and says in one sentence why it cannot start."""

import asyncio
import json
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import ClientSession
from sqlalchemy import text

from sandbox.client import Messenger, Person
from sandbox.demo.commands import CommandFailedError, Product, Serving
from sandbox.server import Sandbox, running
from services.db.database import make_engine
from tests.planted import MESSAGE, NAME, TOKEN
from tests.spine.parts import rows, until

SECRET = "a-long-secret-of-the-tests"


def settings(url: str, folder: Path, api: str, **more: str) -> dict[str, str]:
    return {
        "APROBOT_TELEGRAM__TOKEN": TOKEN,
        "APROBOT_TELEGRAM__API_URL": api,
        "APROBOT_DATABASE__URL": url,
        "APROBOT_FILES__URL": f"file://{folder / 'files'}",
        "APROBOT_WEB__PORT": "0",
        "APROBOT_RECOGNITION__WORKERS": "1",
        **more,
    }


@asynccontextmanager
async def messenger() -> AsyncIterator[tuple[Sandbox, Messenger]]:
    async with running(people=[], limits=False) as sandbox, Messenger(sandbox.url) as client:
        yield sandbox, client


@asynccontextmanager
async def serving(product: Product) -> AsyncIterator[Serving]:
    bot = await product.serve()
    try:
        await bot.ready()
        yield bot
    finally:
        bot.kill()
        await bot.process.wait()


async def test_a_stop_under_load_loses_nothing(database_url, tmp_path):
    async with messenger() as (sandbox, client):
        product = Product(settings(database_url, tmp_path, sandbox.url), tmp_path)
        people = []
        async with serving(product) as bot:
            await client.waits_for_bot()
            people = [await client.add_person(f"{NAME} {number}", "technician") for number in range(8)]
            talk = asyncio.gather(*(talks(person) for person in people))
            await asyncio.sleep(0.7)
            began = time.monotonic()
            assert await bot.stop() == 0
            assert time.monotonic() - began < 10
            await talk
        async with serving(product):
            await until(lambda: all_done(database_url, 8 * 6), 40)
            for person in people:
                await person.waits_for(lambda _message: True, 10, since="start")
        assert await rows(database_url, "SELECT id FROM outbox WHERE state = 'sending' OR failure = 'bug'") == []
        assert_the_log_is_json(tmp_path / "bot.log")


async def talks(person: Person) -> None:
    for number in range(6):
        await person.says(f"{MESSAGE} {number}")
        await asyncio.sleep(0.2)


async def all_done(url: str, count: int) -> bool:
    states = await rows(url, "SELECT state, count(*) AS n FROM inbox GROUP BY state")
    waiting = await rows(url, "SELECT id FROM outbox WHERE state IN ('new', 'sending')")
    return states == [{"state": "done", "n": count}] and not waiting


def assert_the_log_is_json(log: Path) -> None:
    """What must not stand in it, the watch over all logs looks for."""
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    assert {"serve.ready", "serve.stopping", "polling.saved", "update.done", "outbox.sent"} <= {
        line["event"] for line in lines
    }
    assert all(line["trace"] for line in lines if line["event"] == "update.done")


async def test_by_webhook_with_its_secret_and_health(sqlite_url, tmp_path):
    port = free_port()
    own = f"http://127.0.0.1:{port}"
    async with messenger() as (sandbox, client):
        more = {
            "APROBOT_TELEGRAM__MODE": "webhook",
            "APROBOT_TELEGRAM__WEBHOOK_URL": own,
            "APROBOT_TELEGRAM__WEBHOOK_SECRET": SECRET,
            "APROBOT_WEB__PORT": str(port),
        }
        async with serving(Product(settings(sqlite_url, tmp_path, sandbox.url, **more), tmp_path)) as bot:
            await client.waits_for_bot()
            person = await client.add_person(NAME, "technician")
            await person.says("/start")
            await person.waits_for(lambda _message: True)
            assert sandbox.world.bots.all()[0].webhook.secret == SECRET
            async with ClientSession() as stranger:
                assert (await stranger.get(own + "/healthz")).status == 200
                assert (await stranger.post(own + "/telegram/webhook", json={"update_id": 1})).status == 401
            assert await bot.stop() == 0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def test_a_server_of_the_bot_api_that_is_away_is_waited_for(sqlite_url, tmp_path):
    port = free_port()
    async with serving(Product(settings(sqlite_url, tmp_path, f"http://127.0.0.1:{port}"), tmp_path)) as bot:
        async with running(port, people=[], limits=False) as sandbox, Messenger(sandbox.url) as client:
            await client.waits_for_bot()
            person = await client.add_person(NAME, "technician")
            await person.says("/start")
            await person.waits_for(lambda _message: True)
        assert await bot.stop() == 0
        assert "сервер Bot API пока не отвечает: буду пробовать дальше" in bot.said


async def test_a_token_that_the_server_does_not_know(sqlite_url, tmp_path):
    async with messenger() as (sandbox, _client):
        sandbox.world.bots.ensure(int(TOKEN.partition(":")[0])).secret = "another"
        words = await refusal(settings(sqlite_url, tmp_path, sandbox.url), tmp_path)
    assert "APROBOT_TELEGRAM__TOKEN" in words


@pytest.mark.parametrize("setting", ["APROBOT_WEB__PORT", "APROBOT_METRICS__PORT"])
async def test_a_port_that_is_taken(sqlite_url, tmp_path, setting):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = {setting: str(taken.getsockname()[1])}
        words = await refusal(settings(sqlite_url, tmp_path, "http://127.0.0.1:1", **port), tmp_path)
    assert setting in words


async def test_an_address_that_this_machine_has_not(sqlite_url, tmp_path):
    given = settings(sqlite_url, tmp_path, "http://127.0.0.1:1", APROBOT_WEB__HOST="192.0.2.1")
    assert "APROBOT_WEB__HOST" in await refusal(given, tmp_path)


async def test_a_database_that_is_away(tmp_path):
    url = f"postgresql://user:пароль@127.0.0.1:{free_port()}/x"
    words = await refusal(settings(url, tmp_path, "http://127.0.0.1:1"), tmp_path)
    assert "База данных не отвечает" in words
    assert "пароль" not in words


async def test_a_database_that_refuses(postgres_url, tmp_path):
    words = await refusal(settings(postgres_url + "_missing", tmp_path, "http://127.0.0.1:1"), tmp_path)
    assert "База данных не открывается" in words


async def test_a_file_that_is_no_database(tmp_path):
    (tmp_path / "a.db").write_bytes(b"not a database at all" * 100)
    words = await refusal(settings(f"sqlite:///{tmp_path / 'a.db'}", tmp_path, "http://127.0.0.1:1"), tmp_path)
    assert "База данных не открывается" in words


async def test_a_newer_database(sqlite_url, tmp_path):
    engine = make_engine(sqlite_url)
    async with engine.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    await engine.dispose()
    assert "новее" in await refusal(settings(sqlite_url, tmp_path, "http://127.0.0.1:1"), tmp_path)


async def test_a_second_one_on_the_same_file(sqlite_url, tmp_path):
    async with messenger() as (sandbox, _client):
        mine = settings(sqlite_url, tmp_path, sandbox.url)
        async with serving(Product(mine, tmp_path)):
            assert "уже запущен" in await refusal(mine, tmp_path)


async def refusal(given: dict[str, str], folder: Path) -> str:
    """The one sentence that the command ends with."""
    product = Product(given, folder)
    process = await asyncio.create_subprocess_exec(
        *product.command("serve"),
        cwd=folder,
        env=product.environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    output, errors = await asyncio.wait_for(process.communicate(), 60)
    said = [line for line in errors.decode().splitlines() if not line.startswith("{")]
    assert process.returncode == 1, errors.decode()
    assert len(said) == 1, said
    assert output == b"", "nothing was promised before"
    return said[0]


@pytest.mark.parametrize("command", ["serve", "migrate"])
async def test_a_folder_that_cannot_be_made(tmp_path, command):
    (tmp_path / "file").write_text("a file")
    product = Product(settings(f"sqlite:///{tmp_path}/file/a.db", tmp_path, "http://127.0.0.1:1"), tmp_path)
    with pytest.raises(CommandFailedError) as failed:
        await product.run(command)
    assert str(failed.value).count("\n") == 0
    assert "Вместо папки" in str(failed.value)


async def test_a_peer_goes_on_when_the_leader_dies(postgres_url, tmp_path):
    async with messenger() as (sandbox, client):
        product = Product(settings(postgres_url, tmp_path, sandbox.url), tmp_path)
        async with serving(product) as leader, serving(product):
            await client.waits_for_bot()
            person = await client.add_person(NAME, "technician")
            for number in range(3):
                await person.says(f"{MESSAGE} {number}")
            leader.kill()
            await leader.process.wait()
            await person.says("после сбоя")
            await until(lambda: all_done(postgres_url, 4), 30)
            await person.waits_for(lambda _message: True, 15)
    conflicts = [entry for entry in sandbox.world.journal.since(0) if entry.status == 409]
    assert len(conflicts) <= 1, "two processes do not ask at once"
