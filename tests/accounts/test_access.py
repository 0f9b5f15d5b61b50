"""Who may do what, from the database each time."""

import pytest

from services.accounts.access import Access, Deed
from services.accounts.models import Membership, Person, Role
from services.conversation.refusal import Forbidden
from services.events.models import Participation
from services.organisations.models import Region
from tests.kits.college import College

EVERYTHING = set(Deed)


async def may(college: College, person_id: int, participation: int | None = None) -> set[Deed]:
    async with college.database.transaction() as session:
        person = await session.get_one(Person, person_id)
        at = await session.get_one(Participation, participation or college.participation)
        return {deed for deed in Deed if await Access(session).may(person, deed, at)}


async def somebody(college: College, role: Role, **scope: int) -> int:
    async with college.database.transaction() as session:
        person = Person(name="", created_at=college.clock.now())
        session.add(person)
        await session.flush()
        session.add(Membership(person_id=person.id, role=role, created_at=college.clock.now(), **scope))
        return person.id


async def test_technicians_do_the_work_of_their_own_college(college: College):
    other = await college.neighbour()
    assert await may(college, college.technician) == {Deed.SEE, Deed.WORK, Deed.FINISH}
    assert await may(college, college.technician, other.participation) == set()


async def test_coordinators_watch_their_region_and_do_no_work(college: College):
    assert await may(college, await college.coordinator()) == {Deed.SEE, Deed.WATCH, Deed.DECIDE}
    async with college.database.transaction() as session:
        session.add(Region(id=99, code="99", name="Другая", time_zone="Europe/Moscow"))
    assert await may(college, await somebody(college, Role.COORDINATOR, region_id=99)) == set()


async def test_administrators_do_everything_and_support_nothing_yet(college: College):
    assert await may(college, await somebody(college, Role.ADMINISTRATOR)) == EVERYTHING
    assert await may(college, await somebody(college, Role.SUPPORT)) == set()


async def test_a_role_for_one_event_says_nothing_of_another(college: College):
    scope = {"organisation_id": college.organisation, "event_id": college.event}
    person_id = await somebody(college, Role.TECHNICIAN, **scope)
    assert await may(college, person_id) == {Deed.SEE, Deed.WORK, Deed.FINISH}
    async with college.database.transaction() as session:
        person = await session.get_one(Person, person_id)
        elsewhere = Participation(event_id=college.event + 1, organisation_id=college.organisation, variant=2)
        assert not await Access(session).may(person, Deed.SEE, elsewhere)


async def test_revoked_is_gone_at_once(college: College):
    person = await college.coordinator()
    async with college.database.transaction() as session:
        for role in await Access(session).roles(await session.get_one(Person, person)):
            role.revoked_at = college.clock.now()
    assert await may(college, person) == set()


async def test_nobody_may_nothing(college: College):
    async with college.database.transaction() as session:
        at = await session.get_one(Participation, college.participation)
        with pytest.raises(Forbidden):
            await Access(session).require(None, Deed.SEE, at)
        with pytest.raises(Forbidden):
            await Access(session).require_region(None, college.region)
        assert await Access(session).watched_regions(None) == []
