"""The one line that follows a batch: edited while files arrive and are checked, never repeated."""

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.conversation.screen import Screen
from services.outbox.models import OutboxMessage, OutboxState
from services.outbox.outbox import Chat, Outbox, Priority
from services.submissions import screens
from services.submissions.models import Batch, Submission, SubmissionState
from services.submissions.receipt import AT_ONCE
from services.texts import load_texts


class Progress:
    """Says how far a batch is, in the place of what was said before. A new line is worth nothing once the batch is
    summed up, so nothing here is a message of its own.
    """

    def __init__(self, session: AsyncSession, outbox: Outbox) -> None:
        self.session = session
        self.outbox = outbox

    async def announced(self, batch: Batch, chat: Chat, language: str, *, is_test: bool = False) -> None:
        """A file was noted. The first one is answered at once, the next ones only move the count."""
        files = await self.files(batch.id)
        screen = screens.receiving(load_texts(language), files, is_test=is_test)
        await self.say(batch.id, chat, screen, Priority.ANSWER if files == 1 else Priority.PROGRESS)

    async def checking(self, submission: Submission, chat: Chat, language: str, page: int, pages: int) -> None:
        """So many pages of a file are checked; the upload page reads it from the submission."""
        submission.pages_checked, submission.pages_total = page, pages
        files, settled = await self.files(submission.batch_id), await self.settled(submission.batch_id)
        screen = screens.checking(load_texts(language), submission.name, page, pages, settled=settled, files=files)
        await self.say(submission.batch_id, chat, screen, Priority.PROGRESS)

    async def comparing(self, submission: Submission, chat: Chat, language: str, pair: int, pairs: int) -> None:
        """So many of a file's repeated pages met the scans that were there before."""
        screen = screens.comparing(load_texts(language), submission.name, pair, pairs)
        await self.say(submission.batch_id, chat, screen, Priority.PROGRESS)

    async def finished(self, batch: Batch, chat: Chat, language: str) -> None:
        """The line's last word. It waits behind the summary, and a line that nobody has seen needs none."""
        await self.outbox.drop_progress(chat, slot_of(batch.id))
        if await self.is_shown(batch.id, chat):
            screen = screens.received(load_texts(language), await self.files(batch.id))
            await self.say(batch.id, chat, screen, Priority.PROGRESS)

    async def is_shown(self, batch_id: int, chat: Chat) -> bool:
        """True where the line is in the chat, or on its way there."""
        shown = (
            select(OutboxMessage.id)
            .where(OutboxMessage.bot_id == chat.bot_id, OutboxMessage.chat_id == chat.chat_id)
            .where(OutboxMessage.slot == slot_of(batch_id))
            .where(OutboxMessage.state.in_([OutboxState.SENDING, OutboxState.SENT]))
            .limit(1)
        )
        return await self.session.scalar(shown) is not None

    async def say(self, batch_id: int, chat: Chat, screen: Screen, priority: Priority) -> None:
        await self.outbox.say(chat, screen, priority=priority, slot=slot_of(batch_id))

    async def files(self, batch_id: int) -> int:
        """The files of the batch, without those that were refused before their download: they were told at once."""
        fits = func.coalesce(Submission.refusal_detail[AT_ONCE].as_boolean(), False).is_(False)
        counted = select(func.count(Submission.id)).where(Submission.batch_id == batch_id, fits)
        return await self.session.scalar(counted) or 0

    async def settled(self, batch_id: int) -> int:
        ended = Submission.state.in_([SubmissionState.CHECKED, SubmissionState.REFUSED])
        counted = select(func.count(Submission.id)).where(Submission.batch_id == batch_id, ended)
        return await self.session.scalar(counted) or 0


def slot_of(batch_id: int) -> str:
    """The place in the chat that a batch's line holds."""
    return f"batch-{batch_id}"
