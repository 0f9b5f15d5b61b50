"""Messages to send: each is a row written in the transaction of its cause."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.db.base import Base, only_where


class OutboxState(StrEnum):
    """`sent` and `failed` are ends; `sending` by a process that is gone was interrupted and is sent again."""

    NEW = "new"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"


class OutboxMessage(Base):
    """One message, edit or album for one chat.

    `screen` is neutral: text, buttons, pictures, files; only the messenger's adapter knows its own form. `slot` names a
    place in the chat that holds one live message: a row with a slot edits it, or starts it anew where `fresh`.
    `then_job` is enqueued, with the row's id, in the transaction that settles the row. A `passing` row is for somebody
    of whom nothing is kept: words and receiver go as soon as it has settled.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("key"),
        CheckConstraint("state IN ('new', 'sending', 'sent', 'failed')", name="state"),
        CheckConstraint("(state = 'sending') = (taken_by IS NOT NULL)", name="taken_by"),
        Index("uq_outbox_sending", "bot_id", "chat_id", unique=True, **only_where("state = 'sending'")),
        Index("ix_outbox_waiting", "priority", "id", **only_where("state IN ('new', 'sending')")),
        Index("ix_outbox_message", "bot_id", "chat_id", "message_id", **only_where("message_id IS NOT NULL")),
        Index("ix_outbox_chat", "bot_id", "chat_id", "id", **only_where("state IN ('new', 'sending')")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    bot_id: Mapped[int]
    chat_id: Mapped[int]
    priority: Mapped[int]
    key: Mapped[str | None] = mapped_column(String(200))
    slot: Mapped[str | None] = mapped_column(String(64))
    fresh: Mapped[bool] = mapped_column(default=False)
    screen: Mapped[dict[str, Any]]
    passing: Mapped[bool] = mapped_column(default=False)
    then_job: Mapped[str | None] = mapped_column(String(64))
    trace: Mapped[str | None] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(16), default=OutboxState.NEW)
    taken_by: Mapped[str | None] = mapped_column(String(32))
    not_before: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    message_id: Mapped[int | None]
    failure: Mapped[str | None] = mapped_column(String(64))


class SlotMessage(Base):
    """The live message of a slot in a chat: the card that a press edits, the progress line of a batch."""

    __tablename__ = "slot_message"

    bot_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    chat_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    slot: Mapped[str] = mapped_column(String(64), primary_key=True)
    message_id: Mapped[int]
    outbox_id: Mapped[int] = mapped_column(ForeignKey("outbox.id"))
