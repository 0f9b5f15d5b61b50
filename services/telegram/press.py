"""Buttons as Telegram carries them: at most 64 bytes of action, participation and argument."""

from typing import Any

from aiogram.filters import Filter
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, WebAppInfo

from services.conversation.screen import Action, Link, Screen

SEPARATOR = "|"
MOST_BYTES = 64
LONGEST_ID = 18
"""Digits that surely fit a column of the database."""


class Press:
    """A pressed button: what it asks for, about which participation, with which argument."""

    def __init__(self, name: str, participation: int = 0, argument: str = "") -> None:
        self.name = name
        self.participation = participation
        self.argument = argument

    @property
    def number(self) -> int:
        """The argument as an id; 0, which nothing has, for a forged one."""
        text = self.argument
        return int(text) if text.isascii() and text.isdigit() and len(text) < LONGEST_ID else 0

    def pack(self) -> str:
        """The callback data. Raises ValueError over 64 bytes: such a button would be refused by the server."""
        packed = SEPARATOR.join((self.name, format(self.participation, "x"), self.argument))
        if len(packed.encode()) > MOST_BYTES:
            raise ValueError(f"button data over {MOST_BYTES} bytes: {self.name}")
        return packed

    @staticmethod
    def unpack(data: str) -> "Press | None":
        """The press behind callback data, or None where it is not ours: callback data can be forged."""
        name, _, rest = data.partition(SEPARATOR)
        participation, _, argument = rest.partition(SEPARATOR)
        try:
            number = int(participation or "0", 16)
        except ValueError:
            return None
        return Press(name, number, argument) if 0 <= number < 2**63 else None

    @staticmethod
    def on(*names: str) -> "PressFilter":
        """A filter for presses of these names; it gives the handler the parsed `press`."""
        return PressFilter(frozenset(names))


class PressFilter(Filter):
    """Lets through presses of certain names; without names, every press."""

    def __init__(self, names: frozenset[str]) -> None:
        self.names = names

    async def __call__(self, query: CallbackQuery) -> bool | dict[str, Any]:
        press = Press.unpack(query.data or "")
        if press is None or (self.names and press.name not in self.names):
            return False
        return {"press": press}


def keyboard(screen: Screen) -> InlineKeyboardMarkup | None:
    """The inline keyboard of a screen, or None where it has no buttons."""
    if not screen.rows:
        return None
    return InlineKeyboardMarkup(inline_keyboard=[[inline(button) for button in row] for row in screen.rows])


def inline(button: Action | Link) -> InlineKeyboardButton:
    if isinstance(button, Link) and button.app:
        return InlineKeyboardButton(text=button.text, web_app=WebAppInfo(url=button.url))
    if isinstance(button, Link):
        return InlineKeyboardButton(text=button.text, url=button.url)
    data = Press(button.name, button.participation, button.argument).pack()
    if button.style:
        return InlineKeyboardButton(text=button.text, callback_data=data, style=button.style.value)
    return InlineKeyboardButton(text=button.text, callback_data=data)
