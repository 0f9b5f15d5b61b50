"""Tells the technician what became of the notice of their finish."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.models import Person
from services.accounts.queries import chats_of
from services.conversation.screen import Screen
from services.events.contacts import contacts_for
from services.events.queries import ParticipationView
from services.notices import screens
from services.notices.models import Notice
from services.notices.queries import notices_of
from services.outbox.outbox import Outbox
from services.texts import Texts, load_texts


class TellTechnician:
    """Once a finish: as soon as one coordinator has the notice, or when the messenger has refused the last one.

    Where nobody could be written to from the start, the card of the finish says it.
    """

    def __init__(self, session: AsyncSession, outbox: Outbox) -> None:
        self.session = session
        self.outbox = outbox

    async def __call__(self, view: ParticipationView) -> None:
        participation = view.participation
        notices = await notices_of(self.session, participation)
        if participation.finished_by is None or is_open(notices):
            return
        person = await self.session.get_one(Person, participation.finished_by)
        screen = await self.outcome(load_texts(person.language), view, notices)
        for chat in (await chats_of(self.session, person.id))[:1]:
            await self.outbox.say(chat, screen, key=f"notice-told-{participation.id}-{participation.finishes}")

    async def outcome(self, texts: Texts, view: ParticipationView, notices: Sequence[Notice]) -> Screen:
        arrived = [notice for notice in notices if notice.delivered_at is not None]
        if not arrived:
            contacts = contacts_for(view.event.contacts, view.region.code)
            return screens.not_delivered(texts, view.participation.id, contacts)
        people = [notice.person_id for notice in arrived]
        names = await self.session.scalars(select(Person.name).where(Person.id.in_(people)).order_by(Person.id))
        at = min(notice.delivered_at for notice in arrived if notice.delivered_at)
        return screens.delivered(texts, view.participation.id, at, view.region.time_zone, names.all())


def is_open(notices: Sequence[Notice]) -> bool:
    """True while nobody has the notice yet and somebody may still get it."""
    delivered = any(notice.delivered_at for notice in notices)
    return not delivered and any(notice.failure is None for notice in notices)
