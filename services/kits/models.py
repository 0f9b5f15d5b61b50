"""The kit ledger: which kits a college has, which page counts for each, and the N places they may take."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.db.base import Base


class KitState(StrEnum):
    """Partial: pages are missing. Complete: it holds one of the N places. Surplus: all N were taken before it.

    Conflict: two different sheets carry one number, and a person must decide. Aside: a person has set the kit aside.
    """

    PARTIAL = "partial"
    COMPLETE = "complete"
    SURPLUS = "surplus"
    CONFLICT = "conflict"
    ASIDE = "aside"


class SheetState(StrEnum):
    """Live sheets compete for their page; one set aside by a person does not."""

    LIVE = "live"
    ASIDE = "aside"


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
        CheckConstraint("state IN ('partial', 'complete', 'surplus', 'conflict', 'aside')", name="state"),
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


class Sheet(Base):
    """One sheet of paper that carries a number: sheets 1, 2, … of a kit's page in the order in which they were seen.

    Scans that show the same sheet share its row. A kit's page with more than one live sheet was printed twice: nothing
    of it counts until a person sets all but one aside (the Order, 1).
    """

    __tablename__ = "sheet"
    __table_args__ = (
        UniqueConstraint("kit_id", "number", "ordinal"),
        CheckConstraint("number >= 1 AND ordinal >= 1", name="number"),
        CheckConstraint("state IN ('live', 'aside')", name="state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kit_id: Mapped[int] = mapped_column(ForeignKey("kit.id"))
    number: Mapped[int]
    ordinal: Mapped[int]
    state: Mapped[str] = mapped_column(String(16), default=SheetState.LIVE)
    seen_at: Mapped[datetime]


class Comparison(Base):
    """What comparing the ink of two scans has shown, once for each pair. `first_id` is the scan that was there before.

    `score` is the share of ink that both have, `probability` that both scans show one sheet, both 0 to 1 and None where
    nothing is known; the pictures show both pages with the differing places outlined.
    """

    __tablename__ = "comparison"
    __table_args__ = (
        CheckConstraint("likeness IN ('same', 'different', 'undecided')", name="likeness"),
        CheckConstraint("first_id < second_id", name="order"),
        CheckConstraint("probability BETWEEN 0 AND 1", name="probability"),
    )

    first_id: Mapped[int] = mapped_column(ForeignKey("page.id"), primary_key=True, autoincrement=False)
    second_id: Mapped[int] = mapped_column(ForeignKey("page.id"), primary_key=True, autoincrement=False, index=True)
    likeness: Mapped[str] = mapped_column(String(16))
    score: Mapped[float | None]
    probability: Mapped[float | None]
    first_picture: Mapped[str | None] = mapped_column(ForeignKey("file.hash"))
    second_picture: Mapped[str | None] = mapped_column(ForeignKey("file.hash"))


class IssuedKit(Base):
    """A kit that stands in the PDF that a college was given to print: the number is expected from it and nobody else.

    `print_hash` is that PDF: a number stands in one print file only, and each file is printed once (the Order, 1).
    """

    __tablename__ = "issued_kit"
    __table_args__ = (
        UniqueConstraint("event_id", "number"),
        CheckConstraint("pages >= 1", name="pages"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    participation_id: Mapped[int] = mapped_column(ForeignKey("participation.id"), index=True)
    number: Mapped[str] = mapped_column(String(64))
    pages: Mapped[int]
    print_hash: Mapped[str] = mapped_column(ForeignKey("file.hash"))
    issued_at: Mapped[datetime]
