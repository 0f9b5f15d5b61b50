"""The only state of a conversation: that the next words of a person answer a question of ours."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from services.db.base import Base


class Awaited(Base):
    """We wait for this account's text. A new question replaces the old one; any button press ends the waiting."""

    __tablename__ = "awaited"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True, autoincrement=False)
    what: Mapped[str] = mapped_column(String(32))
    participation_id: Mapped[int | None] = mapped_column(ForeignKey("participation.id"))
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)
    asked_at: Mapped[datetime]
