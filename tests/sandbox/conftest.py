"""A running messenger, its people, and a real aiogram bot that talks to it over HTTP."""

import io
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from PIL import Image
from playwright.async_api import Locator, Page

from sandbox.client import Messenger, Person
from sandbox.server import Sandbox, running
from tests.browser import browser, chromium, page
from tests.planted import TOKEN

__all__ = ["browser", "chromium", "page"]


class PromptSession(AiohttpSession):
    """aiogram's own, without the quarter of a second that it sleeps at closing for the sake of TLS."""

    async def close(self) -> None:
        if self._session is not None and not self._session.closed:
            await self._session.close()


def bot_of(sandbox: Sandbox, token: str = TOKEN) -> Bot:
    server = TelegramAPIServer.from_base(sandbox.url)
    return Bot(token, session=PromptSession(api=server, timeout=20))


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    folder = tmp_path / "shelf"
    folder.mkdir()
    (folder / "скан 1.pdf").write_bytes(b"%PDF-1.7 sample")
    (folder / "page.png").write_bytes(picture(1240, 1754))
    return folder


@pytest.fixture
async def sandbox(shelf: Path) -> AsyncIterator[Sandbox]:
    async with running(shelf=shelf) as sandbox:
        yield sandbox


@pytest.fixture
async def messenger(sandbox: Sandbox) -> AsyncIterator[Messenger]:
    async with Messenger(sandbox.url) as messenger:
        yield messenger


@pytest.fixture
async def bot(sandbox: Sandbox) -> AsyncIterator[Bot]:
    async with bot_of(sandbox) as bot:
        await bot.get_me()
        yield bot


@pytest.fixture
async def petr(bot: Bot, messenger: Messenger) -> Person:
    """The technician, who has started the bot; the start is confirmed."""
    petr = await messenger.with_role("technician")
    await petr.says("/start")
    await confirm_all(bot)
    return petr


@pytest.fixture
async def pane(page: Page, petr: Person, sandbox: Sandbox) -> AsyncIterator[Locator]:
    """The technician's pane of the open page; the page is left before the messenger goes."""
    await page.goto(sandbox.url)
    await page.wait_for_selector("body[data-ready]")
    yield page.locator(f"#pane-{petr.id}")
    await page.goto("about:blank")


def keys(*labels: str) -> InlineKeyboardMarkup:
    row = [InlineKeyboardButton(text=label, callback_data=label, style="primary") for label in labels]
    return InlineKeyboardMarkup(inline_keyboard=[row])


async def next_text(bot: Bot) -> str | None:
    (update,) = await bot.get_updates(timeout=5)
    await bot.get_updates(offset=update.update_id + 1)
    return update.message.text if update.message else None


async def confirm_all(bot: Bot) -> None:
    """Nothing that came so far waits any more."""
    for update in await bot.get_updates(offset=-1):
        await bot.get_updates(offset=update.update_id + 1)


def picture(width: int = 400, height: int = 600, form: str = "PNG", shade: int = 200) -> bytes:
    sink = io.BytesIO()
    Image.new("L", (width, height), shade).save(sink, form, dpi=(300, 300))
    return sink.getvalue()
