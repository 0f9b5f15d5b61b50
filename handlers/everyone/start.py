"""Coming in by an invite link: the only way past the front door."""

from aiogram import Bot, Router
from aiogram.filters import CommandObject, CommandStart
from aiogram.types import Message, User
from dishka.integrations.aiogram import FromDishka, inject

from services.accounts import consent_screens, screens
from services.accounts.caller import Caller
from services.accounts.come_in import ComeIn, NotAgreed
from services.accounts.models import Person
from services.accounts.queries import TELEGRAM
from services.accounts.redeem_invite import NotLetIn
from services.accounts.show_home import ShowHome
from services.conversation.reply import Reply
from services.conversation.screen import Screen
from services.outbox.outbox import Chat
from services.texts import Texts

router = Router(name="start")


@router.message(CommandStart(deep_link=True, ignore_case=True))
@inject
async def by_link(
    message: Message,
    command: CommandObject,
    *,
    bot: Bot,
    chat: Chat,
    person: Person | None,
    texts: Texts,
    come_in: FromDishka[ComeIn],
    show_home: FromDishka[ShowHome],
) -> Screen | Reply | None:
    if message.from_user is None:
        return None
    entry = await come_in(caller(message.from_user, bot, chat), command.args or "")
    if isinstance(entry, NotAgreed):
        return Reply(messages=(consent_screens.ask(texts, entry.token),))
    if isinstance(entry, NotLetIn):
        return screens.not_let_in(entry, texts, known=person is not None)
    return await show_home.entered(entry, texts)


def caller(user: User, bot: Bot, chat: Chat) -> Caller:
    return Caller(TELEGRAM, bot.id, user.id, chat.chat_id, user.full_name, user.language_code)
