"""Reads of batches and their pages."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.events.models import Participation
from services.kits.credit import Credit
from services.kits.models import Comparison
from services.kits.queries import kit_counts, owner_names
from services.submissions.batch_view import LEFT_OUT, BatchView, FileView, pages_of
from services.submissions.models import Batch, Page, Submission, SubmissionState
from services.submissions.receipt import PHOTO


async def submissions_of(session: AsyncSession, batch_id: int) -> list[Submission]:
    """The files of a batch in the order in which they came."""
    wanted = select(Submission).where(Submission.batch_id == batch_id).order_by(Submission.id)
    return list(await session.scalars(wanted))


async def batch_view(session: AsyncSession, batch: Batch, submissions: Sequence[Submission]) -> BatchView:
    """A batch with the ledger as it stands now."""
    participation = await session.get_one(Participation, batch.participation_id)
    pages = await pages_by_submission(session, [submission.id for submission in submissions])
    strangers = {page.kit_number for rows in pages.values() for page in rows if page.credit == Credit.OTHER_COLLEGE}
    return BatchView(
        batch_id=batch.id,
        participation_id=participation.id,
        files=tuple([await file_view(session, submission, pages[submission.id]) for submission in submissions]),
        counts=await kit_counts(session, participation),
        finished=participation.finished_at is not None,
        owners=await owner_names(session, participation, strangers),
    )


async def pages_by_submission(session: AsyncSession, ids: Collection[int]) -> defaultdict[int, list[Page]]:
    """Pages in the order of their file, by the submission's id."""
    pages: defaultdict[int, list[Page]] = defaultdict(list)
    wanted = select(Page).where(Page.submission_id.in_(ids)).order_by(Page.submission_id, Page.index)
    for page in await session.scalars(wanted):
        pages[page.submission_id].append(page)
    return pages


async def file_view(session: AsyncSession, submission: Submission, pages: Sequence[Page]) -> FileView:
    """One file. What is known of the same bytes sent before holds for it too: a refused file is not «counted»."""
    first = await session.get(Submission, submission.same_as) if submission.same_as else None
    source = first if first is not None and first.state == SubmissionState.REFUSED else submission
    before = pages_of(first, (await pages_by_submission(session, [first.id]))[first.id]) if first is not None else ()
    return FileView(
        name=submission.name,
        is_photo=submission.kind == PHOTO,
        is_test=submission.is_test,
        refusal=source.refusal,
        refusal_detail=source.refusal_detail or {},
        same_as=first.name if first is not None and source is submission else None,
        pages=pages_of(submission, pages, await rescans(session, [page.id for page in pages])),
        same_was_bad=any(page.is_bad for page in before),
        same_not_counted=any(page.credit in LEFT_OUT for page in before),
    )


async def rescans(session: AsyncSession, page_ids: Collection[int]) -> set[int]:
    """Those of the pages that show a sheet which an earlier scan shows too."""
    same = select(Comparison.second_id).where(Comparison.second_id.in_(page_ids), Comparison.likeness == "same")
    return set(await session.scalars(same))
