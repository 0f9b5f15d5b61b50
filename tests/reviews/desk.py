"""A coordinator's and a technician's desk over one college: decisions as the use cases make them."""

from dataclasses import dataclass

from sqlalchemy import select

from services.accounts.models import Person
from services.checklists.finish import Finish
from services.events.queries import lock_participation
from services.kits.models import Kit
from services.kits.settle_pages import SettlePages
from services.notices.completed import TellCompleted
from services.outbox.outbox import Outbox
from services.reviews.decide import Decide, Decided
from services.reviews.draft import Draft, Subject
from services.reviews.models import Choice
from services.reviews.raise_alarm import RaiseAlarm
from services.reviews.show_review import ShowReview
from services.reviews.shown import Shown
from services.reviews.take_back import TakeBack
from tests.kits.college import College


@dataclass
class Desk:
    """One person who decides."""

    college: College
    person: int

    async def decides(
        self, draft: Draft, reason: str = "Так надо", *, look: bool = True, college: College | None = None
    ) -> Decided:
        """With `look` the person has seen the question as it stands."""
        where = college or self.college
        async with where.database.transaction() as session:
            person = await session.get_one(Person, self.person)
            if look and draft.subject == Subject.REVIEW:
                shown = await ShowReview(session)(person, where.participation, draft.id)
                draft = Draft(draft.subject, draft.id, draft.choice, draft.keep, shown.seen)
            outbox = Outbox(session, where.clock)
            return await Decide(session, where.clock, outbox)(person, None, where.participation, draft, reason)

    async def takes_back(self, review: int) -> Shown | None:
        async with self.college.database.transaction() as session:
            person = await session.get_one(Person, self.person)
            outbox = Outbox(session, self.college.clock)
            return await TakeBack(session, self.college.clock, outbox)(person, self.college.participation, review)


async def conflicts(college: College, *, number: str = "1047") -> int:
    """Raises the alarm over the conflicts of a kit, as the check of a file does; the review's id."""
    async with college.database.transaction() as session:
        participation = await lock_participation(session, college.participation)
        kits = list(await session.scalars(select(Kit.id).where(Kit.participation_id == college.participation)))
        found = await SettlePages(session, college.clock)(participation, kits)
        await RaiseAlarm(session, college.clock, Outbox(session, college.clock))(
            participation, found, college.technician
        )
    rows = await college.read(
        "SELECT review.id FROM review JOIN kit ON kit.id = kit_id WHERE review.kind = 'two_sheets' AND number = :n",
        n=number,
    )
    return int(rows[0]["id"])


async def finishes(college: College) -> None:
    async with college.database.transaction() as session:
        person = await session.get_one(Person, college.technician)
        tell = TellCompleted(session, college.clock, Outbox(session, college.clock))
        await Finish(session, college.clock, tell)(person, college.participation)


async def kit_id(college: College, number: str) -> int:
    return int((await college.read("SELECT id FROM kit WHERE number = :n", n=number))[0]["id"])


async def reviews(college: College) -> list[tuple[str, str | None]]:
    rows = await college.read("SELECT kind, choice FROM review ORDER BY id")
    return [(row["kind"], row["choice"]) for row in rows]


def keep(review: int, ordinal: int) -> Draft:
    return Draft(Subject.REVIEW, review, Choice.KEEP, ordinal)


def neither(review: int) -> Draft:
    return Draft(Subject.REVIEW, review, Choice.NEITHER)
