"""Erases what people were promised to have erased: the contents of events that closed long ago."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, String, cast, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from services.conversation.models import Awaited
from services.db.clock import Clock
from services.db.database import Database
from services.events.models import Event, Material, Participation
from services.files.models import RemoteFile
from services.files.store import FileStore
from services.inbox.hold import NEVER
from services.inbox.models import InboxState, InboxUpdate
from services.kits.models import Comparison, IssuedKit
from services.outbox.models import OutboxMessage, OutboxState
from services.privacy.terms import Terms
from services.submissions.models import Page, Submission
from services.tickets.models import Ticket, TicketMessage

AT_ONCE = 100
ERASED = ""
"""In place of a file's name: whatever a submission was called, it has been erased."""


class EraseOld:
    """Scans, pictures of pages, what was said to support, and our own messages; once a day.

    Rows stay with their figures (verdicts, kit numbers, moments), which name nobody, so that reports still add up. The
    bytes go before the rows say so: a kill in between leaves them to be erased again. Files that a younger event or its
    materials use as well are kept.
    """

    def __init__(self, database: Database, clock: Clock, store: FileStore, terms: Terms) -> None:
        self.database = database
        self.clock = clock
        self.store = store
        self.terms = terms

    async def __call__(self) -> int:
        """Returns how many submissions were erased."""
        cutoff = self.terms.cutoff(self.clock.now())
        erased = 0
        while ids := await self.old_submissions(cutoff):
            await self.erase_files(ids, cutoff)
            erased += len(ids)
        async with self.database.transaction() as session:
            await erase_words(session, cutoff)
        return erased

    async def old_submissions(self, cutoff: datetime) -> Sequence[int]:
        """Some of those that are not erased yet."""
        async with self.database.transaction() as session:
            old = select(Submission.id).where(Submission.participation_id.in_(closed_before(cutoff)))
            return (await session.scalars(old.where(Submission.name != ERASED).limit(AT_ONCE))).all()

    async def erase_files(self, ids: Sequence[int], cutoff: datetime) -> None:
        async with self.database.transaction() as session:
            hashes = await only_theirs(session, ids, cutoff)
        for digest in hashes:
            await self.store.delete(digest)
        async with self.database.transaction() as session:
            await forget_files(session, ids, hashes)


def closed_before(cutoff: datetime) -> Select[int]:
    """Colleges' parts in events that closed before a moment."""
    return select(Participation.id).join(Event, Event.id == Participation.event_id).where(Event.closes_at < cutoff)


async def only_theirs(session: AsyncSession, ids: Sequence[int], cutoff: datetime) -> list[str]:
    """Files of these submissions and of their pages that nothing younger uses."""
    own = select(Submission.file_hash).where(Submission.id.in_(ids), Submission.file_hash.is_not(None))
    pictures = select(Page.picture_hash).where(Page.submission_id.in_(ids), Page.picture_hash.is_not(None))
    drawn = (select(picture).where(compared(ids)) for picture in (Comparison.first_picture, Comparison.second_picture))
    found = {digest for wanted in (own, pictures, *drawn) for digest in await session.scalars(wanted) if digest}
    young = Submission.participation_id.not_in(closed_before(cutoff))
    in_use = (
        select(Material.file_hash).where(Material.file_hash.in_(found)),
        select(IssuedKit.print_hash).where(IssuedKit.print_hash.in_(found)),
        select(Submission.file_hash).where(Submission.file_hash.in_(found), young),
        select(Page.picture_hash)
        .join(Submission, Submission.id == Page.submission_id)
        .where(Page.picture_hash.in_(found), young),
    )
    kept = {digest for wanted in in_use for digest in await session.scalars(wanted)}
    return sorted(found - kept)


def compared(ids: Sequence[int]) -> ColumnElement[bool]:
    """Comparisons with a page of these submissions; both pages are of one college and event."""
    pages = select(Page.id).where(Page.submission_id.in_(ids))
    return or_(Comparison.first_id.in_(pages), Comparison.second_id.in_(pages))


async def forget_files(session: AsyncSession, ids: Sequence[int], hashes: Sequence[str]) -> None:
    await session.execute(update(Comparison).where(compared(ids)).values(first_picture=None, second_picture=None))
    await session.execute(update(Page).where(Page.submission_id.in_(ids)).values(picture_hash=None))
    await session.execute(delete(RemoteFile).where(RemoteFile.file_hash.in_(hashes)))
    await session.execute(update(Submission).where(Submission.id.in_(ids)).values(name=ERASED, remote_id=""))


async def erase_words(session: AsyncSession, cutoff: datetime) -> None:
    """What was said in tickets, what we have sent, and what waits for an answer that never came."""
    of_old = Ticket.participation_id.in_(closed_before(cutoff))
    of_none = Ticket.participation_id.is_(None) & (Ticket.opened_at < cutoff)
    tickets = select(Ticket.id).where(or_(of_old, of_none))
    said = update(TicketMessage).where(TicketMessage.ticket_id.in_(tickets), TicketMessage.at < cutoff)
    await session.execute(said.values(text="", attachment={}))
    await session.execute(update(OutboxMessage).where(sent_before(cutoff)).values(screen={}))
    await session.execute(delete(Awaited).where(Awaited.asked_at < cutoff))
    held = InboxUpdate.not_before == NEVER
    await session.execute(
        update(InboxUpdate)
        .where(held, InboxUpdate.state == InboxState.NEW, InboxUpdate.received_at < cutoff)
        .values(state=InboxState.DONE, raw={}, chat_key="", done_at=cutoff)
    )


def sent_before(cutoff: datetime) -> ColumnElement[bool]:
    settled = OutboxMessage.state.in_([OutboxState.SENT, OutboxState.FAILED]) & (OutboxMessage.settled_at < cutoff)
    return settled & (cast(OutboxMessage.screen, String) != "{}")
