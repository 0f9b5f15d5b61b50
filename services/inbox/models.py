"""Updates as they came: saved first, confirmed to the messenger after."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.db.base import Base, only_where


class InboxState(StrEnum):
    """`done` and `dead` are ends; `taken` by a process that is gone was interrupted and is handled again."""

    NEW = "new"
    TAKEN = "taken"
    DONE = "done"
    DEAD = "dead"


class InboxUpdate(Base):
    """One update. `chat_key` keeps one in flight per chat, in the order of arrival; the partial index guards it."""

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("bot_id", "update_id"),
        CheckConstraint("state IN ('new', 'taken', 'done', 'dead')", name="state"),
        CheckConstraint("(state = 'taken') = (taken_by IS NOT NULL)", name="taken_by"),
        Index("uq_inbox_taken", "bot_id", "chat_key", unique=True, **only_where("state = 'taken'")),
        Index("ix_inbox_waiting", "id", **only_where("state IN ('new', 'taken')")),
        Index("ix_inbox_chat", "bot_id", "chat_key", "id", **only_where("state IN ('new', 'taken')")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    bot_id: Mapped[int]
    update_id: Mapped[int]
    chat_key: Mapped[str] = mapped_column(String(64))
    raw: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(String(16), default=InboxState.NEW)
    taken_by: Mapped[str | None] = mapped_column(String(32))
    not_before: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    failure: Mapped[str | None] = mapped_column(String(200))
    received_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
