"""Who speaks: from the database, each time."""

from dataclasses import dataclass
from typing import Any

from aiogram.enums import ChatMemberStatus
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message, TelegramObject, Update, User
from aiogram.types import Chat as TelegramChat
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.consent import has_consent
from services.accounts.models import Account, Person
from services.conversation.awaited import awaited_by, turn_away
from services.conversation.models import Awaited
from services.outbox.outbox import Chat
from services.telegram.errors import Fate
from services.texts import Texts, load_texts

MESSENGER = "telegram"


@dataclass(frozen=True, slots=True)
class Who:
    """A private chat, the account and the person behind it where we know them, and the language to speak.

    `agreed`: the person has agreed to what is kept of them, as it is told now.
    """

    chat: Chat
    texts: Texts
    account: Account | None
    person: Person | None
    awaited: Awaited | None
    pressed: int | None
    agreed: bool = False

    def as_data(self) -> dict[str, Any]:
        """What handlers may ask for by name."""
        return {
            "chat": self.chat,
            "texts": self.texts,
            "account": self.account,
            "person": self.person,
            "awaited": self.awaited,
            "agreed": self.agreed,
        }


async def who_is_it(session: AsyncSession, event: TelegramObject, bot_id: int) -> Who | None:
    """Finds the person of an update. None for groups, channels and updates that nobody sent."""
    user, chat, pressed = sender(event)
    if user is None or chat is None or chat.type != "private" or user.is_bot:
        return None
    account = await session.scalar(
        select(Account).where(Account.messenger == MESSENGER, Account.bot_id == bot_id, Account.external_id == user.id)
    )
    person = await session.get(Person, account.person_id) if account else None
    language = person.language if person else (user.language_code or "ru")
    awaited = await expected_text(session, account, pressed)
    if account is not None:
        note_reach(account, event)
    agreed = person is not None and await has_consent(session, person.id)
    return Who(Chat(bot_id, chat.id), load_texts(language[:2]), account, person, awaited, pressed, agreed)


def note_reach(account: Account, event: TelegramObject) -> None:
    """Whoever writes can be reached again; whoever blocks the bot is known to be out of reach before we write."""
    inner = event.event if isinstance(event, Update) else event
    if isinstance(inner, ChatMemberUpdated) and inner.new_chat_member.status == ChatMemberStatus.KICKED:
        account.unreachable_since, account.unreachable_why = inner.date, Fate.UNREACHABLE
    else:
        account.unreachable_since = account.unreachable_why = None


async def expected_text(session: AsyncSession, account: Account | None, pressed: int | None) -> Awaited | None:
    """The question a text would answer. A press means that the person has gone on to something else."""
    if account is None:
        return None
    if pressed is not None:
        await turn_away(session, account.id)
        return None
    return await awaited_by(session, account.id)


def sender(event: TelegramObject) -> tuple[User | None, TelegramChat | None, int | None]:
    """The user, the chat, and the id of the message whose button was pressed."""
    inner = event.event if isinstance(event, Update) else event
    if isinstance(inner, CallbackQuery):
        message = inner.message
        return inner.from_user, message.chat if message else None, message.message_id if message else None
    if isinstance(inner, Message):
        return inner.from_user, inner.chat, None
    return getattr(inner, "from_user", None), getattr(inner, "chat", None), None
