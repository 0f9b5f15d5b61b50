"""Inline keyboards: the checks that the official server makes on each button."""

from typing import Any

from pydantic import ValidationError

from sandbox.api.addresses import split_address
from sandbox.api.errors import bad_request

MAX_DATA_BYTES = 64
MAX_BUTTONS = 100
STYLES = {None, "primary", "success", "danger"}
ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)


def inline_keyboard(markup: dict[str, Any] | None) -> dict[str, Any] | None:
    """The inline keyboard of a request; other kinds of markup show nothing on a message. Raises ApiError 400."""
    if not markup or "inline_keyboard" not in markup:
        return None
    from aiogram.types import InlineKeyboardMarkup  # noqa: PLC0415 (seconds of import: the page is to be there at once)

    try:
        InlineKeyboardMarkup.model_validate(markup)
    except ValidationError:
        raise bad_request("can't parse inline keyboard button: wrong JSON") from None
    rows = [[_checked(button) for button in row] for row in markup["inline_keyboard"] if row]
    if sum(map(len, rows)) > MAX_BUTTONS:
        raise bad_request("reply markup is too long")
    return {"inline_keyboard": rows} if rows else None


def _checked(button: dict[str, Any]) -> dict[str, Any]:
    if not button["text"].strip():
        raise bad_request('can\'t parse inline keyboard button: Field "text" must be non-empty')
    if not any(button.get(action) is not None for action in ACTIONS):
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    data = button.get("callback_data")
    if data is not None and not 1 <= len(data.encode()) <= MAX_DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    if button.get("style") not in STYLES:
        raise bad_request("can't parse inline keyboard button: invalid button style specified")
    if button.get("url") is not None:
        _check_url(button["url"])
    if button.get("web_app") is not None:
        _check_app(button["web_app"]["url"])
    return {name: value for name, value in button.items() if value is not None}


def _check_app(url: str) -> None:
    if split_address(url).scheme != "https":
        raise bad_request(f"inline keyboard button Web App URL '{url}' is invalid: Only HTTPS links are allowed")


def _check_url(url: str) -> None:
    parts = split_address(url)
    if parts.scheme not in {"http", "https", "tg", "ton"}:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Unsupported URL protocol")
    if not parts.netloc:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: URL host is empty")
