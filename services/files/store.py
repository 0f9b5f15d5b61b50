"""Files by their content: written once, found by their hash, never changed."""

import asyncio
import hashlib
import os
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import obstore
from obstore.exceptions import AlreadyExistsError
from obstore.store import LocalStore, ObjectStore, from_url

CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that is safely stored: SHA-256 in hex and size in bytes."""

    hash: str
    size: int


class FileStore:
    """A folder (`file:///path`) or an object store (`s3://bucket/prefix`) with files named by their content.

    `put` returns only when the bytes would survive a power cut. Raises OSError where the place is full or closed.
    """

    def __init__(self, url: str) -> None:
        self.folder = Path(url.removeprefix("file:").removeprefix("//")) if url.startswith("file:") else None
        if self.folder is not None:
            self.folder.mkdir(parents=True, exist_ok=True)
        self.store: ObjectStore = LocalStore(self.folder) if self.folder else from_url(url)

    async def put(self, source: bytes | Path) -> StoredFile:
        """Stores bytes or a file. The same content again is found to be there and costs nothing."""
        digest, size = await asyncio.to_thread(measure, source)
        if self.folder is not None:
            await asyncio.to_thread(write_through, self.folder / place(digest), source)
        else:
            await self.upload(digest, source)
        return StoredFile(digest, size)

    async def upload(self, digest: str, source: bytes | Path) -> None:
        try:
            await obstore.put_async(self.store, place(digest), source, mode="create")
        except AlreadyExistsError:
            return

    async def get(self, digest: str) -> bytes:
        """The bytes of a stored file. Raises FileNotFoundError where there is none."""
        found = await obstore.get_async(self.store, place(digest))
        return bytes(await found.bytes_async())

    @asynccontextmanager
    async def local(self, digest: str) -> AsyncIterator[Path]:
        """A path under which a decoder can open the file; from an object store it is fetched for the time being."""
        if self.folder is not None:
            yield self.folder / place(digest)
            return
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / digest
            await asyncio.to_thread(path.write_bytes, await self.get(digest))
            yield path

    @asynccontextmanager
    async def scratch(self) -> AsyncIterator[Path]:
        """A path for a file that is still arriving; it is on the store's own disk, and gone afterwards."""
        parent = self.folder / "incoming" if self.folder is not None else None
        if parent is not None:
            parent.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=parent) as folder:
            yield Path(folder) / "incoming"


def place(digest: str) -> str:
    """Where a file lies: two letters of its hash keep folders small."""
    return f"{digest[:2]}/{digest}"


def measure(source: bytes | Path) -> tuple[str, int]:
    if isinstance(source, bytes):
        return hashlib.sha256(source).hexdigest(), len(source)
    with source.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest(), source.stat().st_size


def write_through(target: Path, source: bytes | Path) -> None:
    """Writes beside the target, forces it to the disk, then renames: a kill leaves the whole file or none."""
    if target.exists():
        return
    target.parent.mkdir(exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=".arriving-")
    try:
        with os.fdopen(descriptor, "wb") as opened:
            copy(source, opened)
            opened.flush()
            os.fsync(opened.fileno())
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    sync_folder(target.parent)


def copy(source: bytes | Path, opened: BinaryIO) -> None:
    if isinstance(source, bytes):
        opened.write(source)
        return
    with source.open("rb") as reader:
        while chunk := reader.read(CHUNK):
            opened.write(chunk)


def sync_folder(folder: Path) -> None:
    """A rename lives in the folder: without this it may be lost in a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
