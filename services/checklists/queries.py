"""Reads of the checklist with all that its screens show."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.models import Person
from services.checklists.models import ChecklistStep
from services.checklists.variants import checklist_of
from services.checklists.walk import Handout, Told, Trial, Walk
from services.events.contacts import contacts_for
from services.events.models import Material, Participation
from services.events.queries import ParticipationView, participation_view
from services.kits.issued import WITHHELD
from services.kits.models import Kit, KitPage
from services.kits.queries import kit_counts
from services.notices.models import Notice
from services.notices.queries import COMPLETED
from services.reviews.queries import waiting_of

DONE = "done"
BEGUN = "begun"
NOTICE_STEP = "notice"


async def walk_of(session: AsyncSession, participation_id: int, now: datetime) -> Walk:
    """A college's walk as it stands. Raises Forbidden where there is no such participation."""
    view = await participation_view(session, participation_id)
    participation = view.participation
    rows = await steps_of(session, participation)
    return Walk(
        participation=participation.id,
        college=view.organisation.name,
        variant=participation.variant,
        trial=trial_of(view),
        now=now,
        counts=await kit_counts(session, participation),
        checklist=checklist_of(participation.variant) or (),
        marked=frozenset(row.step for row in rows if row.state == DONE),
        evidence={row.step: row.evidence for row in rows},
        handouts=await handouts_of(session, participation),
        told=await told_of(session, participation),
        reported_self=any(row.step == NOTICE_STEP and row.state == DONE for row in rows),
        finished_at=participation.finished_at,
        pages_counted=await has_counted_pages(session, participation),
        waiting=await waiting_of(session, participation_id),
    )


def trial_of(view: ParticipationView) -> Trial:
    event = view.event
    return Trial(
        title=event.title,
        opens_at=event.opens_at,
        closes_at=event.closes_at,
        zone=view.region.time_zone,
        suggested=event.default_participants,
        contacts=contacts_for(event.contacts, view.region.code),
    )


async def steps_of(session: AsyncSession, participation: Participation) -> Sequence[ChecklistStep]:
    rows = await session.scalars(select(ChecklistStep).where(ChecklistStep.participation_id == participation.id))
    return rows.all()


async def handouts_of(session: AsyncSession, participation: Participation) -> tuple[Handout, ...]:
    """The files for this college in the event's order; its own stands in place of a shared one with its key.

    Kits that would be printed twice are handed out to nobody.
    """
    mine = or_(Material.organisation_id.is_(None), Material.organisation_id == participation.organisation_id)
    rows = await session.scalars(
        select(Material)
        .where(Material.event_id == participation.event_id, mine)
        .order_by(Material.organisation_id.is_not(None), Material.position)
    )
    chosen = {row.key: row for row in rows if row.reading.get("fault") not in WITHHELD}
    return tuple(
        Handout(row.key, row.title, row.file_name, row.file_hash, own=row.organisation_id is not None)
        for row in sorted(chosen.values(), key=lambda row: row.position)
    )


async def told_of(session: AsyncSession, participation: Participation) -> tuple[Told, ...]:
    """What became of the notices of the latest finish."""
    rows = await session.execute(
        select(Person.name, Notice.delivered_at, Notice.failure)
        .join(Person, Person.id == Notice.person_id)
        .where(Notice.participation_id == participation.id, Notice.kind == COMPLETED)
        .where(Notice.occasion == participation.finishes)
        .order_by(Notice.id)
    )
    return tuple(Told(name, delivered_at, failure) for name, delivered_at, failure in rows)


async def has_counted_pages(session: AsyncSession, participation: Participation) -> bool:
    counted = (
        select(KitPage.id).join(Kit, Kit.id == KitPage.kit_id).where(Kit.participation_id == participation.id).limit(1)
    )
    return await session.scalar(counted) is not None
