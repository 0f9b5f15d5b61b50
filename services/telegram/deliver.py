"""Sends one message of the outbox and records what became of it."""

import structlog
from aiogram.exceptions import AiogramError

from services.conversation.screen import Screen, from_json
from services.outbox.models import OutboxMessage
from services.outbox.pacer import EDIT_COST, Pacer
from services.outbox.queue import OutboxQueue
from services.telegram.errors import Fate, Refused, refused
from services.telegram.gateway import BotGateway, Known, Shown

log = structlog.get_logger(__name__)

JITTER_S = 0.2
"""On top of what the server asked for: its seconds are whole."""


class Deliver:
    """One message at a time: paced, edited where its slot has a live message, sent anew where that is gone."""

    def __init__(self, queue: OutboxQueue, gateway: BotGateway, pacer: Pacer) -> None:
        self.queue = queue
        self.gateway = gateway
        self.pacer = pacer

    async def __call__(self, row_id: int) -> None:
        message, live, known = await self.queue.read(row_id)
        with structlog.contextvars.bound_contextvars(trace=message.trace, outbox=row_id):
            await self.pacer.turn(message.chat_id, EDIT_COST if is_edit(message, live) else 1.0)
            try:
                shown = await self.send(message, from_json(message.screen), live, known)
            except AiogramError as error:
                await self.record_refusal(message, refused(error), error)
            except Exception:  # the loop's edge: a message that cannot be made must not hold up its chat for ever
                log.exception("outbox.not_made")
                await self.record_refusal(message, Refused(Fate.LATER), None)
            else:
                await self.queue.sent(row_id, shown.message_id, shown.remote_ids)
                log.info("outbox.sent", priority=message.priority, slot=message.slot)

    async def send(self, message: OutboxMessage, screen: Screen, live: int | None, known: Known) -> Shown:
        if live is not None and is_edit(message, live):
            edited = await self.edit(message, screen, live)
            if edited is not None:
                return edited
        shown = await self.show(message, screen, known)
        if live is not None and live != shown.message_id:
            await self.retire(message, live)
        return shown

    async def edit(self, message: OutboxMessage, screen: Screen, live: int) -> Shown | None:
        """Edits the live message; None where that cannot be and the screen must be sent as a new one."""
        try:
            await self.gateway.edit(message.bot_id, message.chat_id, live, screen)
        except AiogramError as error:
            match refused(error).fate:
                case Fate.NOT_MODIFIED:
                    return Shown(live)
                case Fate.MESSAGE_GONE | Fate.BAD_MARKUP | Fate.TOO_LONG:
                    return None
                case _:
                    raise
        return Shown(live)

    async def show(self, message: OutboxMessage, screen: Screen, known: Known) -> Shown:
        try:
            return await self.gateway.show(message.bot_id, message.chat_id, screen, known)
        except AiogramError as error:
            match refused(error).fate:
                case Fate.BAD_MARKUP | Fate.TOO_LONG:
                    log.warning("outbox.markup_refused")
                    return await self.gateway.show_plainly(message.bot_id, message.chat_id, screen, known)
                case Fate.FILE_GONE if known:
                    return await self.gateway.show(message.bot_id, message.chat_id, screen, {})
                case _:
                    raise

    async def retire(self, message: OutboxMessage, live: int) -> None:
        """The old card loses its buttons, best effort: an old button still shows the right screen."""
        try:
            await self.gateway.strip_buttons(message.bot_id, message.chat_id, live)
        except AiogramError as error:
            log.debug("outbox.old_card_kept", fate=refused(error).fate)

    async def record_refusal(self, message: OutboxMessage, answer: Refused, error: AiogramError | None) -> None:
        match answer.fate:
            case Fate.SLOW_DOWN:
                await self.queue.later(message.id, answer.fate, answer.wait_s + JITTER_S)
            case Fate.LATER | Fate.NO_ANSWER | Fate.CONFLICT | Fate.UNAUTHORIZED:
                await self.queue.later(message.id, answer.fate)
            case Fate.UNREACHABLE:
                await self.queue.unreachable(message.id, answer.fate)
            case _:
                log.error("outbox.refused", fate=answer.fate, kind=type(error).__name__)
                await self.queue.failed(message.id, answer.fate)
        log.info("outbox.not_sent", fate=answer.fate)


def is_edit(message: OutboxMessage, live: int | None) -> bool:
    """True where words and buttons take the place of a live message."""
    has_files = message.screen["pictures"] or message.screen["documents"]
    return live is not None and not message.fresh and not has_files
