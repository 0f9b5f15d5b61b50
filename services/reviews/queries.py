"""Reads of reviews with what a person needs to decide them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.models import Person
from services.kits.models import Comparison, Kit, Sheet
from services.reviews.models import Review, ReviewKind
from services.submissions.batch_view import SEVERITIES
from services.submissions.models import Page, Submission


@dataclass(frozen=True, slots=True)
class ScanView:
    """One scan as a review shows it; `number` is its place in its file, from 1. `picture` is a file's hash."""

    page_id: int
    file: str
    number: int
    sent_by: str
    sent_at: datetime
    picture: str | None = None
    report: dict[str, Any] = field(default_factory=dict)
    kit: str | None = None
    page: int | None = None
    batch_id: int = 0

    @property
    def worst(self) -> dict[str, Any]:
        """The fault that names the page, as its report has it; empty where none was found."""
        faults = sorted(self.report.get("problems", ()), key=lambda one: SEVERITIES.index(one["severity"]))
        return {"code": faults[0]["code"], "detail": faults[0].get("detail") or {}} if faults else {}


@dataclass(frozen=True, slots=True)
class SheetView:
    """One of the sheets that carry a number; `ordinal` counts from 1 and is shown as a letter."""

    sheet_id: int
    ordinal: int
    state: str
    scan: ScanView


@dataclass(frozen=True, slots=True)
class ReviewView:
    """A review with its subject: the competing sheets, or the one page, or only a kit."""

    review: Review
    kit: str | None = None
    sheets: tuple[SheetView, ...] = ()
    page: ScanView | None = None
    asked_by: str = ""
    decided_by: str = ""


async def review_view(session: AsyncSession, review: Review) -> ReviewView:
    """All that a screen of this review tells."""
    kit = await session.get(Kit, review.kit_id) if review.kit_id else None
    return ReviewView(
        review=review,
        kit=kit.number if kit else None,
        sheets=await sheets_of(session, review) if review.kind == ReviewKind.TWO_SHEETS else (),
        page=await scan_view(session, review.page_id) if review.page_id else None,
        asked_by=await name_of(session, review.asked_by),
        decided_by=await name_of(session, review.decided_by),
    )


async def sheets_of(session: AsyncSession, review: Review) -> tuple[SheetView, ...]:
    """The sheets in the order in which they were seen, each by a scan that has a picture, else by its first one."""
    rows = await session.execute(
        select(Sheet, Page.id)
        .join(Page, Page.sheet_id == Sheet.id)
        .where(Sheet.kit_id == review.kit_id, Sheet.number == review.page_number)
        .order_by(Sheet.ordinal, Page.id)
    )
    found: dict[int, SheetView] = {}
    for sheet, page_id in rows.all():
        there = found.get(sheet.id)
        if there is None or there.scan.picture is None:
            scan = await scan_view(session, page_id)
            if there is None or scan.picture is not None:
                found[sheet.id] = SheetView(sheet.id, sheet.ordinal, sheet.state, scan)
    return tuple(found.values())


async def scan_view(session: AsyncSession, page_id: int) -> ScanView:
    page, submission, sender = (
        await session.execute(
            select(Page, Submission, Person.name)
            .join(Submission, Submission.id == Page.submission_id)
            .join(Person, Person.id == Submission.person_id)
            .where(Page.id == page_id)
        )
    ).one()
    return ScanView(
        page_id=page.id,
        file=submission.name,
        number=page.index + 1,
        sent_by=sender,
        sent_at=submission.announced_at,
        picture=await picture_of(session, page),
        report=page.report,
        kit=page.kit_number,
        page=page.page_number,
        batch_id=submission.batch_id,
    )


async def picture_of(session: AsyncSession, page: Page) -> str | None:
    """The picture in which the differences to another sheet are outlined; else that of the check, if there is one."""
    first = select(Comparison.first_picture).where(Comparison.first_id == page.id)
    second = select(Comparison.second_picture).where(Comparison.second_id == page.id)
    for drawn in (
        second.where(Comparison.second_picture.is_not(None)),
        first.where(Comparison.first_picture.is_not(None)),
    ):
        if (picture := await session.scalar(drawn.limit(1))) is not None:
            return str(picture)
    return page.picture_hash


async def name_of(session: AsyncSession, person_id: int | None) -> str:
    person = await session.get(Person, person_id) if person_id else None
    return person.name if person else ""


async def waiting_of(session: AsyncSession, participation_id: int) -> tuple[ReviewView, ...]:
    """The questions of a college that wait for a decision, with what their screens tell."""
    return tuple([await review_view(session, review) for review in await open_reviews(session, participation_id)])


async def decided_reviews(session: AsyncSession, participation_id: int) -> Sequence[Review]:
    """The decisions of a college, the newest first."""
    wanted = select(Review).where(Review.participation_id == participation_id, Review.choice.is_not(None))
    return (await session.scalars(wanted.order_by(Review.decided_at.desc(), Review.id.desc()))).all()


async def open_reviews(session: AsyncSession, participation_id: int) -> Sequence[Review]:
    """The questions of a college that wait for a decision, oldest first."""
    wanted = select(Review).where(Review.participation_id == participation_id, Review.choice.is_(None))
    return (await session.scalars(wanted.order_by(Review.id))).all()
