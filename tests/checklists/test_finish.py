"""The finish: at N of N only, once, and told once, on both databases."""

import asyncio
from datetime import timedelta

import pytest

from services.checklists.finish import Finished, NotYet
from tests.checklists.desk import Desk
from tests.kits.college import College


@pytest.fixture
async def desk(college: College) -> Desk:
    desk = Desk(college)
    await desk.declares("2")
    await desk.scans("1000001")
    return desk


async def test_one_kit_short_is_refused_by_the_use_case(desk: Desk):
    assert isinstance(await desk.finishes(), NotYet)
    assert (await desk.walk()).finished_at is None
    assert await desk.rows("outbox") == []


async def test_nothing_declared_is_refused(college: College):
    desk = Desk(college)
    await desk.scans("1000001")
    assert isinstance(await desk.finishes(), NotYet)


async def test_finished_at_n_of_n_whatever_was_left_unmarked(desk: Desk):
    await desk.college.coordinator()
    await desk.scans("1000002")
    result = await desk.finishes()
    assert isinstance(result, Finished)
    assert result.just_now
    [row] = await desk.rows("participation")
    assert (row["state"], row["finishes"], row["finished_by"]) == ("finished", 1, desk.college.technician)
    assert len(await desk.rows("notice")) == 1


async def test_pressed_twice_finishes_and_tells_once(desk: Desk):
    await desk.college.coordinator()
    await desk.scans("1000002")
    results = await asyncio.gather(*(desk.finishes() for _ in range(4)))
    assert sorted(result.just_now for result in results if isinstance(result, Finished)) == [False, False, False, True]
    [row] = await desk.rows("participation")
    assert row["finishes"] == 1
    assert len(await desk.rows("notice")) == 1
    assert len([row for row in await desk.rows("audit") if row["action"] == "finished"]) == 1


async def test_a_surplus_kit_does_not_stand_in_the_way(desk: Desk):
    await desk.scans("1000002", "1000003")
    assert isinstance(await desk.finishes(), Finished)


async def test_after_the_window_it_is_refused_and_kept(desk: Desk):
    await desk.scans("1000002")
    desk.college.clock.passes(timedelta(days=3).total_seconds())
    assert isinstance(await desk.finishes(), NotYet)
    assert (await desk.walk()).counts.complete == 2


async def test_marks_are_fixed_after_the_finish(desk: Desk):
    await desk.marks("sign_in")
    await desk.scans("1000002")
    await desk.finishes()
    await desk.undoes("sign_in")
    await desk.marks("download")
    assert (await desk.walk()).marked - {"participants"} == {"sign_in"}


async def test_told_by_oneself_only_after_the_finish_and_only_where_nobody_was_reached(desk: Desk):
    await desk.reports()
    assert not (await desk.walk()).reported_self
    await desk.scans("1000002")
    await desk.finishes()
    assert not (await desk.walk()).coordinator_knows
    await desk.reports()
    await desk.reports()
    walk = await desk.walk()
    assert walk.coordinator_knows
    assert walk.current is None
    assert len([row for row in await desk.rows("audit") if row["action"] == "notice.reported_self"]) == 1
