"""What has been done, counted from the tables: the same whichever process is asked, and after a restart."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.inbox.models import InboxUpdate
from services.kits.models import Kit
from services.monitoring.queues import jobs_by_state
from services.outbox.models import OutboxMessage
from services.submissions.models import Page, Submission

NO_CODE = ""


@dataclass(frozen=True, slots=True)
class Count:
    """One figure: its name, its labels (codes of ours, never a name or an id) and its value."""

    name: str
    labels: dict[str, str]
    value: float


async def counts(session: AsyncSession) -> list[Count]:
    """All figures."""
    counted = [
        *await by(session, "updates", {"state": InboxUpdate.state}),
        *await by(session, "messages", {"state": OutboxMessage.state, "fate": OutboxMessage.failure}),
        *await by(session, "files", {"state": Submission.state, "refusal": Submission.refusal}),
        *await by(session, "pages", {"verdict": Page.verdict}),
        *await by(session, "kits", {"state": Kit.state}),
    ]
    jobs = await jobs_by_state(session)
    return counted + [Count("jobs", {"queue": queue, "state": state}, n) for (queue, state), n in jobs.items()]


async def by(session: AsyncSession, name: str, labels: dict[str, Any]) -> Sequence[Count]:
    """Rows of one table, counted by its codes."""
    columns = list(labels.values())
    rows = await session.execute(select(func.count(), *columns).group_by(*columns))
    return [
        Count(name, {label: value or NO_CODE for label, value in zip(labels, values, strict=True)}, count)
        for count, *values in rows
    ]
