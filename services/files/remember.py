"""The row of a stored file."""

from sqlalchemy.ext.asyncio import AsyncSession

from services.db.clock import Clock
from services.db.insert import insert_once
from services.files.models import File
from services.files.store import StoredFile


async def remember_stored(session: AsyncSession, clock: Clock, stored: StoredFile, media_type: str) -> None:
    """Notes that these bytes are on the disk; the same content again changes nothing."""
    await insert_once(
        session, File, hash=stored.hash, size=stored.size, media_type=media_type[:64], stored_at=clock.now()
    )
