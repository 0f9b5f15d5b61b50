"""Intake by webhook: only from who knows the secret, answered after the commit, kept once."""

import asyncio
import io
import json
from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession

from bot.intake.webhook import PATH, SECRET_HEADER, Webhook
from bot.web.server import make_web, start_web
from services.db.clock import Clock
from services.db.slot import Slot
from services.inbox.inbox import Inbox
from tests.planted import MESSAGE
from tests.spine.parts import database_at, rows

SECRET = "a-long-secret-of-the-tests"
GOOD = {SECRET_HEADER: SECRET}
UPDATE = {"update_id": 7, "message": {"chat": {"id": 5}, "text": MESSAGE}}


class Door:
    """The product's web server with a webhook."""

    def __init__(self, url: str, database_url: str, client: ClientSession) -> None:
        self.url = url
        self.database_url = database_url
        self.client = client

    async def post(self, body: object, headers: dict[str, str] | None = None) -> int:
        data = io.BytesIO(body if isinstance(body, bytes) else json.dumps(body).encode())
        async with self.client.post(self.url + PATH, data=data, headers=headers or {}) as answer:
            return answer.status

    async def saved(self) -> int:
        return len(await rows(self.database_url, "SELECT id FROM inbox"))


@pytest.fixture
async def door(database_url) -> AsyncIterator[Door]:
    async with database_at(database_url) as database, ClientSession() as client:
        webhook = Webhook(7, SECRET, Inbox(database, Clock(), Slot()))
        runner, port = await start_web(make_web(webhook), "127.0.0.1", 0)
        yield Door(f"http://127.0.0.1:{port}", database_url, client)
        await runner.cleanup()


async def test_saved_before_the_answer_and_once(door: Door):
    assert await asyncio.gather(*(door.post(UPDATE, GOOD) for _ in range(5))) == [200] * 5
    assert await door.saved() == 1


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x", SECRET[:-1], "секрет", "\udcff\udcfe"])
async def test_strangers_are_refused(door: Door, secret):
    headers = {} if secret is None else {SECRET_HEADER: secret}
    if secret == "\udcff\udcfe":
        assert await raw_status(door, b"\xff\xfe") == 401
    else:
        assert await door.post(UPDATE, headers) == 401
    assert await door.saved() == 0


async def raw_status(door: Door, secret: bytes) -> int:
    """By hand: a client library would not send such a header."""
    port = int(door.url.rpartition(":")[2])
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    body = json.dumps(UPDATE).encode()
    head = f"POST {PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n{SECRET_HEADER}: ".encode()
    writer.write(head + secret + b"\r\n\r\n" + body)
    status = int((await reader.readline()).split()[1])
    writer.close()
    await writer.wait_closed()
    return status


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not json",
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b'{"update_id": NaN}',
        [UPDATE],
        "слова",
        {},
        {"update_id": "7"},
        {"update_id": True},
        {"update_id": -1},
        {"update_id": 2**63},
    ],
)
async def test_what_is_no_update_is_not_kept(door: Door, body):
    assert await door.post(body, GOOD) == 400
    assert await door.saved() == 0


async def test_too_much_is_refused(door: Door):
    assert await door.post(b" " * (2 << 20), GOOD) == 413


async def test_health_tells_nothing_more(door: Door):
    async with door.client.get(door.url + "/healthz") as answer:
        assert (answer.status, await answer.json()) == (200, {"status": "ok"})
    async with door.client.get(door.url + PATH) as answer:
        assert answer.status == 405
