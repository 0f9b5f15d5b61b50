"""The line under a message of a ticket that says what became of it."""

from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.models import Person
from services.accounts.queries import chats_of
from services.conversation.screen import Screen
from services.db.clock import Clock
from services.events.contact_address import contact_address
from services.events.contacts import contacts_for
from services.events.queries import participation_view
from services.outbox.outbox import Chat, Outbox
from services.submissions.origin import Origin
from services.texts import Texts, load_texts
from services.tickets.models import Side, Ticket, TicketDelivery, TicketMessage
from services.tickets.screens import mark as screens

NOBODY = "nobody"
"""Why words reached nobody where nobody is there to get them."""

MOSCOW = "Europe/Moscow"

SLOT = "ticket-"
"""The place of a mark in the chat; the id of the message follows."""


class Fate(StrEnum):
    """On its way until the messenger has answered for one receiver, or has refused for the last."""

    ON_ITS_WAY = "on_its_way"
    DELIVERED = "delivered"
    FAILED = "failed"


class Mark:
    """One line for the speaker, edited in its place as the fate changes; each fate is told once.

    `Delivered` is never said before the messenger has confirmed it. Words to support count as delivered when one of
    support has them; an answer, when the person has it.
    """

    def __init__(self, session: AsyncSession, clock: Clock, outbox: Outbox) -> None:
        self.session = session
        self.clock = clock
        self.outbox = outbox

    async def __call__(self, said: TicketMessage) -> None:
        if said.side == Side.PRODUCT or said.person_id is None:
            return
        ticket = await self.session.get_one(Ticket, said.ticket_id)
        speaker = await self.session.get_one(Person, said.person_id)
        deliveries = await self.deliveries(ticket, said)
        fate = fate_of(deliveries)
        chat = await self.chat(said, speaker)
        if chat is None:
            return
        screen = await self.line(load_texts(speaker.language), ticket, said, deliveries)
        slot = f"{SLOT}{said.id}"
        await self.outbox.say(chat, screen, key=f"{slot}-{fate}", slot=slot)

    async def deliveries(self, ticket: Ticket, said: TicketMessage) -> list[TicketDelivery]:
        """Those that the speaker waits for."""
        wanted = select(TicketDelivery).where(TicketDelivery.message_id == said.id)
        if said.side == Side.SUPPORT:
            wanted = wanted.where(TicketDelivery.person_id == ticket.person_id)
        return list(await self.session.scalars(wanted))

    async def chat(self, said: TicketMessage, speaker: Person) -> Chat | None:
        """The chat that the words came from."""
        if said.origin is not None:
            return Origin.parse(said.origin).chat
        return next(iter(await chats_of(self.session, speaker.id)), None)

    async def line(self, texts: Texts, ticket: Ticket, said: TicketMessage, deliveries: list[TicketDelivery]) -> Screen:
        fate = fate_of(deliveries)
        if fate == Fate.DELIVERED:
            zone = await self.zone(ticket)
            at = min(one.delivered_at for one in deliveries if one.delivered_at)
            return screens.delivered(texts, ticket.id, Side(said.side), texts.moment(at, zone))
        if fate == Fate.FAILED:
            failure = next((one.failure for one in deliveries if one.failure), NOBODY)
            return screens.failed(texts, ticket.id, Side(said.side), failure, await self.address(ticket))
        return screens.on_its_way(texts, ticket.id, Side(said.side))

    async def zone(self, ticket: Ticket) -> str:
        """The college's; Moscow's where the ticket is about none."""
        if ticket.participation_id is None:
            return MOSCOW
        return (await participation_view(self.session, ticket.participation_id)).region.time_zone

    async def address(self, ticket: Ticket) -> str:
        """The e-mail of the ticket's event."""
        if ticket.participation_id is None:
            return await contact_address(self.session, await self.session.get(Person, ticket.person_id))
        college = await participation_view(self.session, ticket.participation_id)
        return contacts_for(college.event.contacts, college.region.code).email


def said_in(slot: str) -> int | None:
    """The message whose mark stands in a place of the chat; None for other places."""
    number = slot.removeprefix(SLOT)
    return int(number) if slot.startswith(SLOT) and number.isdigit() else None


def fate_of(deliveries: list[TicketDelivery]) -> Fate:
    if any(one.delivered_at for one in deliveries):
        return Fate.DELIVERED
    return Fate.ON_ITS_WAY if any(one.failure is None for one in deliveries) else Fate.FAILED
