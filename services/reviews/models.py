"""What a person has to decide, and what they decided: who, when, why."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from services.db.base import Base, only_where


class ReviewKind(StrEnum):
    """What is decided.

    `two_sheets`: which of the sheets with one number stays. `accept_page`: whether a faulty page may count.
    `identify_page`: whether a page without a readable symbol is the one that the technician says. `kit_aside`: a kit
    that is set aside. `participants`: another N after pages have counted. `reopen`: a finished college goes on.
    """

    TWO_SHEETS = "two_sheets"
    ACCEPT_PAGE = "accept_page"
    IDENTIFY_PAGE = "identify_page"
    KIT_ASIDE = "kit_aside"
    PARTICIPANTS = "participants"
    REOPEN = "reopen"


class Choice(StrEnum):
    """What was decided: a sheet by its ordinal stands in `keep`; NEITHER keeps none."""

    KEEP = "keep"
    NEITHER = "neither"
    YES = "yes"
    NO = "no"


KINDS = ", ".join(f"'{kind}'" for kind in ReviewKind)
CHOICES = ", ".join(f"'{choice}'" for choice in Choice)


class Review(Base):
    """One question to the coordinator. Open while `choice` is empty; a decision taken back is open again.

    Subject: a kit and its page (`two_sheets`), a page (`accept_page`, `identify_page`), a kit (`kit_aside`), or the
    college itself. `proposal` holds what the technician asks for: {"kit": …, "page": …} or {"participants": N}.
    `asked_by` is empty where the product itself asks.
    """

    __tablename__ = "review"
    __table_args__ = (
        CheckConstraint(f"kind IN ({KINDS})", name="kind"),
        CheckConstraint(f"choice IS NULL OR choice IN ({CHOICES})", name="choice"),
        CheckConstraint(
            "(choice IS NULL) = (decided_at IS NULL) AND (choice IS NULL) = (decided_by IS NULL)", name="decided"
        ),
        CheckConstraint("choice IS NULL OR length(reason) > 0", name="reason"),
        CheckConstraint("choice IS NULL OR (choice = 'keep') = (keep IS NOT NULL)", name="keep"),
        CheckConstraint(
            "(kind = 'two_sheets') = (kit_id IS NOT NULL AND page_number IS NOT NULL)", name="two_sheets_subject"
        ),
        CheckConstraint("(kind IN ('accept_page', 'identify_page')) = (page_id IS NOT NULL)", name="page_subject"),
        CheckConstraint("kind <> 'kit_aside' OR kit_id IS NOT NULL", name="kit_subject"),
        Index("uq_review_sheets", "kit_id", "page_number", unique=True, **only_where("kind = 'two_sheets'")),
        Index("uq_review_page", "page_id", "kind", unique=True, **only_where("page_id IS NOT NULL")),
        Index("uq_review_kit", "kit_id", unique=True, **only_where("kind = 'kit_aside'")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    participation_id: Mapped[int] = mapped_column(ForeignKey("participation.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    kit_id: Mapped[int | None] = mapped_column(ForeignKey("kit.id"))
    page_number: Mapped[int | None]
    page_id: Mapped[int | None] = mapped_column(ForeignKey("page.id"))
    proposal: Mapped[dict[str, Any]] = mapped_column(default=dict)
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime]
    choice: Mapped[str | None] = mapped_column(String(16))
    keep: Mapped[int | None]
    reason: Mapped[str] = mapped_column(String(500), default="")
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
