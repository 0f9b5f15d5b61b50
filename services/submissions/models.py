"""What people send: batches of submissions, and the pages found in them."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.db.base import Base, only_where


class SubmissionState(StrEnum):
    """How far a submission has come. Only `checked` and `refused` are ends."""

    ANNOUNCED = "announced"
    STORED = "stored"
    CHECKED = "checked"
    REFUSED = "refused"


class Batch(Base):
    """What one person sends until they are quiet; it gets one summary. `finish` is an end of gathering, not of checks.

    A person has at most one open batch in a participation, so that an album cannot split into two.
    """

    __tablename__ = "batch"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'summarised')", name="state"),
        CheckConstraint("(state = 'summarised') = (summarised_at IS NOT NULL)", name="summarised"),
        Index("uq_batch_open", "participation_id", "person_id", unique=True, **only_where("state = 'open'")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    participation_id: Mapped[int] = mapped_column(ForeignKey("participation.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    state: Mapped[str] = mapped_column(String(16), default="open")
    opened_at: Mapped[datetime]
    last_file_at: Mapped[datetime]
    summarised_at: Mapped[datetime | None]


class Submission(Base):
    """One file as one person sent it; many may point to the same stored file.

    `origin` names the message it came in, so that a replayed update changes nothing. A test scan was sent before the
    kits were filled: it is checked and shown, and never enters the ledger. `pages_checked` of `pages_total` is said of
    a file whose check takes long enough to be watched.
    """

    __tablename__ = "submission"
    __table_args__ = (
        UniqueConstraint("source", "origin"),
        CheckConstraint("state IN ('announced', 'stored', 'checked', 'refused')", name="state"),
        CheckConstraint("state NOT IN ('stored', 'checked') OR file_hash IS NOT NULL", name="stored"),
        CheckConstraint("(state = 'refused') = (refusal IS NOT NULL)", name="refused"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    participation_id: Mapped[int] = mapped_column(ForeignKey("participation.id"), index=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("batch.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    source: Mapped[str] = mapped_column(String(16))
    origin: Mapped[str] = mapped_column(String(100))
    bot_id: Mapped[int]
    remote_id: Mapped[str] = mapped_column(String(256))
    kind: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(200))
    size: Mapped[int | None]
    is_test: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(String(16), default=SubmissionState.ANNOUNCED)
    refusal: Mapped[str | None] = mapped_column(String(64))
    refusal_detail: Mapped[dict[str, Any]] = mapped_column(default=dict)
    file_hash: Mapped[str | None] = mapped_column(ForeignKey("file.hash"), index=True)
    same_as: Mapped[int | None] = mapped_column(ForeignKey("submission.id"))
    pages_checked: Mapped[int | None]
    pages_total: Mapped[int | None]
    announced_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]


class Page(Base):
    """One page of a submission with all that recognition said of it.

    `credit` says what the ledger made of it (`services.kits.credit`). `sheet_id` is the sheet of paper it shows, where
    its number is known. `accepted` says that a coordinator lets it count in spite of its faults; `identified` that its
    number was read by people and not by us.
    """

    __tablename__ = "page"
    __table_args__ = (
        UniqueConstraint("submission_id", "index"),
        CheckConstraint("verdict IN ('ok', 'warning', 'rejected', 'blank', 'foreign')", name="verdict"),
        CheckConstraint("NOT identified OR (kit_number IS NOT NULL AND page_number IS NOT NULL)", name="identified"),
        Index("ix_page_kit", "kit_number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"))
    index: Mapped[int]
    verdict: Mapped[str] = mapped_column(String(16))
    kit_number: Mapped[str | None] = mapped_column(String(64))
    page_number: Mapped[int | None]
    kind: Mapped[str | None] = mapped_column(String(32))
    credit: Mapped[str] = mapped_column(String(16), default="none")
    sheet_id: Mapped[int | None] = mapped_column(ForeignKey("sheet.id"), index=True)
    accepted: Mapped[bool] = mapped_column(default=False)
    identified: Mapped[bool] = mapped_column(default=False)
    report: Mapped[dict[str, Any]]
    picture_hash: Mapped[str | None] = mapped_column(ForeignKey("file.hash"))
