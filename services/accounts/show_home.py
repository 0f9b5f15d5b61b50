"""Shows a person their home, whatever they are."""

from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts import screens
from services.accounts.go_home import GoHome
from services.accounts.models import Person
from services.accounts.redeem_invite import LetIn
from services.conversation.screen import Screen
from services.reports.home import CoordinatorHome
from services.texts import Texts
from services.tickets.list_tickets import ListOwn, ShowDesk
from services.tickets.screens import lists


class ShowHome:
    """A college's steps, a region's list, support's desk, or the choice between them; with the way to their tickets.

    Raises Forbidden for strangers.
    """

    def __init__(
        self, session: AsyncSession, go_home: GoHome, watch: CoordinatorHome, own: ListOwn, desk: ShowDesk
    ) -> None:
        self.session = session
        self.go_home = go_home
        self.watch = watch
        self.own = own
        self.desk = desk

    async def __call__(self, person: Person, texts: Texts, participation_id: int = 0) -> Screen:
        """`participation_id` is the college that was asked for, 0 for none."""
        desk = await self.desk(person)
        shown = await self.watch(person, texts)
        if shown is None:
            found = await self.go_home(person, participation_id)
            if desk is not None and not screens.places(found):
                return lists.desk(texts, desk)
            shown = screens.home(found, texts)
        return lists.with_tickets(texts, shown, await self.own(person), desk)

    async def entered(self, entry: LetIn, texts: Texts) -> Screen:
        """Where a link leads: a technician to the welcome the first time, everybody else home."""
        found = await self.go_home(entry.person, entry.participation)
        if found.walk is not None and not entry.again:
            return screens.welcome(found.walk, texts)
        return await self(entry.person, texts, entry.participation)
