"""Lets somebody in by their link: the signature says who, the database says whether they may and have agreed."""

from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.access import Access, Deed
from services.accounts.consent import has_consent
from services.accounts.models import Person
from services.conversation.refusal import Forbidden
from services.db.clock import Clock
from services.events.queries import participation_view
from services.uploads.link import CONSENT, REVOKED, UploadLinks, WrongLink
from services.uploads.visitor import Visitor


class Enter:
    """Asked anew with each request. Raises WrongLink."""

    def __init__(self, session: AsyncSession, clock: Clock, links: UploadLinks) -> None:
        self.session = session
        self.clock = clock
        self.links = links

    async def __call__(self, token: str) -> Visitor:
        grant = self.links.read(token, self.clock.now())
        person = await self.session.get(Person, grant.person_id)
        try:
            college = await participation_view(self.session, grant.participation_id)
            await Access(self.session).require(person, Deed.WORK, college.participation)
        except Forbidden:
            raise WrongLink(REVOKED) from None
        if person is None:
            raise WrongLink(REVOKED)
        if not await has_consent(self.session, person.id):
            raise WrongLink(CONSENT)
        return Visitor(person, college, grant)
