"""What coordinators are told, and whether it reached them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.db.base import Base


class Notice(Base):
    """One notice to one person about one event of a college's trial: `occasion` numbers the finishes, so each finish
    is told exactly once. Delivered is what the messenger has answered, never what we hope.
    """

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("participation_id", "kind", "occasion", "person_id"),
        CheckConstraint("delivered_at IS NULL OR failure IS NULL", name="outcome"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    participation_id: Mapped[int] = mapped_column(ForeignKey("participation.id"))
    kind: Mapped[str] = mapped_column(String(32))
    occasion: Mapped[int]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    outbox_id: Mapped[int | None] = mapped_column(ForeignKey("outbox.id"))
    created_at: Mapped[datetime]
    delivered_at: Mapped[datetime | None]
    failure: Mapped[str | None] = mapped_column(String(64))
