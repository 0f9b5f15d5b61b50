"""Writes down what the messenger answered to a notice."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.db.clock import Clock
from services.db.database import Database
from services.events.queries import lock_participation, participation_view
from services.notices.models import Notice
from services.notices.queries import COMPLETED
from services.notices.tell_technician import TellTechnician
from services.outbox.models import OutboxMessage, OutboxState
from services.outbox.outbox import Outbox
from services.reviews.tell_unheard import TellUnheard


class SettleNotice:
    """A job that follows each notice's message. Delivered is what the messenger has confirmed; a second run finds the
    notice settled and tells nobody twice. The technician hears what became of the news of a finish; of a question to
    the coordinator, only that it has reached nobody.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self.database = database
        self.clock = clock

    async def __call__(self, outbox: int) -> None:
        async with self.database.transaction() as session:
            notice = await session.scalar(select(Notice).where(Notice.outbox_id == outbox))
            if notice is None:
                return
            await lock_participation(session, notice.participation_id)
            await session.refresh(notice)
            if await self.settle(session, notice, outbox):
                await self.tell(session, notice)

    async def tell(self, session: AsyncSession, notice: Notice) -> None:
        view = await participation_view(session, notice.participation_id)
        outbox = Outbox(session, self.clock)
        if notice.kind == COMPLETED:
            await TellTechnician(session, outbox)(view)
        else:
            await TellUnheard(session, self.clock, outbox)(view, notice.kind, notice.occasion)

    async def settle(self, session: AsyncSession, notice: Notice, outbox_id: int) -> bool:
        """Copies the message's fate; False while it has none."""
        message = await session.get_one(OutboxMessage, outbox_id)
        if message.state == OutboxState.SENT and notice.failure is None:
            notice.delivered_at = notice.delivered_at or message.settled_at or self.clock.now()
        elif message.state == OutboxState.FAILED and notice.delivered_at is None:
            notice.failure = message.failure or "failed"
        await session.flush()
        return message.state in (OutboxState.SENT, OutboxState.FAILED)
