"""Reads for notices: who is told, and what there is to tell."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.models import Person
from services.events.models import Participation
from services.events.queries import ParticipationView
from services.kits.counts import KitCounts
from services.kits.queries import kit_counts
from services.notices.models import Notice
from services.submissions.models import Page, Submission

COMPLETED = "completed"
"""The kind of the notice that a college has finished."""

TWO_SHEETS, ASKED = "two_sheets", "review_asked"
"""The kinds of what a coordinator must decide: a double print, and what a college asks."""


@dataclass(frozen=True, slots=True)
class ProblemCount:
    """On how many pages a problem was met; `detail` is that of its first page."""

    code: str
    pages: int
    detail: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Completion:
    """A finished trial as its notice tells it. Moments are shown in the zone of the region."""

    participation_id: int
    organisation: str
    event: str
    counts: KitCounts
    finished_by: str
    started_at: datetime | None
    finished_at: datetime | None
    zone: str
    problems: tuple[ProblemCount, ...] = ()


async def completion_of(session: AsyncSession, view: ParticipationView) -> Completion:
    """What a coordinator is told of a finished trial."""
    participation = view.participation
    by = await session.get(Person, participation.finished_by) if participation.finished_by else None
    return Completion(
        participation_id=participation.id,
        organisation=view.organisation.name,
        event=view.event.title,
        counts=await kit_counts(session, participation),
        finished_by=by.name if by else "",
        started_at=participation.started_at,
        finished_at=participation.finished_at,
        zone=view.region.time_zone,
        problems=await problems_met(session, participation.id),
    )


async def problems_met(session: AsyncSession, participation_id: int) -> tuple[ProblemCount, ...]:
    """Problems of all pages of a college, the most frequent first; mere notes are left out. Figures are kept where all
    pages have the same.
    """
    reports = await session.scalars(
        select(Page.report)
        .join(Submission, Submission.id == Page.submission_id)
        .where(Submission.participation_id == participation_id, Page.verdict != "ok")
        .order_by(Page.id)
    )
    pages: Counter[str] = Counter()
    details: dict[str, dict[str, Any]] = {}
    for report in reports:
        found = {item["code"]: item for item in report.get("problems", ()) if item["severity"] != "note"}
        pages.update(found.keys())
        for code, item in found.items():
            detail = item.get("detail") or {}
            if details.setdefault(code, detail) != detail:
                details[code] = {}
    return tuple(ProblemCount(code, number, details[code]) for code, number in pages.most_common())


async def notices_of(session: AsyncSession, participation: Participation) -> Sequence[Notice]:
    """The notices of the latest finish."""
    wanted = (
        select(Notice)
        .where(Notice.participation_id == participation.id, Notice.kind == COMPLETED)
        .where(Notice.occasion == participation.finishes)
        .order_by(Notice.id)
    )
    return (await session.scalars(wanted)).all()
