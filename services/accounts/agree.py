"""A person agrees to what is kept of them."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.caller import Caller
from services.accounts.consent import SLOT, VERSION
from services.accounts.consent_screens import given
from services.accounts.models import Consent, Person
from services.accounts.queries import account_of, person_of
from services.accounts.redeem_invite import LetIn, NotLetIn, RedeemInvite
from services.audit.record import record
from services.db.clock import Clock
from services.db.insert import insert_once
from services.inbox.hold import release
from services.outbox.outbox import Chat, Outbox
from services.texts import Texts


class Agree:
    """Consent and entrance in one transaction: there is no moment at which one is kept without the other.

    With a token the person comes in by it; without one, somebody known agrees to a new text. What they did meanwhile is
    handled after it. A link that has stopped to work in between lets nobody in and keeps nothing of a stranger.
    """

    def __init__(self, session: AsyncSession, clock: Clock, outbox: Outbox, redeem: RedeemInvite) -> None:
        self.session = session
        self.clock = clock
        self.outbox = outbox
        self.redeem = redeem

    async def __call__(self, caller: Caller, token: str, message_id: int, texts: Texts) -> LetIn | NotLetIn:
        """`message_id` is the message that asked: it becomes the record of the answer."""
        account = await account_of(self.session, caller.bot_id, caller.external_id, caller.messenger)
        known = await person_of(self.session, account) if account else None
        entry: LetIn | NotLetIn = LetIn(known, 0, again=True) if known and not token else NotLetIn.UNKNOWN
        if token:
            entry = await self.redeem(caller, token)
        person = entry.person if isinstance(entry, LetIn) else known
        if person is not None:
            at = await self.keep(person, caller)
            await self.confirm(Chat(caller.bot_id, caller.chat_id), message_id, texts, at)
        return entry

    async def keep(self, person: Person, caller: Caller) -> datetime:
        """Once a version, however often it is pressed; returns when it was given."""
        new = await insert_once(self.session, Consent, person_id=person.id, version=VERSION, given_at=self.clock.now())
        if new:
            record(self.session, self.clock, "consent.given", person=person, version=VERSION)
        await release(self.session, caller.bot_id, caller.chat_id)
        kept = select(Consent.given_at).where(Consent.person_id == person.id, Consent.version == VERSION)
        return (await self.session.scalars(kept)).one()

    async def confirm(self, chat: Chat, message_id: int, texts: Texts, at: datetime) -> None:
        """The question loses its buttons and says when it was answered."""
        row = await self.outbox.say(chat, given(texts, at), slot=SLOT)
        await self.outbox.place(row, message_id)
