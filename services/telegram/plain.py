"""Markup taken off."""

import re
from html import unescape

TAG = re.compile(r"</?[a-zA-Z][^<>]*>")


def plain(html: str) -> str:
    """The words of a text without its tags."""
    return unescape(TAG.sub("", html))
