"""The database and the file store for commands that work without the running bot."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import services.db.schema  # noqa: F401 (registers all tables, which refer to each other)
from bot.make_store import make_store
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
        yield Local(settings, Database(engine), make_store(settings.files))
    finally:
        await engine.dispose()


async def bot_name(settings: Settings) -> str | None:
    """The bot's name as its server knows it; None without a token or where the server cannot be reached."""
    from aiogram.exceptions import AiogramError

    from bot.make_bot import make_bot

    if not settings.telegram.token.get_secret_value():
        return None
    bot = make_bot(settings.telegram)
    try:
        return (await bot.get_me(request_timeout=ASK_FOR_S)).username
    except (AiogramError, TimeoutError):
        return None
    finally:
        await bot.session.close()
