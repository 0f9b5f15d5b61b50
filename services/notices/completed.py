"""Tells the coordinators of a region that a college has finished."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.models import Account, Person
from services.accounts.queries import chats_of, coordinators_of
from services.db.clock import Clock
from services.db.insert import insert_once
from services.events.models import Participation
from services.events.queries import ParticipationView, participation_view
from services.notices import screens
from services.notices.models import Notice
from services.notices.queries import COMPLETED, completion_of, notices_of
from services.outbox.outbox import Outbox, Priority
from services.texts import load_texts

SETTLED_JOB = "notice_settled"
NO_ACCOUNT = "no_account"
UNREACHABLE = "unreachable"


class TellCompleted:
    """One notice per coordinator and finish, in the finish's own transaction.

    The unique key of the notice makes a second call for the same finish silent. Whoever cannot be reached fails at
    once, with the reason. Where nobody can be, no message of its own says so: the card under the news of the finish
    does, and a message from here would stand above that news.
    """

    def __init__(self, session: AsyncSession, clock: Clock, outbox: Outbox) -> None:
        self.session = session
        self.clock = clock
        self.outbox = outbox

    async def __call__(self, participation: Participation) -> None:
        view = await participation_view(self.session, participation.id)
        people = (await self.session.scalars(coordinators_of(view.region.id, view.event.id))).all()
        for person in people:
            await insert_once(
                self.session,
                Notice,
                participation_id=participation.id,
                kind=COMPLETED,
                occasion=participation.finishes,
                person_id=person.id,
                created_at=self.clock.now(),
            )
        for notice in await notices_of(self.session, participation):
            if notice.outbox_id is None and notice.failure is None:
                await self.send(view, notice)
        await self.session.flush()

    async def send(self, view: ParticipationView, notice: Notice) -> None:
        """Queues one notice to the person's oldest account that can be reached."""
        chats = await chats_of(self.session, notice.person_id)
        if not chats:
            notice.failure = await self.why_not(notice.person_id)
            return
        person = await self.session.get_one(Person, notice.person_id)
        screen = screens.completed(load_texts(person.language), await completion_of(self.session, view))
        message = await self.outbox.say(
            chats[0], screen, priority=Priority.NOTICE, key=f"notice-{notice.id}", then_job=SETTLED_JOB
        )
        notice.outbox_id = message.id

    async def why_not(self, person_id: int) -> str:
        """Somebody who has blocked the bot was with us once; others never came in."""
        known = await self.session.scalar(select(Account.id).where(Account.person_id == person_id).limit(1))
        return NO_ACCOUNT if known is None else UNREACHABLE
