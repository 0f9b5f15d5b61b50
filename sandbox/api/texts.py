"""Turns the text of a request into what is stored, within the limits of the Bot API."""

from typing import Any

from sandbox.api.entities import trimmed, utf16_length, with_found
from sandbox.api.errors import bad_request
from sandbox.api.html import HtmlError, parse_html

MAX_TEXT = 4096
MAX_CAPTION = 1024

Formatted = tuple[str, list[dict[str, Any]]]


def message_text(values: dict[str, Any]) -> Formatted:
    """Raises ApiError 400 when empty or over 4096 UTF-16 units after entities."""
    text, entities = _formatted(values.get("text"), values.get("parse_mode"), values.get("entities"))
    if not text:
        raise bad_request("message text is empty")
    if utf16_length(text) > MAX_TEXT:
        raise bad_request("message is too long")
    return text, entities


def caption(values: dict[str, Any]) -> Formatted:
    """May be empty. Raises ApiError 400 when over 1024 UTF-16 units after entities."""
    text, entities = _formatted(values.get("caption"), values.get("parse_mode"), values.get("caption_entities"))
    if utf16_length(text) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    return text, entities


def _formatted(text: str | None, parse_mode: str | None, entities: list[dict[str, Any]] | None) -> Formatted:
    source = (text or "").replace("\r", "").replace("\0", "")
    if not parse_mode or entities:
        plain, found = source, [dict(entity) for entity in entities or []]
    elif parse_mode.lower() == "html":
        plain, found = _parsed_html(source)
    else:
        raise bad_request("unsupported parse_mode")
    plain, found = trimmed(plain, found)
    return plain, with_found(plain, found)


def _parsed_html(source: str) -> Formatted:
    try:
        return parse_html(source)
    except HtmlError as error:
        raise bad_request(f"can't parse entities: {error}") from None
