"""Events and each college's part in them."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.db.base import Base, only_where


class EventKind(StrEnum):
    """A trial rehearses; in a real run finishing with fewer kits is inadmissible."""

    TRIAL = "trial"
    REAL = "real"


class Require(StrEnum):
    """Which pages a kit must have to be complete."""

    ANSWER_SHEET = "answer_sheet"
    ANSWER_SHEET_AND_ONE = "answer_sheet+1"
    ALL = "all"


class ParticipationState(StrEnum):
    """Where a college stands in an event."""

    OPEN = "open"
    FINISHED = "finished"


class Event(Base):
    """One rehearsal or real run. Windows, N, pages, form and contacts are data, never constants.

    `form` is a form's JSON; `contacts` holds support's address and portal; `title` is what people call the event.
    """

    __tablename__ = "event"
    __table_args__ = (
        UniqueConstraint("code"),
        CheckConstraint("kind IN ('trial', 'real')", name="kind"),
        CheckConstraint("require IN ('answer_sheet', 'answer_sheet+1', 'all')", name="require"),
        CheckConstraint("opens_at < closes_at", name="window"),
        CheckConstraint("default_participants BETWEEN 1 AND 2000", name="default_participants"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(32))
    title: Mapped[str] = mapped_column(String(300))
    kind: Mapped[str] = mapped_column(String(16))
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    default_participants: Mapped[int]
    require: Mapped[str] = mapped_column(String(16))
    form: Mapped[dict[str, Any]]
    contacts: Mapped[dict[str, Any]]


class Material(Base):
    """A file that the event hands out: a manual, the sample of a filled sheet, the kits to print.

    `organisation_id` is set where the file is one college's own (its kits) and nobody else may get it. `reading` is
    what the symbols of a print file gave: {"kits": …, "pages": …} or {"fault": …}; empty before it was read.
    """

    __tablename__ = "material"
    __table_args__ = (
        UniqueConstraint("event_id", "key", "organisation_id"),
        # NULLs differ from each other in a unique constraint, so files that all colleges share need their own index.
        Index("uq_material_shared", "event_id", "key", unique=True, **only_where("organisation_id IS NULL")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    key: Mapped[str] = mapped_column(String(64))
    title: Mapped[str] = mapped_column(String(300))
    position: Mapped[int]
    file_name: Mapped[str] = mapped_column(String(200))
    file_hash: Mapped[str] = mapped_column(ForeignKey("file.hash"))
    reading: Mapped[dict[str, Any]] = mapped_column(default=dict)


class Participation(Base):
    """One college in one event: the checklist, the kits, the files hang on it, and every button carries its id.

    `declared` is N, the number of participants. `finishes` counts how often the trial was finished, so that each
    finish has its own notice, once.
    """

    __tablename__ = "participation"
    __table_args__ = (
        UniqueConstraint("event_id", "organisation_id"),
        CheckConstraint("variant BETWEEN 1 AND 4", name="variant"),
        CheckConstraint("declared IS NULL OR declared BETWEEN 1 AND 2000", name="declared"),
        CheckConstraint("state IN ('open', 'finished')", name="state"),
        CheckConstraint("(state = 'finished') = (finished_at IS NOT NULL)", name="finished"),
        CheckConstraint("finished_at IS NULL OR declared IS NOT NULL", name="finished_declared"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    variant: Mapped[int]
    declared: Mapped[int | None]
    state: Mapped[str] = mapped_column(String(16), default=ParticipationState.OPEN)
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    finished_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    finishes: Mapped[int] = mapped_column(default=0)
