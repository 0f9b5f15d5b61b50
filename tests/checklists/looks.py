"""What every screen must be: markup that the messenger takes, buttons that fit, texts that exist."""

import re
from html.parser import HTMLParser

from services.conversation.screen import MOST_CAPTION_LETTERS, MOST_LETTERS, Action, Screen, Style
from services.telegram.press import keyboard
from services.texts import Texts, load_texts

TAGS = {"b", "i", "u", "s", "code", "a", "blockquote"}
UNFILLED = re.compile(r"\{[a-z_]+\}")
LABEL_LETTERS = 20
MOST_ROWS = 5


class StrictTexts(Texts):
    """Texts that know no excuse: a key without a text is an error."""

    def __call__(self, key: str, **values: object) -> str:
        assert self.catalogue.gettext(key) != key, key
        return super().__call__(key, **values)

    def n(self, key: str, number: int, **values: object) -> str:
        assert self.catalogue.ngettext(key, key, number) != key, key
        return super().n(key, number, **values)


def strict(language: str) -> StrictTexts:
    return StrictTexts(language, load_texts(language).catalogue)


class Markup(HTMLParser):
    """Raises on tags that the messenger refuses."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS, tag
        self.opened.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.opened.pop() == tag


def prove_markup(text: str) -> None:
    markup = Markup()
    markup.feed(text)
    markup.close()
    assert markup.opened == []
    assert not re.search(r"&(?!amp;|lt;|gt;|quot;)", text), text


def prove(screen: Screen, letters: int = LABEL_LETTERS, rows: int = MOST_ROWS) -> None:
    """The screen can be sent, its buttons too, and one of them at most is the main one."""
    prove_markup(screen.text)
    assert screen.text.strip()
    assert len(screen.text) <= (MOST_CAPTION_LETTERS if screen.documents else MOST_LETTERS)
    assert "\n\n\n" not in screen.text
    keyboard(screen)
    assert len(screen.rows) <= rows
    buttons = [button for row in screen.rows for button in row]
    assert all(len(row) <= 3 for row in screen.rows)
    assert all(row for row in screen.rows)
    assert all(0 < len(button.text) <= letters for button in buttons)
    styled = [button for button in buttons if isinstance(button, Action) and button.style != Style.PLAIN]
    assert len(styled) <= 1


def names(screen: Screen) -> list[str]:
    return [button.name for row in screen.rows for button in row if isinstance(button, Action)]


def main_action(screen: Screen) -> Action | None:
    buttons = [button for row in screen.rows for button in row if isinstance(button, Action)]
    return next((button for button in buttons if button.style != Style.PLAIN), None)
