"""The kit ledger: which kits a college has, which page counts for each, and the N places they may take."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.db.base import Base


class KitState(StrEnum):
    """Partial: pages are missing. Complete: it holds one of the N places. Surplus: all N were taken before it."""

    PARTIAL = "partial"
    COMPLETE = "complete"
    SURPLUS = "surplus"


class KitPlace(Base):
    """One of the N places of a college. There are as many rows as participants are declared, so the database itself
    refuses a kit N+1.
    """

    __tablename__ = "kit_place"

    participation_id: Mapped[int] = mapped_column(ForeignKey("participation.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class Kit(Base):
    """One individual kit. Its number is unique in the event across colleges, because two participants must never hold
    the same one (the Order, 1: the system accepts only one of them).
    """

    __tablename__ = "kit"
    __table_args__ = (
        UniqueConstraint("event_id", "number"),
        UniqueConstraint("participation_id", "place"),
        ForeignKeyConstraint(["participation_id", "place"], ["kit_place.participation_id", "kit_place.number"]),
        CheckConstraint("state IN ('partial', 'complete', 'surplus')", name="state"),
        CheckConstraint("(state = 'complete') = (place IS NOT NULL)", name="place"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    participation_id: Mapped[int] = mapped_column(ForeignKey("participation.id"))
    number: Mapped[str] = mapped_column(String(64))
    pages: Mapped[int]
    state: Mapped[str] = mapped_column(String(16), default=KitState.PARTIAL)
    place: Mapped[int | None]
    first_seen_at: Mapped[datetime]
    completed_at: Mapped[datetime | None]


class KitPage(Base):
    """The scan that counts for one page of a kit: exactly one, however often the page was scanned."""

    __tablename__ = "kit_page"
    __table_args__ = (
        UniqueConstraint("kit_id", "number"),
        UniqueConstraint("page_id"),
        CheckConstraint("number >= 1", name="number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kit_id: Mapped[int] = mapped_column(ForeignKey("kit.id"))
    number: Mapped[int]
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id"))
    counted_at: Mapped[datetime]
