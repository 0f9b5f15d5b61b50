"""Writes down what the messenger answered to a message of a ticket."""

from sqlalchemy import select

from services.db.clock import Clock
from services.db.database import Database
from services.outbox.models import OutboxMessage, OutboxState
from services.outbox.outbox import Outbox
from services.tickets.mark import Mark
from services.tickets.models import TicketDelivery, TicketMessage
from services.tickets.queries import lock_ticket


class SettleDelivery:
    """A job that follows each relayed message. A second run finds the delivery settled and its mark said."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self.database = database
        self.clock = clock

    async def __call__(self, outbox: int) -> None:
        async with self.database.transaction() as session:
            delivery = await session.scalar(select(TicketDelivery).where(TicketDelivery.outbox_id == outbox))
            if delivery is None:
                return
            said = await session.get_one(TicketMessage, delivery.message_id)
            await lock_ticket(session, said.ticket_id)
            await session.refresh(delivery)
            self.settle(delivery, await session.get_one(OutboxMessage, outbox))
            await session.flush()
            await Mark(session, self.clock, Outbox(session, self.clock))(said)

    def settle(self, delivery: TicketDelivery, message: OutboxMessage) -> None:
        """Copies the message's fate."""
        if message.state == OutboxState.SENT and delivery.failure is None:
            delivery.delivered_at = delivery.delivered_at or message.settled_at or self.clock.now()
        elif message.state == OutboxState.FAILED and delivery.delivered_at is None:
            delivery.failure = message.failure or "failed"
