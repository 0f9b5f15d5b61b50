"""Telegram, as the rest of the product sees it: shows a screen in a chat, fetches a file."""

import asyncio
from collections.abc import Mapping
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path
from typing import Any

import aiohttp
from aiogram import Bot
from aiogram.exceptions import AiogramError
from aiogram.types import (
    BufferedInputFile,
    InputMediaDocument,
    InputMediaPhoto,
    LinkPreviewOptions,
    Message,
)

from services.conversation.screen import Attachment, Screen
from services.files.store import FileStore
from services.telegram.errors import Fate, refused
from services.telegram.local_files import NotHereError, copy_from_server
from services.telegram.plain import MOST_CAPTION_UNITS, MOST_UNITS, pieces, plain_screen
from services.telegram.press import keyboard

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
AS_IT_IS: dict[str, Any] = {"parse_mode": None}
DOWNLOAD_CHUNK = 1 << 18
DOWNLOAD_TIMEOUT_S = 120
NOT_HERE_S = 60.0
"""Somebody must mend the mount of the folder; asking again at once would only fill the log."""

Known = Mapping[tuple[str, str], str]
How = Mapping[str, Any]


class Later(Exception):  # noqa: N818 (a state of the world, not a fault of the program)
    """The messenger cannot do it now; try again after so many seconds."""

    def __init__(self, retry_after: float) -> None:
        super().__init__(retry_after)
        self.retry_after = retry_after


class TooBig(Exception):  # noqa: N818 (as above)
    """The file is over what the messenger gives to bots."""


class Gone(Exception):  # noqa: N818 (as above)
    """The messenger does not have the file any more."""


class Shown:
    """A screen that arrived: the id of its (first) message and what the messenger now calls its files, by hash."""

    def __init__(self, message_id: int, remote_ids: Known | None = None) -> None:
        self.message_id = message_id
        self.remote_ids = dict(remote_ids or {})


class BotGateway:
    """Sends screens and fetches files through our bots, by the bot's id. Raises aiogram's errors as they come."""

    def __init__(self, bots: Mapping[int, Bot], store: FileStore) -> None:
        self.bots = bots
        self.store = store

    async def show(self, bot_id: int, chat_id: int, screen: Screen, known: Known, *, markup: bool = True) -> Shown:
        """Sends a screen as new messages. `known` maps (hash, kind) of files sent before to the messenger's ids."""
        bot, how = self.bots[bot_id], {} if markup else AS_IT_IS
        for kind, attachments in (("photo", screen.pictures), ("document", screen.documents)):
            if len(attachments) > 1:
                return await self.album(bot, chat_id, kind, attachments, known, how)
            if attachments:
                return await self.single(bot, chat_id, kind, screen, known, how)
        sent = await bot.send_message(
            chat_id, screen.text, reply_markup=keyboard(screen), link_preview_options=NO_PREVIEW, **how
        )
        return Shown(sent.message_id)

    async def show_plainly(self, bot_id: int, chat_id: int, screen: Screen, known: Known) -> Shown:
        """Sends a screen that the server cannot parse, or finds too long, in plain words and several messages: nothing
        is dropped. The last one carries the files and the buttons.
        """
        words = plain_screen(screen)
        *before, last = pieces(words.text, MOST_CAPTION_UNITS if words.pictures or words.documents else MOST_UNITS)
        for piece in before:
            await self.bots[bot_id].send_message(chat_id, piece, link_preview_options=NO_PREVIEW, **AS_IT_IS)
        return await self.show(bot_id, chat_id, replace(words, text=last), known, markup=False)

    async def single(self, bot: Bot, chat_id: int, kind: str, screen: Screen, known: Known, how: How) -> Shown:
        attachment = (screen.pictures or screen.documents)[0]
        media = remote_of(attachment, kind, known) or await self.upload(attachment)
        caption = screen.text or attachment.caption
        send = bot.send_photo if kind == "photo" else bot.send_document
        sent: Message = await send(chat_id, media, caption=caption, reply_markup=keyboard(screen), **how)
        return Shown(sent.message_id, {(attachment.file_hash, kind): remote_id(sent, kind)})

    async def album(
        self, bot: Bot, chat_id: int, kind: str, attachments: tuple[Attachment, ...], known: Known, how: How
    ) -> Shown:
        media_class = InputMediaPhoto if kind == "photo" else InputMediaDocument
        media: list[Any] = [
            media_class(media=remote_of(item, kind, known) or await self.upload(item), caption=item.caption, **how)
            for item in attachments
        ]
        sent = await bot.send_media_group(chat_id, media)
        ids = {
            (item.file_hash, kind): remote_id(message, kind) for item, message in zip(attachments, sent, strict=False)
        }
        return Shown(sent[0].message_id, ids)

    async def upload(self, attachment: Attachment) -> BufferedInputFile:
        return BufferedInputFile(await self.store.get(attachment.file_hash), filename=attachment.name)

    async def edit(self, bot_id: int, chat_id: int, message_id: int, screen: Screen) -> None:
        """Puts a screen of words and buttons in the place of an earlier one."""
        await self.bots[bot_id].edit_message_text(
            screen.text,
            chat_id=chat_id,
            message_id=message_id,
            reply_markup=keyboard(screen),
            link_preview_options=NO_PREVIEW,
        )

    async def strip_buttons(self, bot_id: int, chat_id: int, message_id: int) -> None:
        """Takes the buttons off a card that a newer one has replaced."""
        await self.bots[bot_id].edit_message_reply_markup(chat_id=chat_id, message_id=message_id)

    async def download(self, bot_id: int, remote_id: str, destination: Path) -> None:
        """Fetches a file. Raises TooBig, Gone or Later."""
        bot = self.bots[bot_id]
        try:
            if bot.session.api.is_local and await copy_from_server(bot, remote_id, destination):
                return
            await download_over_http(bot, remote_id, destination)
        except AiogramError as error:
            raise translated(error) from error
        except NotHereError as error:
            raise Later(NOT_HERE_S) from error
        except (aiohttp.ClientError, TimeoutError) as error:
            raise Later(5) from error


async def download_over_http(bot: Bot, remote_id: str, destination: Path) -> None:
    """The usual way; also for a server that was said to be local and is not."""
    file = await bot.get_file(remote_id)
    address = bot.session.api.file_url(bot.token, file.file_path or "")
    with destination.open("wb") as opened:
        pieces = bot.session.stream_content(
            address, timeout=DOWNLOAD_TIMEOUT_S, chunk_size=DOWNLOAD_CHUNK, raise_for_status=True
        )
        async with aclosing(pieces):
            async for piece in pieces:
                await asyncio.to_thread(opened.write, piece)


def remote_of(attachment: Attachment, kind: str, known: Known) -> str:
    """What the messenger calls a file that it has; empty for one that it must be given."""
    return attachment.remote_id or known.get((attachment.file_hash, kind), "")


def translated(error: AiogramError) -> Exception:
    """What a failed download means."""
    answer = refused(error)
    match answer.fate:
        case Fate.TOO_BIG:
            return TooBig()
        case Fate.SLOW_DOWN | Fate.LATER | Fate.NO_ANSWER | Fate.CONFLICT | Fate.UNAUTHORIZED:
            return Later(answer.wait_s or 5)
        case _:
            return Gone()


def remote_id(message: Message, kind: str) -> str:
    if kind == "photo":
        return message.photo[-1].file_id if message.photo else ""
    return message.document.file_id if message.document else ""
