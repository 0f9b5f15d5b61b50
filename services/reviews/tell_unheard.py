"""Tells the college that nobody got its question, and whom to ask instead."""

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.models import Membership, Person, Role
from services.accounts.queries import chats_of
from services.db.clock import Clock
from services.events.contacts import contacts_for
from services.events.queries import ParticipationView
from services.notices.models import Notice
from services.outbox.outbox import Outbox, Priority
from services.reviews.screens.news import unheard
from services.texts import load_texts


class TellUnheard:
    """Once an occasion, when the last coordinator of the region could not be written to: the question waits all the
    same, and somebody must be called.
    """

    def __init__(self, session: AsyncSession, clock: Clock, outbox: Outbox) -> None:
        self.session = session
        self.clock = clock
        self.outbox = outbox

    async def __call__(self, college: ParticipationView, kind: str, occasion: int) -> None:
        if await self.may_be_heard(college, kind, occasion):
            return
        contacts = contacts_for(college.event.contacts, college.region.code)
        for person in await technicians_of(self.session, college):
            for chat in (await chats_of(self.session, person.id))[:1]:
                screen = unheard(load_texts(person.language), college, contacts)
                key = f"unheard-{college.participation.id}-{kind}-{occasion}-{person.id}"
                await self.outbox.say(chat, screen, priority=Priority.NOTICE, key=key)

    async def may_be_heard(self, college: ParticipationView, kind: str, occasion: int) -> bool:
        """True while one notice of the occasion has arrived or is on its way."""
        alive = select(Notice.id).where(
            Notice.participation_id == college.participation.id,
            Notice.kind == kind,
            Notice.occasion == occasion,
            Notice.failure.is_(None),
        )
        return await self.session.scalar(alive.limit(1)) is not None


async def technicians_of(session: AsyncSession, college: ParticipationView) -> list[Person]:
    """The people who work for a college in its event, in the order in which they came."""
    works = (
        select(Person)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.role == Role.TECHNICIAN, Membership.revoked_at.is_(None))
        .where(Membership.organisation_id == college.organisation.id)
        .where(or_(Membership.event_id.is_(None), Membership.event_id == college.event.id))
        .group_by(Person.id)
        .order_by(Person.id)
    )
    return list(await session.scalars(works))
