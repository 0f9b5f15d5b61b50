"""Reads of people and the chats they are reached in."""

from sqlalchemy import Select, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.models import Account, Membership, Person, Role
from services.outbox.outbox import Chat

TELEGRAM = "telegram"


async def account_of(session: AsyncSession, bot_id: int, external_id: int, messenger: str = TELEGRAM) -> Account | None:
    """The account that speaks to this bot under this id, or None for a stranger."""
    return await session.scalar(
        select(Account)
        .where(Account.messenger == messenger, Account.bot_id == bot_id)
        .where(Account.external_id == external_id)
    )


async def is_known(session: AsyncSession, chat: Chat) -> bool:
    """True for a chat that is somebody's account; of others nothing is kept."""
    mine = select(Account.id).where(Account.bot_id == chat.bot_id, Account.chat_id == chat.chat_id).limit(1)
    return await session.scalar(mine) is not None


async def person_of(session: AsyncSession, account: Account) -> Person:
    """The person behind an account."""
    return (await session.scalars(select(Person).where(Person.id == account.person_id))).one()


async def chats_of(session: AsyncSession, person_id: int) -> list[Chat]:
    """The chats in which a person can be reached, oldest account first; those who blocked the bot are left out."""
    accounts = await session.scalars(
        select(Account).where(Account.person_id == person_id, Account.unreachable_since.is_(None)).order_by(Account.id)
    )
    return [Chat(account.bot_id, account.chat_id) for account in accounts]


def coordinators_of(region_id: int, event_id: int) -> Select[Person]:
    """The people who coordinate a region in an event, oldest membership first."""
    return (
        select(Person)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.role == Role.COORDINATOR, Membership.region_id == region_id)
        .where(Membership.revoked_at.is_(None))
        .where(or_(Membership.event_id.is_(None), Membership.event_id == event_id))
        .group_by(Person.id)
        .order_by(Person.id)
    )
