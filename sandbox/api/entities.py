"""Formatted text: lengths as the Bot API counts them, entities given or found, limits."""

import re
from html import escape
from typing import Any

URL = re.compile(r"https?://[^\s<>\"«»]*[^\s<>\"«».,;:!?)\]]")
COMMAND = re.compile(r"(?:^|(?<=\s))/[A-Za-z0-9_]{1,64}(?:@\w+)?")
LINK = re.compile(r"(?:https?|tg|ton)://[^\s]+", re.IGNORECASE)


def utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def checked_link(url: str) -> str | None:
    """The address as a link may carry it; None when no client would follow it."""
    url = url.strip()
    if LINK.fullmatch(url):
        return url
    return f"http://{url}" if re.fullmatch(r"[\w\-]+(\.[\w\-]+)+(/\S*)?", url) else None


def found_in(text: str) -> list[dict[str, Any]]:
    """What the server finds by itself: addresses and commands."""
    found = []
    for kind, pattern in (("url", URL), ("bot_command", COMMAND)):
        for match in pattern.finditer(text):
            offset, length = utf16_length(text[: match.start()]), utf16_length(match[0])
            found.append({"type": kind, "offset": offset, "length": length})
    return sorted(found, key=lambda entity: entity["offset"])


def with_found(text: str, entities: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Adds what the server finds where no link or code is yet."""
    taken = [e for e in entities if e["type"] in {"text_link", "code", "pre", "url"}]
    free = [e for e in found_in(text) if not any(_overlap(e, other) for other in taken)]
    return sorted(entities + free, key=lambda entity: (entity["offset"], -entity["length"]))


def _overlap(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return bool(one["offset"] < other["offset"] + other["length"] and other["offset"] < one["offset"] + one["length"])


def trimmed(text: str, entities: list[dict[str, Any]]) -> tuple[str, list[dict[str, Any]]]:
    """Without white space at the ends, as the server stores texts."""
    kept = text.rstrip()
    start = len(kept) - len(kept.lstrip())
    kept = kept[start:]
    return kept, clipped(entities, utf16_length(text[:start]), utf16_length(kept))


def clipped(entities: list[dict[str, Any]], shift: int, length: int) -> list[dict[str, Any]]:
    """Entities moved left by ``shift`` and cut at the text's new ends (UTF-16 units)."""
    result = []
    for entity in entities:
        begin = max(0, entity["offset"] - shift)
        end = min(length, entity["offset"] + entity["length"] - shift)
        if end > begin:
            result.append(entity | {"offset": begin, "length": end - begin})
    return result


def as_html(text: str, entities: list[dict[str, Any]]) -> str:
    """The formatted text in Telegram's HTML, everything else escaped."""
    if not entities:
        return escape(text, quote=False)
    from aiogram.types import MessageEntity  # noqa: PLC0415 (seconds of import: the page is to be there at once)
    from aiogram.utils.text_decorations import html_decoration  # noqa: PLC0415 (as above)

    return html_decoration.unparse(text, [MessageEntity.model_validate(entity) for entity in entities])
