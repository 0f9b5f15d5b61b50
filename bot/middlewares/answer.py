"""Puts what a handler returned into the outbox."""

from dataclasses import replace
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.middlewares.who import Who
from services.accounts.queries import is_known
from services.conversation.refusal import Refusal
from services.conversation.reply import Reply
from services.conversation.screen import Action, Screen
from services.inbox.hold import forget_chat
from services.outbox.models import SlotMessage
from services.outbox.outbox import CARD, Outbox
from services.texts import Texts


async def say_answer(outbox: Outbox, session: AsyncSession, who: Who, result: Any, data: dict[str, Any]) -> None:
    """Queues the messages and the card of an answer, each once per update."""
    reply = as_reply(result)
    if who.account is None and not await is_known(session, who.chat):
        await answer_stranger(outbox, who, reply, data)
        return
    if "said" in data:
        data["said"].toast = reply.toast or (reply.card.toast if reply.card else "")
    for number, message in enumerate(reply.messages):
        await outbox.say(who.chat, message, key=f"update-{data['inbox_id']}-{number}")
    if reply.card is not None:
        fresh = bool(reply.messages) or not await is_live_card(session, who)
        await outbox.say(who.chat, reply.card, key=f"update-{data['inbox_id']}-card", slot=CARD, fresh=fresh)


async def answer_stranger(outbox: Outbox, who: Who, reply: Reply, data: dict[str, Any]) -> None:
    """Nothing of the answer is kept, and so no place of a card."""
    messages = (*reply.messages, *([reply.card] if reply.card else []))
    for number, message in enumerate(messages):
        await outbox.say(who.chat, message, key=f"update-{data['inbox_id']}-{number}", passing=True)
    await forget_chat(session=outbox.session, row_id=data["inbox_id"])


def as_reply(result: Any) -> Reply:
    if isinstance(result, Screen):
        return Reply(card=result)
    return result if isinstance(result, Reply) else Reply()


async def is_live_card(session: AsyncSession, who: Who) -> bool:
    """True where the pressed button is on the live card; only then is the card edited in its place."""
    if who.pressed is None:
        return False
    card = await session.get(SlotMessage, (who.chat.bot_id, who.chat.chat_id, CARD))
    return card is not None and card.message_id == who.pressed


def refusal_screen(refusal: Refusal, texts: Texts) -> Screen:
    """A refusal as a screen: what is the matter, what to do, a way on."""
    way_out = refusal.way_out or Action("button.home", "home")
    way_out = replace(way_out, text=texts(way_out.text))
    return Screen(texts.html(refusal.key, **refusal.values), rows=((way_out,),))
