"""Whether files can be kept right now: what the checks of health and the doctor ask."""

import shutil
import uuid
from contextlib import suppress

import obstore
from obstore.exceptions import BaseError, PermissionDeniedError, UnauthenticatedError

from services.files.store import FileStore

PROBE = b"aprobot"


class StoreFault(OSError):  # noqa: N818 (told to a person in one sentence)
    """Files cannot be kept. `why`: bucket (there is none of this name), refused (the keys), away, full or closed (the
    folder cannot be written).
    """

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


async def probe(files: FileStore) -> None:
    """Writes a tiny file apart from the others, reads it back and takes it away. Raises StoreFault."""
    name = f"probe/{uuid.uuid4().hex}"
    try:
        await obstore.put_async(files.store, name, PROBE, use_multipart=False)
        found = await obstore.get_async(files.store, name)
        same = bytes(await found.bytes_async()) == PROBE
        await obstore.delete_async(files.store, name)
    except (BaseError, OSError) as error:
        raise StoreFault(why(files, error)) from None
    finally:
        with suppress(OSError):
            if files.folder is not None:
                (files.folder / "probe").rmdir()
    if not same:
        raise StoreFault("away")


def why(files: FileStore, error: Exception) -> str:
    if files.folder is not None:
        return "full" if "No space left" in str(error) or "os error 28" in str(error) else "closed"
    if isinstance(error, FileNotFoundError):
        return "bucket"
    return "refused" if isinstance(error, PermissionDeniedError | UnauthenticatedError) else "away"


def free_bytes(files: FileStore) -> int | None:
    """What is left on the disk of a folder; an object store does not tell. Raises OSError."""
    return shutil.disk_usage(files.folder).free if files.folder else None
