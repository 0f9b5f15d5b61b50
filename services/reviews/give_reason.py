"""Takes the reason of a decision, pressed or typed, and decides."""

from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.models import Account, Person
from services.conversation.refusal import Forbidden
from services.reviews.ask_reason import Asked, AskReason
from services.reviews.decide import Decide, Decided, is_own
from services.reviews.draft import Draft, parse_draft, split_reason
from services.reviews.models import ReviewKind
from services.reviews.reason import ReasonFault, read_reason, ready_reasons
from services.reviews.shown import Shown
from services.texts import Texts


class GiveReason:
    """Words that are no reason are asked for again, and nothing is decided. Raises Forbidden and Refusal."""

    def __init__(self, session: AsyncSession, ask: AskReason, decide: Decide) -> None:
        self.session = session
        self.ask = ask
        self.decide = decide

    async def ready(
        self, person: Person, account: Account | None, participation_id: int, argument: str, texts: Texts
    ) -> Decided:
        """A button's reason, in the words that the person read. Pressed twice it answers the same."""
        draft, number = split_reason(argument)
        asked = await self.ask(person, None, participation_id, draft)
        if isinstance(asked, Shown):
            return Decided(asked, just_now=is_own(asked.review, person, draft))
        reasons = ready_reasons(texts, ReviewKind(asked.shown.review.kind), asked.draft.choice)
        if not number or not 1 <= int(number[:3]) <= len(reasons):
            raise Forbidden
        return await self.decide(person, account, participation_id, asked.draft, reasons[int(number) - 1])

    async def typed(
        self, person: Person, account: Account, participation_id: int, argument: str, text: str
    ) -> Decided | Shown | tuple[Asked | Shown, ReasonFault]:
        draft: Draft | None = parse_draft(argument)
        reason = read_reason(text)
        if draft is None or isinstance(reason, ReasonFault):
            asked = await self.ask(person, account, participation_id, draft)
            return asked, ReasonFault(reason) if isinstance(reason, ReasonFault) else ReasonFault.TOO_SHORT
        return await self.decide(person, account, participation_id, draft, reason)
