"""Structured logs that carry ids and never a token, a name, a phone or a message's text."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

from bot.settings import LogSettings

TOKEN = re.compile(r"(?:bot)?\d{3,20}:[A-Za-z0-9_-]{30,64}")
LOGIN = re.compile(r"(?<=://)[^\s/?#@]*:[^\s/?#]*@")
LINK = re.compile(r"(?<=/upload/)[A-Za-z0-9_-]{60,}")
HIDDEN = "***"
QUIET = ("aiogram", "aiohttp.access", "asyncio", "sqlalchemy", "alembic", "dbos", "PIL")


def without_secrets(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Takes tokens, passwords in addresses and links that open something out of all that is written, also out of the
    traces of exceptions.
    """
    return {key: redacted(value) for key, value in event.items()}


def redacted(value: Any) -> Any:
    if isinstance(value, str):
        return LINK.sub(HIDDEN, LOGIN.sub(f"{HIDDEN}@", TOKEN.sub(HIDDEN, value)))
    if isinstance(value, dict):
        return {key: redacted(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [redacted(inner) for inner in value]
    return value


def set_up_logs(settings: LogSettings) -> None:
    """Sends our events and the libraries' warnings to standard error, one line each.

    Tracebacks are written as text without local variables: those hold what people wrote.
    """
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        without_secrets,
    ]
    renderer: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if settings.format == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, without_secrets, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(settings.level)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
