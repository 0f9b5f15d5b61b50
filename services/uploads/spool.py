"""The folder of files that are still coming: bytes are added at the end and forced to the disk before they count."""

import asyncio
import fcntl
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import FileIO
from pathlib import Path

ENDING = ".part"


class BusyError(Exception):
    """Another request is writing to this upload."""


class Part:
    """The bytes of one upload, open for one request alone."""

    def __init__(self, file: FileIO) -> None:
        self.file = file

    async def cut_to(self, most: int) -> int:
        """Takes away what was never confirmed and returns how many bytes are there; writing goes on at their end."""
        return await asyncio.to_thread(cut, self.file, most)

    async def write(self, data: bytes) -> None:
        """Raises OSError where the disk is full."""
        await asyncio.to_thread(write_all, self.file, data)

    async def sync(self) -> None:
        """Returns when what was written would survive a power cut."""
        await asyncio.to_thread(os.fsync, self.file.fileno())


class Spool:
    """Parts by the key of their upload. A lock on the file keeps two requests, also of two processes, apart."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def path(self, key: str) -> Path:
        return self.folder / f"{key}{ENDING}"

    def size(self, key: str) -> int:
        """Bytes on the disk; 0 where nothing has come yet."""
        path = self.path(key)
        return path.stat().st_size if path.exists() else 0

    @asynccontextmanager
    async def open(self, key: str) -> AsyncIterator[Part]:
        """The part, made where it is not there. Raises BusyError, OSError."""
        with FileIO(os.open(self.path(key), os.O_RDWR | os.O_CREAT, 0o600), "r+") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise BusyError from None
            yield Part(file)

    def remove(self, key: str) -> None:
        self.path(key).unlink(missing_ok=True)

    def keys(self) -> list[str]:
        """The uploads that have a part here."""
        return [path.name.removesuffix(ENDING) for path in self.folder.glob(f"*{ENDING}")]


def cut(file: FileIO, most: int) -> int:
    there = os.fstat(file.fileno()).st_size
    size = min(most, there)
    if size < there:
        file.truncate(size)
    file.seek(size)
    return size


def write_all(file: FileIO, data: bytes) -> None:
    """An almost full disk takes a part of the bytes, and only the next write says why."""
    rest = memoryview(data)
    while rest:
        rest = rest[file.write(rest) or 0 :]
