"""Finds the ticket that a reply in the chat answers."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.conversation.screen import Action, from_json
from services.outbox.models import OutboxMessage
from services.outbox.outbox import Chat
from services.tickets.mark import said_in
from services.tickets.models import TicketDelivery, TicketMessage

ABOUT_ONE = frozenset({"ticket_open", "ticket_words", "ticket_close"})
"""Buttons that carry a ticket's number."""


class FindReplied:
    """By the message that was sent: words of a ticket, their mark, or any screen with a button that leads to one."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def __call__(self, chat: Chat, message_id: int) -> int | None:
        """The ticket's number, or None where the message has nothing to do with a ticket."""
        sent = (
            select(OutboxMessage)
            .where(OutboxMessage.bot_id == chat.bot_id, OutboxMessage.chat_id == chat.chat_id)
            .where(OutboxMessage.message_id == message_id)
            .order_by(OutboxMessage.id.desc())
            .limit(1)
        )
        message = await self.session.scalar(sent)
        if message is None or not message.screen:
            return None
        return await self.delivered(message) or await self.marked(message) or named(message)

    async def delivered(self, message: OutboxMessage) -> int | None:
        words = select(TicketMessage.ticket_id).join(TicketDelivery, TicketDelivery.message_id == TicketMessage.id)
        return await self.session.scalar(words.where(TicketDelivery.outbox_id == message.id))

    async def marked(self, message: OutboxMessage) -> int | None:
        """By the line that says what became of one's own words."""
        said = said_in(message.slot or "")
        words = await self.session.get(TicketMessage, said) if said else None
        return words.ticket_id if words else None


def named(message: OutboxMessage) -> int | None:
    """The number in the buttons of a screen."""
    buttons = (button for row in from_json(message.screen).rows for button in row)
    about = (button.argument for button in buttons if isinstance(button, Action) and button.name in ABOUT_ONE)
    return next((int(number) for number in about if number.isdigit()), None)
