"""Puts messages into the outbox, in the transaction of their cause."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from structlog.contextvars import get_contextvars

from services.conversation.screen import Screen, to_json
from services.db.clock import Clock
from services.db.database import announce
from services.outbox.models import OutboxMessage, OutboxState, SlotMessage

CARD = "card"


class Priority(IntEnum):
    """What goes first: somebody waits for an answer; a notice can wait a second; progress can be skipped."""

    ANSWER = 0
    NOTICE = 1
    PROGRESS = 2
    BROADCAST = 3


@dataclass(frozen=True, slots=True)
class Chat:
    """Where to: one of our bots and one of its chats."""

    bot_id: int
    chat_id: int


class Outbox:
    """Messages to send. Nothing here talks to a messenger; the sender does, after the commit."""

    def __init__(self, session: AsyncSession, clock: Clock) -> None:
        self.session = session
        self.clock = clock

    async def say(
        self,
        chat: Chat,
        screen: Screen,
        *,
        priority: Priority = Priority.ANSWER,
        key: str | None = None,
        slot: str | None = None,
        fresh: bool = False,
        then_job: str | None = None,
        passing: bool = False,
    ) -> OutboxMessage:
        """Queues a screen for a chat and returns its row.

        `key` makes it at most once: a row with the same key is returned instead of a second one. A row with a `slot`
        takes the place of one that still waits for the same slot, so that progress never piles up; it goes last all
        the same, because the card belongs below the messages that were queued meanwhile. Of a `passing` one nothing is
        left once it has settled.
        """
        known = await self.same_key(key)
        if known is not None:
            return known
        message = OutboxMessage(
            bot_id=chat.bot_id,
            chat_id=chat.chat_id,
            priority=priority,
            key=key,
            slot=slot,
            fresh=fresh,
            screen=to_json(screen),
            then_job=then_job,
            passing=passing,
            trace=get_contextvars().get("trace"),
            created_at=self.clock.now(),
        )
        for stale in await self.same_slot(chat, slot, priority):
            self.replace(stale, message)
        self.session.add(message)
        await self.session.flush()
        announce(self.session, "outbox")
        return message

    def replace(self, stale: OutboxMessage, message: OutboxMessage) -> None:
        """A pause that the stale row was under holds for the new one too."""
        message.fresh = message.fresh or stale.fresh
        message.not_before, message.attempts, message.failure = stale.not_before, stale.attempts, stale.failure
        stale.state, stale.failure, stale.settled_at = OutboxState.FAILED, "replaced", self.clock.now()

    async def same_key(self, key: str | None) -> OutboxMessage | None:
        if key is None:
            return None
        return await self.session.scalar(select(OutboxMessage).where(OutboxMessage.key == key))

    async def same_slot(self, chat: Chat, slot: str | None, priority: Priority) -> Sequence[OutboxMessage]:
        """Rows that a new one makes stale. One that a job waits for is never stale."""
        if slot is None:
            return ()
        waiting = (
            select(OutboxMessage)
            .where(OutboxMessage.bot_id == chat.bot_id, OutboxMessage.chat_id == chat.chat_id)
            .where(OutboxMessage.slot == slot, OutboxMessage.priority == priority)
            .where(OutboxMessage.state == OutboxState.NEW, OutboxMessage.then_job.is_(None))
            .order_by(OutboxMessage.id)
            .with_for_update()
        )
        return (await self.session.scalars(waiting)).all()

    async def place(self, message: OutboxMessage, message_id: int) -> None:
        """Says which message of the chat a queued edit of a slot is to be made in."""
        await self.session.merge(
            SlotMessage(
                bot_id=message.bot_id,
                chat_id=message.chat_id,
                slot=message.slot,
                message_id=message_id,
                outbox_id=message.id,
            )
        )
        await self.session.flush()

    async def drop_progress(self, chat: Chat, slot: str) -> None:
        """Forgets progress that has not gone out yet: the result makes it stale."""
        stale = (
            update(OutboxMessage)
            .where(OutboxMessage.bot_id == chat.bot_id, OutboxMessage.chat_id == chat.chat_id)
            .where(OutboxMessage.slot == slot, OutboxMessage.state == OutboxState.NEW)
            .values(state=OutboxState.FAILED, failure="stale", settled_at=self.clock.now())
        )
        await self.session.execute(stale)
