"""One taxonomy of what the Bot API answers when it does not do as asked.

The texts are those of the official server's source; matching them anywhere else is forbidden.
"""

from dataclasses import dataclass
from enum import StrEnum

from aiogram.exceptions import (
    AiogramError,
    ClientDecodeError,
    TelegramAPIError,
    TelegramConflictError,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)


class Fate(StrEnum):
    """What to do about a refused call."""

    SLOW_DOWN = "slow_down"
    LATER = "later"
    NO_ANSWER = "no_answer"
    UNREACHABLE = "unreachable"
    NOT_MODIFIED = "not_modified"
    MESSAGE_GONE = "message_gone"
    BAD_MARKUP = "bad_markup"
    TOO_LONG = "too_long"
    TOO_BIG = "too_big"
    FILE_GONE = "file_gone"
    STALE_PRESS = "stale_press"
    CONFLICT = "conflict"
    UNAUTHORIZED = "unauthorized"
    MIGRATED = "migrated"
    BUG = "bug"


@dataclass(frozen=True, slots=True)
class Refused:
    """A refused call: its fate, how long to wait in seconds, and a short code fit for a log."""

    fate: Fate
    wait_s: float = 0.0
    new_chat_id: int = 0


TEXTS = (
    ("message is not modified", Fate.NOT_MODIFIED),
    ("message to edit not found", Fate.MESSAGE_GONE),
    ("message to delete not found", Fate.MESSAGE_GONE),
    ("message can't be edited", Fate.MESSAGE_GONE),
    ("message can't be deleted", Fate.MESSAGE_GONE),
    ("there is no text in the message to edit", Fate.MESSAGE_GONE),
    ("message_id_invalid", Fate.MESSAGE_GONE),
    ("can't parse entities", Fate.BAD_MARKUP),
    ("message is too long", Fate.TOO_LONG),
    ("message caption is too long", Fate.TOO_LONG),
    ("message_too_long", Fate.TOO_LONG),
    ("media_caption_too_long", Fate.TOO_LONG),
    ("file is too big", Fate.TOO_BIG),
    ("wrong file identifier", Fate.FILE_GONE),
    ("wrong remote file", Fate.FILE_GONE),
    ("wrong file_id", Fate.FILE_GONE),
    ("file is temporarily unavailable", Fate.LATER),
    ("invalid file_id", Fate.FILE_GONE),
    ("query is too old", Fate.STALE_PRESS),
    ("chat not found", Fate.UNREACHABLE),
    ("user is deactivated", Fate.UNREACHABLE),
    ("peer_id_invalid", Fate.UNREACHABLE),
    ("user_is_blocked", Fate.UNREACHABLE),
    ("bot was blocked", Fate.UNREACHABLE),
    ("bot was kicked", Fate.UNREACHABLE),
)


KINDS: tuple[tuple[type[AiogramError], Fate], ...] = (
    (TelegramForbiddenError, Fate.UNREACHABLE),
    (TelegramUnauthorizedError, Fate.UNAUTHORIZED),
    (TelegramConflictError, Fate.CONFLICT),
    (TelegramEntityTooLarge, Fate.TOO_BIG),
    (TelegramNetworkError, Fate.NO_ANSWER),
    (TelegramServerError, Fate.LATER),
    (ClientDecodeError, Fate.NO_ANSWER),
)
"""Told apart by their class; the more special ones come first. A proxy's page instead of JSON is a ClientDecodeError
and no TelegramAPIError. Without an answer nobody knows whether the call was carried out."""


def refused(error: AiogramError) -> Refused:
    """Sorts an error of the Bot API client; what it does not know is a bug of ours."""
    if isinstance(error, TelegramRetryAfter):
        return Refused(Fate.SLOW_DOWN, wait_s=float(error.retry_after))
    if isinstance(error, TelegramMigrateToChat):
        return Refused(Fate.MIGRATED, new_chat_id=error.migrate_to_chat_id)
    for kind, fate in KINDS:
        if isinstance(error, kind):
            return Refused(fate)
    return Refused(by_text(error.message) if isinstance(error, TelegramAPIError) else Fate.NO_ANSWER)


def by_text(message: str | None) -> Fate:
    lowered = (message or "").lower()
    return next((fate for text, fate in TEXTS if text in lowered), Fate.BUG)
