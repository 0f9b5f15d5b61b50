"""The PDF of a college's kits, sent by its coordinator."""

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message
from dishka.integrations.aiogram import FromDishka, inject

from services.accounts.models import Account, Person
from services.conversation.models import Awaited
from services.conversation.screen import Screen
from services.kits.issued_screens import print_file_taken, print_file_wanted
from services.kits.send_print_file import PRINT_FILE, SendPrintFile
from services.telegram.filters import AwaitingFile
from services.telegram.incoming import incoming_file
from services.telegram.press import Press
from services.texts import Texts

router = Router(name="print_file")


@router.callback_query(Press.on("print_file"))
@inject
async def begin(
    _query: CallbackQuery,
    press: Press,
    texts: Texts,
    send: FromDishka[SendPrintFile],
    *,
    person: Person,
    account: Account | None,
) -> Screen:
    return print_file_wanted(texts, (await send.begin(person, account, press.participation)).college)


@router.message(F.document | F.photo, AwaitingFile(PRINT_FILE))
@inject
async def receive(
    message: Message, *, person: Person, awaited: Awaited, texts: Texts, send: FromDishka[SendPrintFile]
) -> Screen:
    taken = await send(person, awaited.participation_id or 0, incoming_file(message))
    return print_file_taken(texts, taken.college, taken.name)
