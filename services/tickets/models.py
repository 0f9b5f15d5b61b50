"""Tickets: what people ask support, and what they are answered."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.db.base import Base, only_where


class TicketState(StrEnum):
    """Whose turn it is; a closed ticket opens again when its person writes."""

    WAITS_FOR_SUPPORT = "waits_support"
    WAITS_FOR_PERSON = "waits_person"
    CLOSED = "closed"


class Side(StrEnum):
    """Who speaks: the person who asks, support, or the product itself."""

    PERSON = "person"
    SUPPORT = "support"
    PRODUCT = "product"


class Ticket(Base):
    """One matter of one person. `id` is the number that people say.

    `reason` is a code with a text of its own (`question`, `step`, `page`, `double_print`, …); `subject` says what it is
    about: {"step": …, "kit": …, "page": …, "submission": …}. `cause` names what opened an alarm's ticket, so that one
    alarm opens one.
    """

    __tablename__ = "ticket"
    __table_args__ = (
        UniqueConstraint("cause"),
        CheckConstraint("state IN ('waits_support', 'waits_person', 'closed')", name="state"),
        CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closed"),
        Index("ix_ticket_open", "person_id", **only_where("state <> 'closed'")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    participation_id: Mapped[int | None] = mapped_column(ForeignKey("participation.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(String(32))
    subject: Mapped[dict[str, Any]] = mapped_column(default=dict)
    cause: Mapped[str | None] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(16), default=TicketState.WAITS_FOR_SUPPORT)
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class TicketMessage(Base):
    """One message of a ticket. `origin` names the chat message it came in, so that a replayed update adds nothing.

    `attachment` is a file as its messenger knows it ({"kind", "remote_id", "bot_id", "name"}) or a stored one
    ({"kind", "file_hash", "name"}).
    """

    __tablename__ = "ticket_message"
    __table_args__ = (
        UniqueConstraint("origin"),
        CheckConstraint("side IN ('person', 'support', 'product')", name="side"),
        CheckConstraint("(side = 'product') = (person_id IS NULL)", name="speaker"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), index=True)
    side: Mapped[str] = mapped_column(String(16))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    text: Mapped[str] = mapped_column(Text, default="")
    attachment: Mapped[dict[str, Any]] = mapped_column(default=dict)
    origin: Mapped[str | None] = mapped_column(String(100))
    at: Mapped[datetime]


class TicketDelivery(Base):
    """What became of one message for one receiver: delivered is what the messenger has answered."""

    __tablename__ = "ticket_delivery"
    __table_args__ = (CheckConstraint("delivered_at IS NULL OR failure IS NULL", name="outcome"),)

    message_id: Mapped[int] = mapped_column(ForeignKey("ticket_message.id"), primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, autoincrement=False)
    outbox_id: Mapped[int | None] = mapped_column(ForeignKey("outbox.id"), index=True)
    delivered_at: Mapped[datetime | None]
    failure: Mapped[str | None] = mapped_column(String(64))
