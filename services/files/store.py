"""Files by their content: written once, found by their hash, never changed."""

import asyncio
import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, ObjectStore

from services.files.faults import StoreError
from services.files.object_store import StoreAccess, object_store

CHUNK = 1 << 20
LEFT_BEHIND_S = 3600.0
"""Nothing takes an hour to arrive."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that is safely stored: SHA-256 in hex and size in bytes."""

    hash: str
    size: int


class FileStore:
    """A folder (`file:///path`) or an object store (`s3://bucket/prefix`) with files named by their content.

    `put` returns only when the bytes would survive a power cut. Raises OSError where the place is full or closed, and
    StoreError where an object store is the reason.
    """

    def __init__(self, url: str, access: StoreAccess | None = None) -> None:
        self.folder = Path(url.removeprefix("file:").removeprefix("//")) if url.startswith("file:") else None
        if self.folder is not None:
            self.folder.mkdir(parents=True, exist_ok=True)
        self.store: ObjectStore = LocalStore(self.folder) if self.folder else object_store(url, access or StoreAccess())

    async def put(self, source: bytes | Path) -> StoredFile:
        """Stores bytes or a file. The same content again is found to be there and costs nothing."""
        digest, size = await asyncio.to_thread(measure, source)
        if self.folder is not None:
            await asyncio.to_thread(write_through, self.folder, digest, source)
        else:
            await self.upload(digest, source)
        return StoredFile(digest, size)

    async def upload(self, digest: str, source: bytes | Path) -> None:
        """Large files go in parts; the object is seen only when it is whole."""
        try:
            if not await self.is_there(digest):
                await obstore.put_async(self.store, place(digest), source)
        except (BaseError, FileNotFoundError) as error:  # what is not found is the bucket
            raise StoreError(str(error)) from error

    async def is_there(self, digest: str) -> bool:
        """Raises OSError out of reach."""
        try:
            await obstore.head_async(self.store, place(digest))
        except FileNotFoundError:
            return False
        except BaseError as error:
            raise StoreError(str(error)) from error
        return True

    async def get(self, digest: str) -> bytes:
        """The bytes of a stored file. Raises FileNotFoundError where there is none, OSError out of reach."""
        try:
            found = await obstore.get_async(self.store, place(digest))
            return bytes(await found.bytes_async())
        except BaseError as error:
            raise StoreError(str(error)) from error

    @asynccontextmanager
    async def local(self, digest: str) -> AsyncIterator[Path]:
        """A path under which a decoder can open the file; from an object store it is fetched for the time being."""
        if self.folder is not None:
            yield self.folder / place(digest)
            return
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / digest
            await self.fetch(digest, path)
            yield path

    async def delete(self, digest: str) -> None:
        """Takes a file away; one that is not there is gone already. Raises OSError out of reach."""
        try:
            await obstore.delete_async(self.store, place(digest))
        except FileNotFoundError:
            return
        except BaseError as error:
            raise StoreError(str(error)) from error

    async def fetch(self, digest: str, path: Path) -> None:
        """Brings a file of an object store to this disk, piece by piece: it may be larger than what memory has left."""
        try:
            found = await obstore.get_async(self.store, place(digest))
            with path.open("wb") as opened:
                async for piece in found.stream(min_chunk_size=CHUNK):
                    await asyncio.to_thread(opened.write, piece)
        except BaseError as error:
            raise StoreError(str(error)) from error

    @asynccontextmanager
    async def scratch(self) -> AsyncIterator[Path]:
        """A path for a file that is still arriving; it is on the store's own disk, and gone afterwards."""
        with tempfile.TemporaryDirectory(
            dir=self.folder and arriving(self.folder), ignore_cleanup_errors=True
        ) as folder:
            yield Path(folder) / "incoming"

    async def sweep(self) -> int:
        """Takes away what kills have left half-way. Returns how many leftovers."""
        return await asyncio.to_thread(sweep_folder, arriving(self.folder)) if self.folder else 0


def place(digest: str) -> str:
    """Where a file lies: two letters of its hash keep folders small."""
    return f"{digest[:2]}/{digest}"


def measure(source: bytes | Path) -> tuple[str, int]:
    if isinstance(source, bytes):
        return hashlib.sha256(source).hexdigest(), len(source)
    with source.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest(), source.stat().st_size


def arriving(folder: Path) -> Path:
    """Where files are until they are whole."""
    incoming = folder / "incoming"
    incoming.mkdir(exist_ok=True)
    return incoming


def write_through(folder: Path, digest: str, source: bytes | Path) -> None:
    """Writes apart, forces it to the disk, then renames: a kill leaves the whole file or none."""
    target = folder / place(digest)
    if not target.parent.exists():
        target.parent.mkdir(exist_ok=True)
        sync_folder(folder)
    if not target.exists():
        write_apart(arriving(folder), target, source)
    sync_folder(target.parent)


def write_apart(incoming: Path, target: Path, source: bytes | Path) -> None:
    descriptor, name = tempfile.mkstemp(dir=incoming)
    try:
        with os.fdopen(descriptor, "wb") as opened:
            copy(source, opened)
            opened.flush()
            os.fsync(opened.fileno())
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def sweep_folder(incoming: Path) -> int:
    """Old ones only: a peer may be writing the young."""
    too_old = time.time() - LEFT_BEHIND_S
    left = [path for path in incoming.iterdir() if path.stat().st_mtime < too_old]
    for path in left:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    return len(left)


def copy(source: bytes | Path, opened: BinaryIO) -> None:
    if isinstance(source, bytes):
        opened.write(source)
        return
    with source.open("rb") as reader:
        while chunk := reader.read(CHUNK):
            opened.write(chunk)


def sync_folder(folder: Path) -> None:
    """A name lives in its folder: without this it may be lost in a power cut, also where an earlier call made it."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
