"""That people agree to what is kept of them, before anything is."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.models import Consent

VERSION = "2026-11"
"""Of the text that people agree to. A new one asks everybody again, before anything else they write is handled."""

SLOT = "consent"
"""The place of the question in the chat: asked again it stands at the end, answered it says when."""


async def has_consent(session: AsyncSession, person_id: int) -> bool:
    """True where the person has agreed to the text as it stands now."""
    given = select(Consent.id).where(Consent.person_id == person_id, Consent.version == VERSION)
    return await session.scalar(given) is not None
