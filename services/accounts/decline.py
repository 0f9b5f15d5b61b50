"""A person does not agree to what is kept of them."""

from sqlalchemy.ext.asyncio import AsyncSession

from services.db.clock import Clock
from services.inbox.hold import drop_held
from services.outbox.outbox import Chat


class Decline:
    """What the person did while they were asked is dropped. Of a stranger there is nothing to drop."""

    def __init__(self, session: AsyncSession, clock: Clock) -> None:
        self.session = session
        self.clock = clock

    async def __call__(self, chat: Chat) -> None:
        await drop_held(self.session, chat.bot_id, chat.chat_id, self.clock.now())
