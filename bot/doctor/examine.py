"""The whole examination, in the order in which one would mend things."""

import asyncio

from bot.doctor.database import examine_database
from bot.doctor.finding import Finding
from bot.doctor.machine import examine_recognition, examine_symbols
from bot.doctor.storage import examine_storage
from bot.doctor.telegram import examine_telegram
from bot.doctor.web import examine_web
from bot.settings import Settings


async def examine(settings: Settings) -> list[Finding]:
    """Everything at once; no part waits for another, each has its own limit of time."""
    telegram, database, storage, web, recognition = await asyncio.gather(
        examine_telegram(settings.telegram),
        examine_database(settings.database.url),
        examine_storage(settings.files),
        examine_web(settings.web, settings.metrics),
        examine_recognition(),
    )
    return [*telegram, *database, storage, *web, recognition, examine_symbols()]
