"""What a college has done of its checklist."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.db.base import Base


class ChecklistStep(Base):
    """One step of the Order that a college has begun or done; steps not yet touched have no row.

    `evidence` is what the step asked for, such as the answers of a self-check, item by item.
    """

    __tablename__ = "checklist_step"
    __table_args__ = (
        UniqueConstraint("participation_id", "step"),
        CheckConstraint("state IN ('begun', 'done')", name="state"),
        CheckConstraint("(state = 'done') = (done_at IS NOT NULL)", name="done"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    participation_id: Mapped[int] = mapped_column(ForeignKey("participation.id"))
    step: Mapped[str] = mapped_column(String(32))
    state: Mapped[str] = mapped_column(String(16))
    done_at: Mapped[datetime | None]
    done_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    evidence: Mapped[dict[str, Any]] = mapped_column(default=dict)
