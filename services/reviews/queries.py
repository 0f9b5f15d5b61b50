"""Reads of reviews with what a person needs to decide them."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.models import Person
from services.kits.models import Comparison, Kit, Sheet
from services.reviews.likely import likely_one_sheet
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
    """A review with its subject: the competing sheets, or the one page, or only a kit.

    `likely`: the probability that two of the sheets are one, 0 to 1; None where it is not known.
    """

    review: Review
    kit: str | None = None
    sheets: tuple[SheetView, ...] = ()
    page: ScanView | None = None
    asked_by: str = ""
    decided_by: str = ""
    likely: float | None = None


async def review_view(session: AsyncSession, review: Review) -> ReviewView:
    """All that a screen of this review tells."""
    return (await review_views(session, [review]))[0]


async def review_views(session: AsyncSession, reviews: Sequence[Review]) -> tuple[ReviewView, ...]:
    """Reviews with what their screens tell, in the same order: as many queries for a hundred as for one."""
    kits = await numbers_of(session, {review.kit_id for review in reviews})
    names = await names_of(session, {one for review in reviews for one in (review.asked_by, review.decided_by)})
    pages = await scan_views(session, {review.page_id for review in reviews if review.page_id})
    double = [one for one in reviews if one.kind == ReviewKind.TWO_SHEETS]
    sheets, likely = await sheets_by_place(session, double), await likely_one_sheet(session, double)
    return tuple(
        ReviewView(
            review=review,
            kit=kits.get(review.kit_id),
            sheets=tuple(sheets[review.kit_id, review.page_number]) if review.kind == ReviewKind.TWO_SHEETS else (),
            page=pages.get(review.page_id or 0),
            asked_by=names.get(review.asked_by, ""),
            decided_by=names.get(review.decided_by, ""),
            likely=likely.get((review.kit_id, review.page_number)),
        )
        for review in reviews
    )


async def numbers_of(session: AsyncSession, kit_ids: Collection[int | None]) -> dict[int | None, str]:
    return dict((await session.execute(select(Kit.id, Kit.number).where(Kit.id.in_(kit_ids)))).all())


async def names_of(session: AsyncSession, person_ids: Collection[int | None]) -> dict[int | None, str]:
    return dict((await session.execute(select(Person.id, Person.name).where(Person.id.in_(person_ids)))).all())


async def sheets_by_place(
    session: AsyncSession, reviews: Sequence[Review]
) -> defaultdict[tuple[int | None, int | None], list[SheetView]]:
    """The sheets in the order in which they were seen, each by a scan that has a picture, else by its first one."""
    rows = await session.execute(
        select(Sheet, Page.id)
        .join(Page, Page.sheet_id == Sheet.id)
        .where(Sheet.kit_id.in_({review.kit_id for review in reviews}))
        .where(Sheet.number.in_({review.page_number for review in reviews}))
        .order_by(Sheet.ordinal, Page.id)
    )
    pages: dict[Sheet, list[int]] = {}
    for sheet, page_id in rows:
        pages.setdefault(sheet, []).append(page_id)
    scans = await scan_views(session, [page_id for ids in pages.values() for page_id in ids])
    found: defaultdict[tuple[int | None, int | None], list[SheetView]] = defaultdict(list)
    for sheet, ids in pages.items():
        shown = next((scans[one] for one in ids if scans[one].picture is not None), scans[ids[0]])
        found[sheet.kit_id, sheet.number].append(SheetView(sheet.id, sheet.ordinal, sheet.state, shown))
    return found


async def scan_view(session: AsyncSession, page_id: int) -> ScanView:
    """One scan as a review shows it."""
    return (await scan_views(session, [page_id]))[page_id]


async def scan_views(session: AsyncSession, page_ids: Collection[int]) -> dict[int, ScanView]:
    """Scans as reviews show them, by the page's id."""
    rows = await session.execute(
        select(Page, Submission, Person.name)
        .join(Submission, Submission.id == Page.submission_id)
        .join(Person, Person.id == Submission.person_id)
        .where(Page.id.in_(page_ids))
    )
    drawn = await pictures_of(session, page_ids)
    return {
        page.id: ScanView(
            page_id=page.id,
            file=submission.name,
            number=page.index + 1,
            sent_by=sender,
            sent_at=submission.announced_at,
            picture=drawn.get(page.id, page.picture_hash),
            report=page.report,
            kit=page.kit_number,
            page=page.page_number,
            batch_id=submission.batch_id,
        )
        for page, submission, sender in rows
    }


async def pictures_of(session: AsyncSession, page_ids: Collection[int]) -> dict[int, str]:
    """The pictures in which the differences to another sheet are outlined: those against an earlier one first."""
    drawn: dict[int, str] = {}
    for key, picture in (
        (Comparison.first_id, Comparison.first_picture),
        (Comparison.second_id, Comparison.second_picture),
    ):
        rows = await session.execute(select(key, picture).where(key.in_(page_ids), picture.is_not(None)))
        drawn |= {page_id: file_hash for page_id, file_hash in rows if file_hash}
    return drawn


async def waiting_of(session: AsyncSession, participation_id: int) -> tuple[ReviewView, ...]:
    """The questions of a college that wait for a decision, with what their screens tell."""
    return await review_views(session, await open_reviews(session, participation_id))


async def decided_reviews(session: AsyncSession, participation_id: int) -> Sequence[Review]:
    """The decisions of a college, the newest first."""
    wanted = select(Review).where(Review.participation_id == participation_id, Review.choice.is_not(None))
    return (await session.scalars(wanted.order_by(Review.decided_at.desc(), Review.id.desc()))).all()


async def open_reviews(session: AsyncSession, participation_id: int) -> Sequence[Review]:
    """The questions of a college that wait for a decision, oldest first."""
    wanted = select(Review).where(Review.participation_id == participation_id, Review.choice.is_(None))
    return (await session.scalars(wanted.order_by(Review.id))).all()
