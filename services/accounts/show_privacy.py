"""Finds out whom a person asks to have their data erased."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.models import Person
from services.events.contacts import contacts_for
from services.events.models import Event
from services.events.queries import participations_of
from services.privacy.terms import Terms


@dataclass(frozen=True, slots=True)
class Privacy:
    """What the text about privacy needs besides its words. `email` is empty where no event names one."""

    email: str
    keep_days: int


class ShowPrivacy:
    """Anybody may read it, strangers too: the address is that of one's own event, or of the latest one."""

    def __init__(self, session: AsyncSession, terms: Terms) -> None:
        self.session = session
        self.terms = terms

    async def __call__(self, person: Person | None) -> Privacy:
        own = await participations_of(self.session, person) if person else []
        latest = select(Event).order_by(Event.closes_at.desc(), Event.id.desc())
        events = [college.event for college in own] or list(await self.session.scalars(latest))
        addresses = (contacts_for(event.contacts, "").email for event in events)
        return Privacy(next((email for email in addresses if email), ""), self.terms.keep_days)
