"""Hands out the way to the upload page."""

from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.models import Person
from services.conversation.screen import Link, Screen
from services.db.clock import Clock
from services.events.queries import participation_view
from services.outbox.outbox import Chat
from services.texts import Texts
from services.uploads.limits import LINK_FOR
from services.uploads.link import UploadLinks


class OfferLink:
    """Buttons to one college's upload page for one person: in the browser, and inside the messenger where it can.

    No button where no public address is set. Whoever presses it is asked for their rights then.
    """

    def __init__(self, session: AsyncSession, clock: Clock, links: UploadLinks) -> None:
        self.session = session
        self.clock = clock
        self.links = links

    async def __call__(
        self, texts: Texts, person: Person | None, chat: Chat, participation_id: int | None
    ) -> tuple[Link, ...]:
        if participation_id is None:
            return ()
        address = await self.address(person, chat, participation_id)
        if address is None:
            return ()
        app = self.links.app(participation_id)
        inside = (Link(texts("web.button.app"), app, app=True),) if app else ()
        return (Link(texts("web.button.link"), address), *inside)

    async def address(self, person: Person | None, chat: Chat, participation_id: int) -> str | None:
        if person is None or not self.links.base:
            return None
        event = (await participation_view(self.session, participation_id)).event
        expires = min(event.closes_at, self.clock.now() + LINK_FOR)
        return self.links.link(person.id, participation_id, chat.bot_id, chat.chat_id, expires)


def with_links(screen: Screen, links: tuple[Link, ...], words: str) -> Screen:
    """The screen with these buttons first and a sentence about them; as it was where there are none."""
    return replace(screen, text=f"{screen.text}\n\n{words}", rows=(links, *screen.rows)) if links else screen
