"""Updates that wait for their person's consent: kept as they came, handled after it in their order."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from services.db.database import announce
from services.inbox.models import InboxState, InboxUpdate

NEVER = datetime(9999, 1, 1, tzinfo=UTC)


async def hold(session: AsyncSession, row_id: int, chat_id: int, raw: dict[str, Any]) -> None:
    """Puts an update that is being handled aside. The others of its chat do not wait for it."""
    await session.execute(
        update(InboxUpdate)
        .where(InboxUpdate.id == row_id)
        .values(state=InboxState.NEW, taken_by=None, done_at=None, raw=raw, chat_key=aside(chat_id), not_before=NEVER)
    )


async def release(session: AsyncSession, bot_id: int, chat_id: int) -> None:
    """What was put aside is handled next."""
    await session.execute(put_aside(bot_id, chat_id).values(chat_key=str(chat_id), not_before=None))
    announce(session, "inbox")


async def drop_held(session: AsyncSession, bot_id: int, chat_id: int, now: datetime) -> None:
    """What was put aside is never handled; nothing of it is kept."""
    await session.execute(put_aside(bot_id, chat_id).values(state=InboxState.DONE, raw={}, done_at=now, chat_key=""))


async def forget_chat(session: AsyncSession, row_id: int) -> None:
    """Whose chat an update came from is not kept: it is done, so its order matters no more."""
    await session.execute(update(InboxUpdate).where(InboxUpdate.id == row_id).values(chat_key=""))


def put_aside(bot_id: int, chat_id: int) -> Any:
    return update(InboxUpdate).where(
        InboxUpdate.bot_id == bot_id, InboxUpdate.chat_key == aside(chat_id), InboxUpdate.state == InboxState.NEW
    )


def aside(chat_id: int) -> str:
    return f"held-{chat_id}"
