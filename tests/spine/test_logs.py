"""What the product writes to its log: one JSON object a line, ids, and never a token, also not a library's own.

In a process of its own: here pytest would read the records before they are written.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.logs import redacted
from tests.planted import NAME, TOKEN

ROOT = Path(__file__).resolve().parents[2]
SECRET = TOKEN.partition(":")[2]
BEFORE = f"""
import asyncio, logging, sys
import aiohttp, structlog
from bot.logs import set_up_logs
from bot.settings import LogSettings
set_up_logs(LogSettings(format=sys.argv[1]))
log, address = structlog.get_logger("bot.test"), "http://127.0.0.1:1/bot{TOKEN}/sendMessage"
"""
EVENT = """
with structlog.contextvars.bound_contextvars(trace="u7"):
    log.info("update.done", outbox=3)
"""
TOKENS = f"""
log.warning("to " + address, url=address, deep={{"list": ["{TOKEN}", {{"inner": "bot{TOKEN}"}}]}})
logging.getLogger("some.library").error("cannot write to %s", address)
try:
    raise aiohttp.ClientOSError("Can not write request body for " + address)
except aiohttp.ClientOSError:
    log.exception("failed")
"""
CLIENT = f"""
from aiogram.exceptions import TelegramNetworkError
from tests.spine.parts import bot_at
async def send():
    async with bot_at("http://127.0.0.1:1", 1) as bot:
        try:
            await bot.send_message(1, "{NAME}")
        except TelegramNetworkError:
            log.exception("outbox.failed")
asyncio.run(send())
"""
CHATTER = """
for name in ("aiogram.event", "aiohttp.access", "sqlalchemy.engine", "alembic.runtime", "dbos"):
    logging.getLogger(name).info("chatter")
"""


def written(script: str, form: str = "json") -> str:
    command = [sys.executable, "-c", BEFORE + script, form]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stderr


def lines(script: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written(script).splitlines()]


def test_an_event_is_one_json_line_with_its_ids():
    [line] = lines(EVENT)
    assert (line["event"], line["trace"], line["outbox"], line["level"]) == ("update.done", "u7", 3, "info")
    assert line["timestamp"].endswith("Z")


@pytest.mark.parametrize("form", ["json", "console"])
def test_a_token_is_taken_out_wherever_it_stands(form):
    output = written(TOKENS, form)
    assert SECRET not in output
    assert output.count("***") >= 5


def test_a_password_in_an_address_is_taken_out_and_the_address_stays():
    [line] = lines('log.warning("no way by socks5://me:p%40ss:word@proxy.example.org:1080", db="x://u:pw@db/name")')
    assert line["event"] == "no way by socks5://***@proxy.example.org:1080"
    assert line["db"] == "x://***@db/name"


def test_a_link_that_opens_a_page_is_taken_out():
    """Whoever reads the log could open the page."""
    assert redacted(f"GET /upload/{'Ab3_-' * 14}x/state") == "GET /upload/***/state"
    assert redacted("GET /upload/static/page.js") == "GET /upload/static/page.js"


def test_a_real_failure_of_the_client_tells_neither_token_nor_words():
    [line] = lines(CLIENT)
    assert "Traceback" in line["exception"]
    assert SECRET not in json.dumps(line)
    assert NAME not in json.dumps(line, ensure_ascii=False), "a trace shows no local variables"


def test_libraries_that_chatter_are_quiet():
    assert written(CHATTER) == ""
