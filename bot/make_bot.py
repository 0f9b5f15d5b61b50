"""The bot as the settings describe it: its token, its server and the way there."""

from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode

from bot.settings import TelegramSettings
from services.telegram.proxied import ProxiedSession


def make_bot(settings: TelegramSettings) -> Bot:
    """A bot that nobody has spoken with yet; its session must be closed. HTML is the markup of all screens."""
    server = TelegramAPIServer.from_base(settings.api_url, is_local=settings.local_files)
    proxy = settings.proxy.get_secret_value()
    return Bot(
        settings.token.get_secret_value(),
        session=ProxiedSession(proxy, api=server) if proxy else AiohttpSession(api=server),
        default=DefaultBotProperties(parse_mode=ParseMode.HTML),
    )
