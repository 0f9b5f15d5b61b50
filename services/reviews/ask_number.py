"""Another number of participants after pages have counted: asked by the technician, or decided by the coordinator."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.access import Access, Deed
from services.accounts.models import Account, Person
from services.checklists.read_number import NumberFault, read_number
from services.conversation.awaited import await_text, stop_awaiting
from services.conversation.refusal import Refusal
from services.db.clock import Clock
from services.events.models import Participation
from services.events.queries import lock_participation
from services.jobs.jobs import Jobs
from services.reviews.ask_reason import Asked, AskReason
from services.reviews.draft import Draft, Subject
from services.reviews.models import ReviewKind
from services.reviews.open_review import OpenReview
from services.reviews.own_pages import require_open
from services.reviews.queue_question import ask_about
from services.reviews.shown import Shown

ASKED_NUMBER = "asked_number"
DECIDED_NUMBER = "decided_number"
"""What the awaited texts answer: the technician's request, the coordinator's own number."""


@dataclass(frozen=True, slots=True)
class NumberWanted:
    """The number is awaited; `fault` is what was wrong with the text."""

    participation_id: int
    declared: int | None
    decides: bool
    fault: NumberFault | None = None


@dataclass(frozen=True, slots=True)
class NumberAsked:
    """The coordinator is asked; or N is that number already, and nobody is."""

    participation_id: int
    number: int
    is_declared: bool = False


class AskNumber:
    """The same number asked twice is one question; another one takes its place. Raises Forbidden and Refusal."""

    def __init__(self, session: AsyncSession, clock: Clock, jobs: Jobs, ask_reason: AskReason) -> None:
        self.session = session
        self.clock = clock
        self.jobs = jobs
        self.ask_reason = ask_reason

    async def begin(
        self, person: Person, account: Account | None, participation_id: int, *, decides: bool
    ) -> NumberWanted:
        """Waits for the number to be typed."""
        participation = await lock_participation(self.session, participation_id)
        await self.require(person, participation, decides=decides)
        return await self.wait(account, participation, decides=decides)

    async def asked(
        self, person: Person, account: Account, participation_id: int, text: str
    ) -> NumberAsked | NumberWanted:
        """The technician's number becomes a question to the coordinator."""
        participation = await lock_participation(self.session, participation_id)
        await self.require(person, participation, decides=False)
        number = read_number(text)
        if isinstance(number, NumberFault):
            return await self.wait(account, participation, decides=False, fault=number)
        await stop_awaiting(self.session, account.id)
        if number == participation.declared:
            return NumberAsked(participation_id, number, is_declared=True)
        review, new = await OpenReview(self.session, self.clock).of_college(
            participation_id, ReviewKind.PARTICIPANTS, person.id, {"participants": number}
        )
        await ask_about(self.session, self.jobs, participation_id, [review.id] if new else [])
        return NumberAsked(participation_id, number)

    async def decided(
        self, person: Person, account: Account, participation_id: int, text: str
    ) -> Asked | Shown | NumberWanted:
        """The coordinator's number is asked its reason."""
        participation = await lock_participation(self.session, participation_id)
        await self.require(person, participation, decides=True)
        number = read_number(text)
        if isinstance(number, NumberFault):
            return await self.wait(account, participation, decides=True, fault=number)
        return await self.ask_reason(person, account, participation_id, Draft(Subject.NUMBER, number))

    async def require(self, person: Person, participation: Participation, *, decides: bool) -> None:
        if not decides:
            await require_open(self.session, person, participation)
            return
        await Access(self.session).require(person, Deed.DECIDE, participation)
        if participation.finished_at is not None:
            raise Refusal("review.refused.finished")

    async def wait(
        self, account: Account | None, participation: Participation, *, decides: bool, fault: NumberFault | None = None
    ) -> NumberWanted:
        if account is not None:
            what = DECIDED_NUMBER if decides else ASKED_NUMBER
            await await_text(self.session, self.clock, account.id, what, participation_id=participation.id)
        return NumberWanted(participation.id, participation.declared, decides, fault)
