"""Files from a Bot API server of one's own that runs with `--local`: it hands over a path on a disk both can see."""

import asyncio
import shutil
from pathlib import Path

import structlog
from aiogram import Bot

log = structlog.get_logger(__name__)

FETCHING_S = 900
"""Such a server answers `getFile` only when it has the whole file from Telegram; 500 MB take their time."""


class NotHereError(Exception):
    """The server names a path that this process cannot read: the two do not share the folder."""


async def copy_from_server(bot: Bot, remote_id: str, destination: Path) -> bool:
    """Copies the file. False where the server hands over no paths after all and wants to be asked over HTTP.

    Raises aiogram's errors, NotHereError, and OSError where the destination cannot be written.
    """
    file = await bot.get_file(remote_id, request_timeout=FETCHING_S)
    path = Path(file.file_path or "")
    if not path.is_absolute():
        return False
    await asyncio.to_thread(copy, path, destination)
    return True


def copy(path: Path, destination: Path) -> None:
    try:
        source = path.open("rb")
    except OSError:
        log.error("download.path_not_seen", folder=str(path.parent))  # noqa: TRY400 (the path is what one must know)
        raise NotHereError from None
    with source, destination.open("wb") as target:
        shutil.copyfileobj(source, target, 1 << 20)
