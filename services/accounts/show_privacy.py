"""Finds out how long a person's data are kept, and whom to ask to have them erased."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.models import Person
from services.events.contact_address import contact_address
from services.privacy.terms import Terms


@dataclass(frozen=True, slots=True)
class Privacy:
    """What the text about privacy needs besides its words. `email` is empty where no event names one."""

    email: str
    keep_days: int


class ShowPrivacy:
    """Anybody may read it, strangers too."""

    def __init__(self, session: AsyncSession, terms: Terms) -> None:
        self.session = session
        self.terms = terms

    async def __call__(self, person: Person | None) -> Privacy:
        return Privacy(await contact_address(self.session, person), self.terms.keep_days)
