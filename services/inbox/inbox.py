"""Updates on their way from the messenger to the handlers."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from services.db.base import written_out
from services.db.clock import Clock
from services.db.database import Database, announce
from services.db.slot import Slot
from services.inbox.models import InboxState, InboxUpdate

MOST_ATTEMPTS = 5
LONGEST_KEY = 64


class Inbox:
    """Saves updates before they are confirmed, and hands them out one at a time per chat, in order."""

    def __init__(self, database: Database, clock: Clock, slot: Slot) -> None:
        self.database = database
        self.clock = clock
        self.slot = slot

    async def save(self, bot_id: int, updates: Sequence[dict[str, Any]]) -> None:
        """Keeps updates; one that is there already is left as it is."""
        rows = [
            {
                "bot_id": bot_id,
                "update_id": raw["update_id"],
                "chat_key": chat_key(raw),
                "raw": raw,
                "state": InboxState.NEW,
                "attempts": 0,
                "received_at": self.clock.now(),
            }
            for raw in updates
        ]
        if not rows:
            return
        async with self.database.transaction() as session:
            dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
            await session.execute(dialect.insert(InboxUpdate).on_conflict_do_nothing(), rows)
            announce(session, "inbox")

    async def claim(self, most: int) -> Sequence[int]:
        """Takes the oldest waiting update of each chat that has none in hand."""
        try:
            async with self.database.transaction() as session:
                ids = list(await session.scalars(waiting(self.clock.now(), most)))
                return list(await session.scalars(taken(ids, self.slot.name))) if ids else ()
        except IntegrityError:  # a peer took one of that chat first: the partial unique index says so
            return ()

    async def put_back(self, in_hand: Collection[int] = ()) -> None:
        """Returns what nobody has in hand: an attempt that broke off, or the work of a process that is gone."""
        taken = InboxUpdate.state == InboxState.TAKEN
        async with self.database.transaction() as session:
            holders = await session.scalars(select(InboxUpdate.taken_by).where(taken).distinct())
            gone = await self.slot.abandoned(session, [holder for holder in holders if holder])
            if gone:
                again = update(InboxUpdate).where(taken, InboxUpdate.taken_by.in_(gone), InboxUpdate.id.not_in(in_hand))
                await session.execute(again.values(state=InboxState.NEW, taken_by=None))

    async def failed(self, session: AsyncSession, row_id: int, failure: str) -> bool:
        """Notes a failed attempt; the update is tried again later. True where it is given up now.

        One that is done already stays done: what failed came after its transaction.
        """
        row = await session.get_one(InboxUpdate, row_id, with_for_update=True)
        if row.state != InboxState.TAKEN or row.taken_by != self.slot.name:
            return False
        row.attempts += 1
        row.failure = failure[:200]
        row.state = InboxState.DEAD if row.attempts >= MOST_ATTEMPTS else InboxState.NEW
        row.taken_by = None
        row.not_before = self.clock.now() + timedelta(seconds=2**row.attempts / 2)
        return row.state == InboxState.DEAD


async def mark_done(session: AsyncSession, row_id: int, now: datetime) -> bool:
    """Flips an update to done inside its own transaction; False where that has happened before.

    What people wrote, invite tokens among it, is not kept once it is handled: the id is enough to know it again.
    """
    flipped = await session.scalar(
        update(InboxUpdate)
        .where(InboxUpdate.id == row_id, InboxUpdate.state.not_in([InboxState.DONE, InboxState.DEAD]))
        .values(state=InboxState.DONE, taken_by=None, done_at=now, raw={})
        .returning(InboxUpdate.id)
    )
    return flipped is not None


def waiting(now: datetime, most: int) -> Any:
    """Ids of updates that may be taken."""
    earlier = aliased(InboxUpdate)
    blocked = (
        select(earlier.id)
        .where(earlier.bot_id == InboxUpdate.bot_id, earlier.chat_key == InboxUpdate.chat_key)
        .where(written_out(earlier.state, InboxState.NEW, InboxState.TAKEN))
        .where(
            or_(
                earlier.state == InboxState.TAKEN,
                and_(earlier.state == InboxState.NEW, earlier.id < InboxUpdate.id),
            )
        )
        .exists()
    )
    return (
        select(InboxUpdate.id)
        .where(written_out(InboxUpdate.state, InboxState.NEW), ~blocked)
        .where(or_(InboxUpdate.not_before.is_(None), InboxUpdate.not_before <= now))
        .order_by(InboxUpdate.id)
        .limit(most)
        .with_for_update(skip_locked=True)
    )


def taken(ids: list[int], holder: str) -> Any:
    return (
        update(InboxUpdate)
        .where(InboxUpdate.id.in_(ids), InboxUpdate.state == InboxState.NEW)
        .values(state=InboxState.TAKEN, taken_by=holder)
        .returning(InboxUpdate.id)
    )


def chat_key(raw: dict[str, Any]) -> str:
    """The chat an update belongs to: within it order is kept. Updates of no chat are ordered by their sender."""
    for kind, body in raw.items():
        if kind == "update_id" or not isinstance(body, dict):
            continue
        message = body.get("message")
        places = (body.get("chat"), message.get("chat") if isinstance(message, dict) else None)
        for place in (*places, body.get("from"), body.get("user")):
            if isinstance(place, dict) and isinstance(place.get("id"), int):
                return str(place["id"])[:LONGEST_KEY]
    return f"update-{raw['update_id']}"


def is_update(raw: Any) -> bool:
    """True for what can be kept: an object with a number of its own."""
    number = raw.get("update_id") if isinstance(raw, dict) else None
    return isinstance(number, int) and not isinstance(number, bool) and 0 <= number < 2**63


def not_json(constant: str) -> float:
    """For `json.loads`: NaN and Infinity are no JSON, and PostgreSQL would refuse them. Raises ValueError."""
    raise ValueError(constant)
