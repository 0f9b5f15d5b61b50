"""Reads for coordinators: a region's colleges in figures."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.checklists.models import ChecklistStep
from services.events.models import Event, Participation
from services.kits.models import Kit, KitState
from services.organisations.models import Organisation
from services.reports.standing import CollegeRow
from services.reviews.models import Review, ReviewKind
from services.submissions.models import Batch, Page, Submission


async def event_of(session: AsyncSession, region_id: int, allowed: Collection[int] | None) -> Event | None:
    """The region's event that closes last, among those allowed (None: all)."""
    wanted = (
        select(Event)
        .join(Participation, Participation.event_id == Event.id)
        .join(Organisation, Organisation.id == Participation.organisation_id)
        .where(Organisation.region_id == region_id)
        .order_by(Event.closes_at.desc(), Event.id.desc())
        .limit(1)
    )
    if allowed is not None:
        wanted = wanted.where(Event.id.in_(allowed))
    return await session.scalar(wanted)


async def college_rows(session: AsyncSession, region_id: int, event_id: int) -> list[CollegeRow]:
    """All colleges of a region that take part in an event."""
    found = await session.execute(
        select(Participation, Organisation.name)
        .join(Organisation, Organisation.id == Participation.organisation_id)
        .where(Organisation.region_id == region_id, Participation.event_id == event_id)
    )
    return await rows_of(session, [(participation, name) for participation, name in found])


async def rows_of(session: AsyncSession, colleges: list[tuple[Participation, str]]) -> list[CollegeRow]:
    """Figures for these colleges, one query a figure however many colleges there are."""
    ids = [participation.id for participation, _ in colleges]
    complete = await numbers(session, kits_in(KitState.COMPLETE, ids))
    surplus = await numbers(session, kits_in(KitState.SURPLUS, ids))
    strangers = await numbers(session, pages_credited("other_college", ids))
    conflicts = await numbers(session, questions(ids, Review.kind == ReviewKind.TWO_SHEETS))
    asked = await numbers(session, questions(ids, Review.kind != ReviewKind.TWO_SHEETS))
    bad = await numbers(session, bad_pages_of_latest(ids))
    last = await last_deeds(session, ids)
    return [
        CollegeRow(
            participation_id=participation.id,
            name=name,
            declared=participation.declared,
            complete=complete.get(participation.id, 0),
            surplus=surplus.get(participation.id, 0),
            other_college=strangers.get(participation.id, 0),
            bad_pages=bad.get(participation.id, 0),
            two_sheets=conflicts.get(participation.id, 0),
            asked=asked.get(participation.id, 0),
            started_at=participation.started_at,
            finished_at=participation.finished_at,
            last_at=last.get(participation.id),
        )
        for participation, name in colleges
    ]


async def numbers(session: AsyncSession, counted: Select[int, int]) -> dict[int, int]:
    return dict((await session.execute(counted)).all())


def kits_in(state: KitState, ids: Collection[int]) -> Select[int, int]:
    return (
        select(Kit.participation_id, func.count(Kit.id))
        .where(Kit.participation_id.in_(ids), Kit.state == state)
        .group_by(Kit.participation_id)
    )


def questions(ids: Collection[int], kind: ColumnElement[bool]) -> Select[int, int]:
    """Questions that wait for the coordinator."""
    return (
        select(Review.participation_id, func.count(Review.id))
        .where(Review.participation_id.in_(ids), Review.choice.is_(None), kind)
        .group_by(Review.participation_id)
    )


def pages_credited(credit: str, ids: Collection[int]) -> Select[int, int]:
    return (
        select(Submission.participation_id, func.count(Page.id))
        .join(Submission, Submission.id == Page.submission_id)
        .where(Submission.participation_id.in_(ids), Page.credit == credit)
        .group_by(Submission.participation_id)
    )


def bad_pages_of_latest(ids: Collection[int]) -> Select[int, int]:
    """Bad pages of each college's latest batch: what was sent before it has been answered by it."""
    latest = select(func.max(Batch.id)).where(Batch.participation_id.in_(ids)).group_by(Batch.participation_id)
    return (
        select(Submission.participation_id, func.count(Page.id))
        .join(Submission, Submission.id == Page.submission_id)
        .where(Submission.batch_id.in_(latest), Page.verdict.in_(["rejected", "foreign"]))
        .group_by(Submission.participation_id)
    )


async def last_deeds(session: AsyncSession, ids: Collection[int]) -> dict[int, datetime]:
    """When each college last did something: sent a file, marked a step, finished."""
    sources: tuple[tuple[Any, Any], ...] = (
        (Submission.participation_id, Submission.announced_at),
        (ChecklistStep.participation_id, ChecklistStep.done_at),
        (Participation.id, Participation.started_at),
        (Participation.id, Participation.finished_at),
    )
    last: dict[int, datetime] = {}
    for key, moment in sources:
        latest = select(key, func.max(moment)).where(key.in_(ids), moment.is_not(None)).group_by(key)
        for participation_id, at in await session.execute(latest):
            last[participation_id] = max(at, last.get(participation_id, at))
    return last
