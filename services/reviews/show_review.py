"""Shows one question to the coordinator, or what was decided."""

from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.models import Person
from services.reviews.shown import Shown, review_of, show


class ShowReview:
    """Reads only: whatever was decided meanwhile, it is shown as it stands. Raises Forbidden."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def __call__(self, person: Person, participation_id: int, review_id: int) -> Shown:
        return await show(self.session, person, await review_of(self.session, participation_id, review_id))
