"""Lets a person in by an invite link."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.caller import Caller, clean_name, known_language
from services.accounts.models import Account, Invite, Membership, Person
from services.accounts.queries import account_of, person_of
from services.accounts.token import hash_of, looks_like_token
from services.audit.record import record
from services.db.clock import Clock
from services.db.insert import insert_once
from services.events.models import Event, Participation


class NotLetIn(StrEnum):
    """Why a link does not work. Each has its own text; none says more than the person already knows."""

    UNKNOWN = "unknown"
    EXPIRED = "expired"
    USED = "used"


@dataclass(frozen=True, slots=True)
class LetIn:
    """A person with a new role; `again` where they had come in by this link before.

    `participation` is the college they came for, 0 for roles without one.
    """

    person: Person
    participation: int
    again: bool = False


class RedeemInvite:
    """Turns a link into a role, once.

    Of two people who press the same link at the same moment the row's lock lets one in; the other finds it used. One's
    own link pressed again just leads home. Nothing is kept of a person who is not let in.
    """

    def __init__(self, session: AsyncSession, clock: Clock) -> None:
        self.session = session
        self.clock = clock

    async def __call__(self, caller: Caller, token: str) -> LetIn | NotLetIn:
        invite = await self.invite(token)
        account = await account_of(self.session, caller.bot_id, caller.external_id, caller.messenger)
        if invite is None:
            return NotLetIn.UNKNOWN
        if why := self.refusal(invite, account):
            return why
        person = await person_of(self.session, account) if account else await self.welcome(caller)
        if invite.used_by is not None:
            return LetIn(person, await self.college(invite), again=True)
        invite.used_at, invite.used_by = self.clock.now(), person.id
        await self.give_role(person, invite)
        record(self.session, self.clock, "invite.redeemed", person=person, invite=invite.id, role=invite.role)
        await self.session.flush()
        return LetIn(person, await self.college(invite))

    async def invite(self, token: str) -> Invite | None:
        """The invite behind a token, locked: whoever comes second waits and finds it used."""
        if not looks_like_token(token):
            return None
        return await self.session.scalar(
            select(Invite)
            .where(Invite.token_hash == hash_of(token))
            .with_for_update()
            .execution_options(populate_existing=True)
        )

    async def why_not(self, caller: Caller, token: str) -> NotLetIn | None:
        """Why the link would not let this person in now; None where it would. Changes nothing."""
        invite = await self.invite(token)
        if invite is None:
            return NotLetIn.UNKNOWN
        return self.refusal(invite, await account_of(self.session, caller.bot_id, caller.external_id, caller.messenger))

    def refusal(self, invite: Invite, account: Account | None) -> NotLetIn | None:
        if invite.used_by is not None:
            own = account is not None and account.person_id == invite.used_by
            return None if own else NotLetIn.USED
        return NotLetIn.EXPIRED if invite.expires_at <= self.clock.now() else None

    async def welcome(self, caller: Caller) -> Person:
        person = Person(
            name=clean_name(caller.name), language=known_language(caller.language), created_at=self.clock.now()
        )
        self.session.add(person)
        await self.session.flush()
        await insert_once(
            self.session,
            Account,
            person_id=person.id,
            messenger=caller.messenger,
            bot_id=caller.bot_id,
            external_id=caller.external_id,
            chat_id=caller.chat_id,
        )
        return person

    async def give_role(self, person: Person, invite: Invite) -> None:
        """A role held already is not held twice; one that was taken away is given back."""
        held = await self.session.scalar(
            select(Membership)
            .where(Membership.person_id == person.id, Membership.role == invite.role)
            .where(Membership.region_id.is_not_distinct_from(invite.region_id))
            .where(Membership.organisation_id.is_not_distinct_from(invite.organisation_id))
            .where(Membership.event_id.is_not_distinct_from(invite.event_id))
        )
        if held is not None:
            held.revoked_at = None
            return
        self.session.add(
            Membership(
                person_id=person.id,
                role=invite.role,
                region_id=invite.region_id,
                organisation_id=invite.organisation_id,
                event_id=invite.event_id,
                created_at=self.clock.now(),
            )
        )

    async def college(self, invite: Invite) -> int:
        """The part in an event that the link was made for; without an event, the college's latest one."""
        latest = (
            select(Participation.id)
            .join(Event, Event.id == Participation.event_id)
            .where(Participation.organisation_id == invite.organisation_id)
            .order_by(Event.closes_at.desc(), Participation.id.desc())
            .limit(1)
        )
        if invite.event_id is not None:
            latest = latest.where(Participation.event_id == invite.event_id)
        return await self.session.scalar(latest) or 0
