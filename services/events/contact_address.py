"""The e-mail that a person is told to write to where the chat is not enough."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.models import Person
from services.events.contacts import contacts_for
from services.events.models import Event
from services.events.queries import participations_of


async def contact_address(session: AsyncSession, person: Person | None) -> str:
    """That of one's own event, or of the latest one that names any; empty where none does."""
    own = await participations_of(session, person) if person else []
    latest = select(Event).order_by(Event.closes_at.desc(), Event.id.desc())
    events = [college.event for college in own] or list(await session.scalars(latest))
    addresses = (contacts_for(event.contacts, "").email for event in events)
    return next((email for email in addresses if email), "")
