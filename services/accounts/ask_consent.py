"""Asks somebody known for consent before what they have just done is handled."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.consent import SLOT
from services.accounts.consent_screens import ask_again
from services.inbox.hold import hold
from services.outbox.outbox import Chat, Outbox
from services.texts import Texts


class AskConsent:
    """The update is put aside until the consent; the question stands below it, once, however much is sent."""

    def __init__(self, session: AsyncSession, outbox: Outbox) -> None:
        self.session = session
        self.outbox = outbox

    async def __call__(self, row_id: int, raw: dict[str, Any], chat: Chat, texts: Texts) -> None:
        await hold(self.session, row_id, chat.chat_id, raw)
        await self.outbox.say(chat, ask_again(texts), slot=SLOT, fresh=True)
