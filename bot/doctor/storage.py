"""The place for scans: can it be written and read, and is there room?"""

import asyncio

from bot.doctor.finding import Finding, fail, ok, warn
from bot.make_store import make_store
from bot.settings import FilesSettings
from bot.settings_in_force import without_passwords
from services.files.probe import StoreFault, free_bytes, probe

LIMIT_S = 45.0
MEGABYTE = 1 << 20
TOLD_UNDER_MB = 2048
STOPS_UNDER_MB = 200
"""One scan of a college may be this large."""


async def examine_storage(settings: FilesSettings) -> Finding:
    """Writes, reads and takes away a tiny file."""
    place = without_passwords(settings.url.removeprefix("file://"))
    values = {"place": place, "endpoint": without_passwords(settings.endpoint) or "Amazon S3"}
    try:
        files = make_store(settings)
        async with asyncio.timeout(LIMIT_S):
            await probe(files)
        free = free_bytes(files)
    except StoreFault as fault:
        return fail("storage", fault.why, **values)
    except TimeoutError:
        return fail("storage", "away", **values)
    except OSError:  # the folder cannot even be made
        return fail("storage", "closed", **values)
    return of_room(free, values)


def of_room(free: int | None, values: dict[str, str]) -> Finding:
    if free is None:
        return ok("storage", **values)
    megabytes = free // MEGABYTE
    if megabytes < STOPS_UNDER_MB:
        return fail("storage", "no_room", megabytes=megabytes, **values)
    if megabytes < TOLD_UNDER_MB:
        return warn("storage", "little_room", megabytes=megabytes, **values)
    return ok("storage", **values)
