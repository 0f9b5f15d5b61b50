"""Lets somebody in who opened the page inside Telegram."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.access import Access, Deed
from services.accounts.models import Account, Person
from services.accounts.queries import account_of, person_of
from services.conversation.refusal import Forbidden
from services.db.clock import Clock
from services.events.queries import ParticipationView, participation_view, participations_of
from services.telegram.init_data import InitData
from services.uploads.limits import LINK_FOR
from services.uploads.link import REVOKED, Grant, UploadLinks, WrongLink


@dataclass(frozen=True, slots=True)
class Door:
    """A college whose uploads are open to the person, and the token of its page."""

    college: str
    token: str


class EnterApp:
    """The doors that are open to whoever Telegram says is there: the college asked for, or all of the person's.

    Raises WrongInitData; WrongLink for people whom the bot does not know or who send no scans.
    """

    def __init__(
        self, session: AsyncSession, clock: Clock, links: UploadLinks, init_data: InitData, bot_id: int
    ) -> None:
        self.session = session
        self.clock = clock
        self.links = links
        self.init_data = init_data
        self.bot_id = bot_id

    async def __call__(self, text: str, participation_id: int | None) -> list[Door]:
        user = self.init_data.read(text, self.clock.now())
        account = await account_of(self.session, self.bot_id, user.id)
        if account is None:
            raise WrongLink(REVOKED)
        person = await person_of(self.session, account)
        colleges = await self.wanted(person, participation_id) or await participations_of(self.session, person)
        if not colleges:
            raise WrongLink(REVOKED)
        return [self.door(person, account, college) for college in colleges]

    async def wanted(self, person: Person, participation_id: int | None) -> list[ParticipationView]:
        if participation_id is None:
            return []
        try:
            college = await participation_view(self.session, participation_id)
            await Access(self.session).require(person, Deed.WORK, college.participation)
        except Forbidden:
            return []
        return [college]

    def door(self, person: Person, account: Account, college: ParticipationView) -> Door:
        expires = min(college.event.closes_at, self.clock.now() + LINK_FOR)
        grant = Grant(person.id, college.participation.id, account.bot_id, account.chat_id, expires)
        return Door(college.organisation.name, self.links.token(grant))
