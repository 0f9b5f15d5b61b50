"""Opens the front door to somebody with a link: asks for consent first."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.caller import Caller
from services.accounts.consent import has_consent
from services.accounts.queries import account_of
from services.accounts.redeem_invite import LetIn, NotLetIn, RedeemInvite


@dataclass(frozen=True, slots=True)
class NotAgreed:
    """The link is good; nothing is kept before the person has agreed. The token travels in the button."""

    token: str


class ComeIn:
    """Lets in at once whoever has agreed before. Of others nothing is written, not even that the link was followed."""

    def __init__(self, session: AsyncSession, redeem: RedeemInvite) -> None:
        self.session = session
        self.redeem = redeem

    async def __call__(self, caller: Caller, token: str) -> LetIn | NotLetIn | NotAgreed:
        account = await account_of(self.session, caller.bot_id, caller.external_id, caller.messenger)
        if account is not None and await has_consent(self.session, account.person_id):
            return await self.redeem(caller, token)
        return await self.redeem.why_not(caller, token) or NotAgreed(token)
