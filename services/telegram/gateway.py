"""Telegram, as the rest of the product sees it: shows a screen in a chat, fetches a file."""

from collections.abc import Mapping
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
from services.telegram.plain import plain
from services.telegram.press import keyboard

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
DOWNLOAD_CHUNK = 1 << 18
DOWNLOAD_TIMEOUT_S = 120


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

    def __init__(self, message_id: int, remote_ids: Mapping[tuple[str, str], str] | None = None) -> None:
        self.message_id = message_id
        self.remote_ids = dict(remote_ids or {})


class BotGateway:
    """Sends screens and fetches files through our bots, by the bot's id. Raises aiogram's errors as they come."""

    def __init__(self, bots: Mapping[int, Bot], store: FileStore) -> None:
        self.bots = bots
        self.store = store

    async def show(self, bot_id: int, chat_id: int, screen: Screen, known: Mapping[tuple[str, str], str]) -> Shown:
        """Sends a screen as new messages. `known` maps (hash, kind) of files sent before to the messenger's ids."""
        bot = self.bots[bot_id]
        for kind, attachments in (("photo", screen.pictures), ("document", screen.documents)):
            if len(attachments) > 1:
                return await self.album(bot, chat_id, kind, attachments, known)
            if attachments:
                return await self.single(bot, chat_id, kind, screen, known)
        sent = await bot.send_message(
            chat_id, screen.text, reply_markup=keyboard(screen), link_preview_options=NO_PREVIEW
        )
        return Shown(sent.message_id)

    async def single(
        self, bot: Bot, chat_id: int, kind: str, screen: Screen, known: Mapping[tuple[str, str], str]
    ) -> Shown:
        attachment = (screen.pictures or screen.documents)[0]
        media = known.get((attachment.file_hash, kind)) or await self.upload(attachment)
        caption = screen.text or attachment.caption
        send = bot.send_photo if kind == "photo" else bot.send_document
        sent: Message = await send(chat_id, media, caption=caption, reply_markup=keyboard(screen))
        return Shown(sent.message_id, {(attachment.file_hash, kind): remote_id(sent, kind)})

    async def album(
        self,
        bot: Bot,
        chat_id: int,
        kind: str,
        attachments: tuple[Attachment, ...],
        known: Mapping[tuple[str, str], str],
    ) -> Shown:
        media_class = InputMediaPhoto if kind == "photo" else InputMediaDocument
        media: list[Any] = [
            media_class(media=known.get((item.file_hash, kind)) or await self.upload(item), caption=item.caption)
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

    async def show_plainly(self, bot_id: int, chat_id: int, screen: Screen) -> Shown:
        """Sends the words without markup: the last resort where the server cannot parse it; nothing is dropped."""
        sent = await self.bots[bot_id].send_message(
            chat_id, plain(screen.text), reply_markup=keyboard(screen), parse_mode=None
        )
        return Shown(sent.message_id)

    async def strip_buttons(self, bot_id: int, chat_id: int, message_id: int) -> None:
        """Takes the buttons off a card that a newer one has replaced."""
        await self.bots[bot_id].edit_message_reply_markup(chat_id=chat_id, message_id=message_id)

    async def download(self, bot_id: int, remote_id: str, destination: Path) -> None:
        """Fetches a file. Raises TooBig, Gone or Later."""
        bot = self.bots[bot_id]
        try:
            await bot.download(
                remote_id, destination=destination, timeout=DOWNLOAD_TIMEOUT_S, chunk_size=DOWNLOAD_CHUNK
            )
        except AiogramError as error:
            raise translated(error) from error
        except (aiohttp.ClientError, TimeoutError) as error:
            raise Later(5) from error


def translated(error: AiogramError) -> Exception:
    """What a failed download means."""
    answer = refused(error)
    match answer.fate:
        case Fate.TOO_BIG:
            return TooBig()
        case Fate.SLOW_DOWN | Fate.LATER | Fate.CONFLICT | Fate.UNAUTHORIZED:
            return Later(answer.wait_s or 5)
        case _:
            return Gone()


def remote_id(message: Message, kind: str) -> str:
    if kind == "photo":
        return message.photo[-1].file_id if message.photo else ""
    return message.document.file_id if message.document else ""
