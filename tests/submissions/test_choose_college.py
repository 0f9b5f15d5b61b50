"""For which college a file is, when a technician works for several."""

import pytest

from services.accounts.models import Account, Role
from services.conversation.awaited import awaited_by
from services.conversation.refusal import Forbidden
from services.submissions.open_upload import OpenUpload, opened_college
from services.submissions.receipt import WhichCollege
from services.submissions.show_faults import ShowFaults
from tests.kits.college import College, bad_page
from tests.submissions.jobs import Room


async def with_two_colleges(room: Room) -> College:
    other = await room.college.neighbour()
    async with room.college.database.transaction() as session:
        session.add(other.role(Role.TECHNICIAN, room.college.technician))
    return other


async def test_who_has_chosen_none_is_asked_and_the_file_is_not_kept(room: Room) -> None:
    await with_two_colleges(room)
    answer = await room.sends(b"x")
    assert isinstance(answer, WhichCollege)
    assert len(answer.colleges) == 2
    assert await room.college.read("SELECT id FROM submission") == []


async def test_an_open_upload_screen_says_for_which_and_so_does_the_last_batch(room: Room) -> None:
    other = await with_two_colleges(room)
    person = await room.college.person()
    async with room.college.database.transaction() as session:
        account = await session.get(Account, 1)
        await OpenUpload(session, room.college.clock)(person, account, other.participation)
        assert opened_college(await awaited_by(session, 1)) == other.participation
    await room.sends(b"x", opened=other.participation)
    await room.sends(b"y")
    rows = await room.college.read("SELECT participation_id FROM submission")
    assert [row["participation_id"] for row in rows] == [other.participation] * 2


async def test_a_college_that_is_not_ones_own_is_never_opened(room: Room) -> None:
    other = await room.college.neighbour()
    person = await room.college.person()
    async with room.college.database.transaction() as session:
        with pytest.raises(Forbidden):
            await OpenUpload(session, room.college.clock)(person, None, other.participation)
    await room.sends(b"x", opened=other.participation)
    rows = await room.college.read("SELECT participation_id FROM submission")
    assert [row["participation_id"] for row in rows] == [room.college.participation]


async def test_the_full_list_of_faults_is_for_the_own_college_only(room: Room) -> None:
    other = await room.college.neighbour()
    await room.college.counts(bad_page(0), bad_page(1))
    mine, theirs = await room.college.person(), await room.college.person(other.technician)
    async with room.college.database.transaction() as session:
        show = ShowFaults(session)
        assert len(await show(mine, room.college.participation, 1)) == 2
        for person, participation, batch in (
            (theirs, room.college.participation, 1),
            (theirs, other.participation, 1),
            (mine, room.college.participation, 99),
        ):
            with pytest.raises(Forbidden):
                await show(person, participation, batch)
