"""Markup taken off: the last resort where the server takes a text neither as it is nor in its length."""

import re
from dataclasses import replace
from html import unescape

from services.conversation.screen import Attachment, Screen

TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
MOST_UNITS = 4096
MOST_CAPTION_UNITS = 1024


def plain(html: str) -> str:
    """The words of a text without its tags."""
    return unescape(TAG.sub("", html))


def plain_screen(screen: Screen) -> Screen:
    """The same screen in plain words. Captions are cut to what a caption may hold; the text is not."""
    return replace(
        screen,
        text=plain(screen.text),
        pictures=tuple(map(plain_attachment, screen.pictures)),
        documents=tuple(map(plain_attachment, screen.documents)),
    )


def plain_attachment(attachment: Attachment) -> Attachment:
    return replace(attachment, caption=pieces(plain(attachment.caption), MOST_CAPTION_UNITS)[0])


def pieces(words: str, most: int = MOST_UNITS) -> list[str]:
    """The words in pieces of at most so many UTF-16 units, which is how the server counts."""
    cut, size = [""], 0
    for letter in words:
        width = 2 if ord(letter) > 0xFFFF else 1
        if size + width > most:
            cut.append("")
            size = 0
        cut[-1] += letter
        size += width
    return cut
