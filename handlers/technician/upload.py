"""Files sent to the bot, and the screen that asks for them."""

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message
from dishka.integrations.aiogram import FromDishka, inject

from services.accounts.models import Account, Person
from services.conversation.models import Awaited
from services.conversation.reply import Reply
from services.conversation.screen import Screen
from services.kits.state_line import state_line
from services.outbox.outbox import Chat
from services.submissions import screens
from services.submissions.answer import answer
from services.submissions.open_upload import OpenUpload, opened_college
from services.submissions.receipt import IncomingFile, TooLarge
from services.submissions.receive_file import ReceiveFile
from services.submissions.show_faults import ShowFaults, faults, parse_place
from services.telegram.incoming import incoming_file
from services.telegram.press import Press
from services.texts import Texts
from services.uploads.offer_link import OfferLink, with_links

router = Router(name="upload")

NOT_SCANS = F.video | F.animation | F.video_note | F.voice | F.audio | F.sticker | F.contact | F.location | F.poll
"""An animation is also a document, so it is looked for first."""


@router.message(NOT_SCANS)
async def keep_out(_message: Message, texts: Texts) -> Screen:
    return screens.not_a_scan(texts)


@router.message(F.document | F.photo)
@inject
async def receive(
    message: Message,
    texts: Texts,
    receive_file: FromDishka[ReceiveFile],
    offer: FromDishka[OfferLink],
    *,
    chat: Chat,
    person: Person | None,
    awaited: Awaited | None,
) -> Reply | Screen | None:
    file: IncomingFile = incoming_file(message)
    received = await receive_file(person, file, opened_college(awaited))
    large = received.participation_id if isinstance(received, TooLarge) else None
    return answer(texts, received, await offer(texts, person, chat, large))


@router.callback_query(Press.on("upload"))
@inject
async def upload(
    _query: CallbackQuery,
    press: Press,
    texts: Texts,
    open_upload: FromDishka[OpenUpload],
    offer: FromDishka[OfferLink],
    *,
    chat: Chat,
    person: Person | None,
    account: Account | None,
) -> Screen:
    college, counts = await open_upload(person, account, press.participation)
    links = await offer(texts, person, chat, press.participation)
    return with_links(screens.upload(texts, college, state_line(texts, counts)), links, texts("web.chat.upload"))


@router.callback_query(Press.on("how_to_scan"))
async def how_to_scan(_query: CallbackQuery, press: Press, texts: Texts) -> Screen:
    return screens.how_to_scan(texts, press.participation)


@router.callback_query(Press.on("bad_pages"))
@inject
async def bad_pages(
    _query: CallbackQuery, press: Press, texts: Texts, show: FromDishka[ShowFaults], person: Person | None
) -> Screen:
    batch, shown = parse_place(press.argument)
    return faults(texts, press.participation, batch, await show(person, press.participation, batch), shown)
