"""The database and the file store for commands that work without the running bot."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp

import services.db.schema  # noqa: F401 (registers all tables, which refer to each other)
from bot.settings import Settings, load_settings
from services.db.database import Database, make_engine, prepare_folder
from services.db.migrate import migrate
from services.files.store import FileStore

ASK_FOR_S = 5


@dataclass(frozen=True, slots=True)
class Local:
    """What a command needs of the product."""

    settings: Settings
    database: Database
    files: FileStore


@asynccontextmanager
async def local() -> AsyncIterator[Local]:
    """The parts by the settings, on a migrated database, closed at the end. Raises WrongSetting."""
    settings = load_settings()
    prepare_folder(settings.database.url)
    await migrate(settings.database.url)
    engine = make_engine(settings.database.url)
    try:
        yield Local(settings, Database(engine), FileStore(settings.files.url))
    finally:
        await engine.dispose()


async def bot_name(settings: Settings) -> str | None:
    """The bot's name as its server knows it; None without a token or where the server cannot be reached."""
    token = settings.telegram.token.get_secret_value()
    if not token:
        return None
    address = f"{settings.telegram.api_url}/bot{token}/getMe"
    try:
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=ASK_FOR_S)) as client:
            answer = await (await client.get(address)).json(content_type=None)
        return str(answer["result"]["username"])
    except (TimeoutError, aiohttp.ClientError, ValueError, LookupError, TypeError):
        return None
