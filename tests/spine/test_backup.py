"""The guide's own commands: a backup of the bot at work, put back elsewhere, is the bot as it was."""

import asyncio
import hashlib
import os
import re
import sys
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from bot.make_store import make_store
from bot.serve import running
from sandbox.client import Messenger
from sandbox.server import running as sandbox_running
from tests.architecture.sources import ROOT
from tests.postgres import Databases, find_binaries
from tests.system import program
from tests.wired.world import World, load_event, scans, settings_for

GUIDE = (ROOT / "docs" / "howto" / "deploy.md").read_text(encoding="utf-8")


def line(beginning: str) -> str:
    """The one line of the guide that begins so, without its comment."""
    [found] = [one for one in GUIDE.splitlines() if one.startswith(beginning)]
    return re.split(r" {2,}#", found)[0]


async def typed(command: str, folder: Path, lives: Path, url: str) -> None:
    """Types a line of the guide, with the places of this test."""
    at = make_url(url)
    command = command.replace("/opt/aprobot/.venv/bin/python", sys.executable).replace("/var/lib/aprobot", str(lives))
    command = re.sub(r"\baprobot(?= aprobot\.dump| > aprobot\.dump)", at.database or "", command)
    places = {"PGHOST": at.host, "PGPORT": at.port, "PGUSER": at.username, "PGPASSWORD": at.password}
    environment = os.environ | {name: str(value) for name, value in places.items() if value}
    environment["PATH"] = f"{program(find_binaries, 'postgresql')}:{environment['PATH']}"
    process = await asyncio.create_subprocess_shell(
        command, cwd=folder, env=environment, stderr=asyncio.subprocess.PIPE
    )
    _, errors = await process.communicate()
    assert process.returncode == 0, errors.decode()


@pytest.fixture(params=["sqlite", "postgresql"])
def two_databases(request, tmp_path, sqlite_url):
    """Where the bot lives, and where it comes back."""
    if request.param == "sqlite":
        (tmp_path / "new").mkdir()
        yield sqlite_url, f"sqlite+aiosqlite:///{tmp_path / 'new' / 'aprobot.db'}"
        return
    postgres: Databases = request.getfixturevalue("postgres")
    urls = postgres.migrated(), postgres.empty()
    (tmp_path / "new").mkdir()
    yield urls
    for url in urls:
        postgres.drop(url)


async def test_a_backup_of_the_bot_at_work_is_the_bot_as_it_was(two_databases, tmp_path):
    old, new = two_databases
    is_file = old.startswith("sqlite")
    async with sandbox_running(people=[], limits=False) as sandbox, Messenger(sandbox.url) as messenger:
        settings = settings_for(old, tmp_path, sandbox.url)
        await load_event(settings, tmp_path, {})
        async with running(settings) as product:
            world = World(product, sandbox, messenger, settings, tmp_path)
            technician = await world.technician()
            name, content = scans(1)[0]
            await technician.sends((name, content))
            await technician.waits_for("получен и проверен", timeout=60)
            await typed(line("/opt/aprobot/.venv/bin/python" if is_file else "pg_dump"), tmp_path, tmp_path, old)
            await typed(line("tar -C /var/lib/aprobot -czf"), tmp_path, tmp_path, old)
        if is_file:
            (tmp_path / "aprobot.db.copy").rename(tmp_path / "new" / "aprobot.db")
        else:
            await typed(line("pg_restore"), tmp_path, tmp_path, new)
        await typed(line("tar -C /var/lib/aprobot -xzf"), tmp_path, tmp_path / "new", old)
        restored = settings_for(new, tmp_path / "new", sandbox.url)
        async with running(restored):
            assert await make_store(restored.files).get(hashlib.sha256(content).hexdigest()) == content
            await technician.says("/start")
            home = await technician.waits_for("Колледж связи № 7")
            assert home.labels()
