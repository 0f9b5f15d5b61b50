"""Pictures sent as one album come as several messages: the rest follows the first into its ticket."""

from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.models import Account
from services.conversation.awaited import await_text, stop_awaiting
from services.db.clock import Clock
from services.tickets import awaiting
from services.tickets.models import Ticket
from services.tickets.words import Words


async def await_rest(session: AsyncSession, clock: Clock, account: Account, ticket: Ticket, words: Words) -> None:
    """The question is answered; of an album more may come."""
    if not words.album:
        await stop_awaiting(session, account.id)
        return
    detail = {"ticket": ticket.id, "album": words.album}
    await await_text(session, clock, account.id, awaiting.ALBUM, detail=detail)
