"""Keeps words that nobody asked for until the person says what to do with them."""

from dataclasses import dataclass, replace

from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.models import Account, Person
from services.conversation.awaited import UNASKED, await_text, awaited_by
from services.conversation.screen import MOST_LETTERS
from services.db.clock import Clock
from services.tickets.models import TicketState
from services.tickets.queries import TicketLine, tickets_of
from services.tickets.words import Words


@dataclass(frozen=True, slots=True)
class Kept:
    """What waits to be sent, and the person's open tickets: it may belong to one of them."""

    text: str
    open: tuple[TicketLine, ...]


class KeepQuestion:
    """Nothing is sent to anybody before the person has pressed so; what they wrote just before is kept with it."""

    def __init__(self, session: AsyncSession, clock: Clock) -> None:
        self.session = session
        self.clock = clock

    async def __call__(self, person: Person, account: Account, words: Words) -> Kept:
        kept = await awaited_by(self.session, account.id)
        if kept is not None and kept.what == UNASKED:
            words = replace(words, text=joined(str(kept.detail["text"]), words.text))
        await await_text(self.session, self.clock, account.id, UNASKED, detail=words.to_json())
        lines = await tickets_of(self.session, person)
        return Kept(words.text, tuple(line for line in lines if line.state != TicketState.CLOSED))


def joined(before: str, now: str) -> str:
    """Several messages in a row are one question, as long as one message holds them."""
    both = f"{before}\n{now}"
    return both if len(both) <= MOST_LETTERS else now
