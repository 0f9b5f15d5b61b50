"""The menu of commands that the messenger shows beside the field for text."""

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError
from aiogram.types import BotCommand

from services.telegram.errors import refused
from services.texts import load_texts

log = structlog.get_logger(__name__)

COMMANDS = ("start", "help", "privacy")
LANGUAGES = {"ru": None, "en": "en"}
"""Texts by language code; None is what everybody else sees."""


async def set_menu(bot: Bot) -> None:
    """Once a start and at best: the bot works without it, so what the server refuses is only noted."""
    try:
        for language, code in LANGUAGES.items():
            await bot.set_my_commands(menu(language), language_code=code)
    except AiogramError as error:
        log.warning("menu.not_set", fate=refused(error).fate)


def menu(language: str) -> list[BotCommand]:
    texts = load_texts(language)
    return [BotCommand(command=name, description=texts(f"command.{name}")) for name in COMMANDS]
