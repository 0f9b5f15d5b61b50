"""The outbox as a queue: which message goes next, and what became of it."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, func, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from services.accounts.models import Account
from services.db.base import written_out
from services.db.clock import Clock
from services.db.database import Database
from services.db.slot import Slot
from services.files.models import File, RemoteFile
from services.jobs.jobs import Jobs
from services.outbox.models import OutboxMessage, OutboxState, SlotMessage

GIVE_UP_AFTER = timedelta(hours=24)
HELD = "held"
"""Marks what waits in a chat that the server wants left alone: whatever is queued there later waits too."""

PATIENCE = 5
STUBBORN = "later"
"""Refused by the server itself, not merely unreached: only that says something about the message."""
LONGEST_PAUSE_S = 60.0


class OutboxQueue:
    """Hands out one message at a time per chat, answers first, and records each one's fate in one transaction."""

    def __init__(self, database: Database, clock: Clock, jobs: Jobs, slot: Slot) -> None:
        self.database = database
        self.clock = clock
        self.jobs = jobs
        self.slot = slot

    async def claim(self, most: int, resting: Collection[int] = ()) -> Sequence[int]:
        """Takes the first waiting message of each chat that has none on its way and does not rest."""
        try:
            async with self.database.transaction() as session:
                ids = list(await session.scalars(waiting(self.clock.now(), most, resting)))
                if not ids:
                    return ()
                claimed = (
                    update(OutboxMessage)
                    .where(OutboxMessage.id.in_(ids), OutboxMessage.state == OutboxState.NEW)
                    .values(state=OutboxState.SENDING, taken_by=self.slot.name)
                    .returning(OutboxMessage.id)
                )
                return list(await session.scalars(claimed))
        except IntegrityError:  # a peer took one of that chat first: the partial unique index says so
            return ()

    async def put_back(self, in_hand: Collection[int] = ()) -> None:
        """What was on its way when its sender broke off or died goes again: twice is better than never."""
        sending = OutboxMessage.state == OutboxState.SENDING
        async with self.database.transaction() as session:
            holders = await session.scalars(select(OutboxMessage.taken_by).where(sending).distinct())
            gone = await self.slot.abandoned(session, [holder for holder in holders if holder])
            if gone:
                mine = update(OutboxMessage).where(sending, OutboxMessage.taken_by.in_(gone))
                again = mine.where(OutboxMessage.id.not_in(in_hand))
                await session.execute(again.values(state=OutboxState.NEW, taken_by=None))

    async def read(self, row_id: int) -> tuple[OutboxMessage, int | None, dict[tuple[str, str], str]]:
        """A message, the live message of its slot, and what the messenger calls the files it has had before."""
        async with self.database.transaction() as session:
            message = await session.get_one(OutboxMessage, row_id)
            return message, await live(session, message), await known_files(session, message)

    async def sent(
        self, row_id: int, message_id: int | None, new_files: dict[tuple[str, str], str] | None = None
    ) -> None:
        """The messenger has it."""
        async with self.database.transaction() as session:
            message = await session.get_one(OutboxMessage, row_id)
            message.message_id, message.failure = message_id, None
            await self.settle(session, message, OutboxState.SENT)
            if message.slot is not None and message_id is not None:
                await session.merge(slot_of(message, message_id))
            for (file_hash, kind), remote_id in (new_files or {}).items():
                await remember_file(session, message.bot_id, file_hash, kind, remote_id)

    async def failed(self, row_id: int, failure: str) -> None:
        """It will never arrive."""
        async with self.database.transaction() as session:
            message = await session.get_one(OutboxMessage, row_id)
            await self.settle(session, message, OutboxState.FAILED)
            message.failure = failure

    async def later(self, row_id: int, why: str, wait_s: float | None = None) -> None:
        """It goes again after a pause. A pause that the server asked for holds for all that waits in this chat."""
        async with self.database.transaction() as session:
            message = await session.get_one(OutboxMessage, row_id)
            if self.clock.now() - message.created_at > GIVE_UP_AFTER:
                await self.settle(session, message, OutboxState.FAILED)
                message.failure = "expired"
                return
            message.attempts += 1
            message.failure = HELD if wait_s is not None else why
            message.state, message.taken_by = OutboxState.NEW, None
            pause = min(LONGEST_PAUSE_S, 0.5 * 2.0**message.attempts) if wait_s is None else wait_s
            message.not_before = self.clock.now() + timedelta(seconds=pause)
            if wait_s is not None:
                await hold_chat(session, message)

    async def unreachable(self, row_id: int, why: str) -> None:
        """The chat cannot be reached: everything that waits for it fails now, and the contact is marked."""
        async with self.database.transaction() as session:
            message = await session.get_one(OutboxMessage, row_id)
            marked = update(Account).where(Account.bot_id == message.bot_id, Account.chat_id == message.chat_id)
            await session.execute(marked.values(unreachable_since=self.clock.now(), unreachable_why=why))
            for waits in await session.scalars(of_same_chat(message)):
                await self.settle(session, waits, OutboxState.FAILED)
                waits.failure = why

    async def settle(self, session: AsyncSession, message: OutboxMessage, state: OutboxState) -> None:
        message.state, message.taken_by = state, None
        message.settled_at = self.clock.now()
        if message.then_job:
            await self.jobs.enqueue(session, message.then_job, f"{message.then_job}-{message.id}", outbox=message.id)
        if message.passing:
            forget(message)


def waiting(now: datetime, most: int, resting: Collection[int]) -> Any:
    """Ids of messages that may go: the first of each chat, where nothing is on its way and no pause is asked for.

    A message that the server has refused many times holds up the others of its chat no longer.
    """
    other = aliased(OutboxMessage)
    before = or_(
        other.priority < OutboxMessage.priority,
        and_(other.priority == OutboxMessage.priority, other.id < OutboxMessage.id),
    )
    held = and_(other.failure == HELD, other.not_before > now)
    stubborn = and_(other.attempts >= PATIENCE, func.coalesce(other.failure, "") == STUBBORN)
    in_the_way = or_(and_(before, ~stubborn), held)
    blocked = (
        select(other.id)
        .where(other.bot_id == OutboxMessage.bot_id, other.chat_id == OutboxMessage.chat_id)
        .where(written_out(other.state, OutboxState.NEW, OutboxState.SENDING))
        .where(or_(other.state == OutboxState.SENDING, and_(other.state == OutboxState.NEW, in_the_way)))
        .exists()
    )
    # An edit costs a chat little, so that somebody who presses on is not held up by what they were sent before.
    is_edit = and_(OutboxMessage.slot.is_not(None), OutboxMessage.fresh.is_(False))
    return (
        select(OutboxMessage.id)
        .where(written_out(OutboxMessage.state, OutboxState.NEW), ~blocked)
        .where(or_(OutboxMessage.chat_id.not_in(resting), is_edit))
        .where(or_(OutboxMessage.not_before.is_(None), OutboxMessage.not_before <= now))
        .order_by(OutboxMessage.priority, OutboxMessage.id)
        .limit(most)
        .with_for_update(skip_locked=True)
    )


def forget(message: OutboxMessage) -> None:
    """Nothing of its words and its receiver is kept. The row stays: SQLite would give its number to another."""
    message.chat_id, message.message_id, message.screen = 0, None, {}


def of_same_chat(message: OutboxMessage) -> Any:
    """The message itself and all that waits in its chat."""
    return (
        select(OutboxMessage)
        .where(OutboxMessage.bot_id == message.bot_id, OutboxMessage.chat_id == message.chat_id)
        .where(OutboxMessage.state.in_([OutboxState.NEW, OutboxState.SENDING]))
    )


async def hold_chat(session: AsyncSession, message: OutboxMessage) -> None:
    """Moves everything that waits in a chat behind a pause: sending only some would break the order."""
    await session.flush()
    held = (
        update(OutboxMessage)
        .where(OutboxMessage.bot_id == message.bot_id, OutboxMessage.chat_id == message.chat_id)
        .where(OutboxMessage.state == OutboxState.NEW)
        .values(not_before=message.not_before, failure=HELD)
    )
    await session.execute(held)


async def live(session: AsyncSession, message: OutboxMessage) -> int | None:
    if message.slot is None:
        return None
    slot = await session.get(SlotMessage, (message.bot_id, message.chat_id, message.slot))
    return slot.message_id if slot else None


def slot_of(message: OutboxMessage, message_id: int) -> SlotMessage:
    return SlotMessage(
        bot_id=message.bot_id,
        chat_id=message.chat_id,
        slot=message.slot,
        message_id=message_id,
        outbox_id=message.id,
    )


async def known_files(session: AsyncSession, message: OutboxMessage) -> dict[tuple[str, str], str]:
    files = (*message.screen["pictures"], *message.screen["documents"])
    hashes = [item["file_hash"] for item in files if item["file_hash"]]
    if not hashes:
        return {}
    rows = await session.scalars(
        select(RemoteFile).where(RemoteFile.bot_id == message.bot_id, RemoteFile.file_hash.in_(hashes))
    )
    return {(row.file_hash, row.kind): row.remote_id for row in rows}


async def remember_file(session: AsyncSession, bot_id: int, file_hash: str, kind: str, remote_id: str) -> None:
    """Only for files that have a row: a failure here would send the message again."""
    if await session.get(File, file_hash) is None:
        return
    same = select(RemoteFile).where(
        RemoteFile.bot_id == bot_id, RemoteFile.file_hash == file_hash, RemoteFile.kind == kind
    )
    row = await session.scalar(same)
    if row is None:
        session.add(RemoteFile(bot_id=bot_id, file_hash=file_hash, kind=kind, remote_id=remote_id))
    else:
        row.remote_id = remote_id
