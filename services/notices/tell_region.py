"""Tells the coordinators of a college's region something, once each."""

from collections.abc import Callable, Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.models import Account, Person
from services.accounts.queries import chats_of, coordinators_of
from services.conversation.screen import Screen
from services.db.clock import Clock
from services.db.insert import insert_once
from services.events.queries import ParticipationView
from services.notices.models import Notice
from services.outbox.outbox import Outbox, Priority
from services.texts import Texts, load_texts

SETTLED_JOB = "notice_settled"
NO_ACCOUNT = "no_account"
UNREACHABLE = "unreachable"


class TellRegion:
    """One notice a coordinator and occasion, in the transaction of its cause.

    The unique key of the notice makes a second call for the same occasion silent. Whoever cannot be reached fails at
    once, with the reason; of the others a job writes down what the messenger has answered. Of several messages the last
    one carries the buttons, and its fate is that of the notice.
    """

    def __init__(self, session: AsyncSession, clock: Clock, outbox: Outbox) -> None:
        self.session = session
        self.clock = clock
        self.outbox = outbox

    async def __call__(
        self, college: ParticipationView, kind: str, occasion: int, screens: Callable[[Texts], Sequence[Screen]]
    ) -> None:
        people = (await self.session.scalars(coordinators_of(college.region.id, college.event.id))).all()
        for person in people:
            if notice := await self.note(college, kind, occasion, person):
                await self.send(notice, screens(load_texts(person.language)))
        await self.session.flush()

    async def note(self, college: ParticipationView, kind: str, occasion: int, person: Person) -> Notice | None:
        """The notice's row; None where the person has been told of this occasion before."""
        key = {
            "participation_id": college.participation.id,
            "kind": kind,
            "occasion": occasion,
            "person_id": person.id,
        }
        if not await insert_once(self.session, Notice, **key, created_at=self.clock.now()):
            return None
        return (await self.session.scalars(select(Notice).filter_by(**key))).one()

    async def send(self, notice: Notice, screens: Sequence[Screen]) -> None:
        """Queues the messages to the person's oldest account that can be reached."""
        chats = await chats_of(self.session, notice.person_id)
        if not chats:
            notice.failure = await self.why_not(notice.person_id)
            return
        *before, last = screens
        for number, screen in enumerate(before):
            await self.outbox.say(chats[0], screen, priority=Priority.NOTICE, key=f"notice-{notice.id}-{number}")
        message = await self.outbox.say(
            chats[0], last, priority=Priority.NOTICE, key=f"notice-{notice.id}", then_job=SETTLED_JOB
        )
        notice.outbox_id = message.id

    async def why_not(self, person_id: int) -> str:
        """Somebody who has blocked the bot was with us once; others never came in."""
        known = await self.session.scalar(select(Account.id).where(Account.person_id == person_id).limit(1))
        return NO_ACCOUNT if known is None else UNREACHABLE
