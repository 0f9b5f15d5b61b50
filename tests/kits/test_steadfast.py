"""The ledger after what rarely happens: names taken back, surplus kits that change hands, two doings at one moment."""

import asyncio

from services.events.queries import lock_participation
from services.outbox.outbox import Outbox
from services.tickets.open_ticket import OpenTicket
from tests.kits.college import College, bad_page, kit, page
from tests.reviews.desk import Desk, conflicts, keep, reviews
from tests.reviews.test_pages import last_review, names, yes


async def named_in_conflict(college: College) -> tuple[Desk, int, int]:
    """A page that was named, and another sheet with that number; the questions of the name and of the conflict."""
    await college.declares(1)
    desk = Desk(college, await college.coordinator())
    await college.counts(bad_page(0))
    await names(college, (await college.read("SELECT id FROM page"))[0]["id"], "1047 1")
    named = await last_review(college)
    await desk.decides(yes(named))
    assert await college.counts(page("1047", 1), likeness="different") == ["two_sheets"]
    return desk, named, await conflicts(college)


async def told_of_sheets(college: College) -> int:
    return len(await college.read("SELECT id FROM notice WHERE kind = 'two_sheets'"))


async def test_a_name_taken_back_takes_the_question_of_two_sheets_with_it(college: College) -> None:
    desk, named, asked = await named_in_conflict(college)
    await desk.decides(keep(asked, 1))
    await desk.takes_back(named)
    assert await reviews(college) == [("identify_page", None)], "one sheet is left, so nothing is to be decided"
    assert [(row["ordinal"], row["state"]) for row in await college.read("SELECT * FROM sheet")] == [(2, "live")]
    assert len(await college.read("SELECT id FROM kit_page")) == 1, "and it counts again"
    said = await college.read("SELECT text FROM ticket_message ORDER BY id DESC LIMIT 1")
    assert "решать нечего" in said[0]["text"]


async def test_a_conflict_after_a_name_taken_back_is_one_of_its_own(college: College) -> None:
    desk, named, _ = await named_in_conflict(college)
    told = await told_of_sheets(college)
    await desk.takes_back(named)
    assert await college.counts(page("1047", 1), likeness="different") == ["two_sheets"]
    await conflicts(college)
    assert await told_of_sheets(college) == told + 1, "whatever numbers its rows have got, it is told"
    assert len(await college.read("SELECT id FROM ticket WHERE reason = 'double_print'")) == 2


async def test_a_kit_that_gets_the_place_of_another_takes_its_pages_along(college: College) -> None:
    await college.declares(1)
    await college.counts(*kit("1047"))
    college.clock.passes(1)
    assert await college.counts(*kit("1048")) == ["surplus"] * 4
    await college.counts(page("1047", 1), likeness="different")
    assert await college.kits() == {"1047": ("conflict", None), "1048": ("complete", 1)}
    assert await credits_of(college, "1048") == ["counted"]


async def test_a_begun_kit_that_becomes_surplus_takes_its_pages_along(college: College) -> None:
    await college.declares(1)
    await college.counts(page("1048", 1))
    await college.counts(*kit("1047"))
    assert await credits_of(college, "1048") == ["surplus"]
    await college.declares(2)
    assert await credits_of(college, "1048") == ["counted"]


async def credits_of(college: College, number: str) -> list[str]:
    rows = await college.read("SELECT DISTINCT credit FROM page WHERE kit_number = :n ORDER BY credit", n=number)
    return [row["credit"] for row in rows]


async def test_a_kit_that_comes_back_from_a_conflict_has_its_place_again(college: College) -> None:
    await college.declares(1)
    desk = Desk(college, await college.coordinator())
    await college.counts(*kit("1047"))
    college.clock.passes(1)
    await college.counts(*kit("1048"))
    before = await college.kits()
    await college.counts(page("1047", 1), likeness="different")
    await desk.decides(keep(await conflicts(college), 1))
    assert await college.kits() == before == {"1047": ("complete", 1), "1048": ("surplus", None)}


async def test_an_alarm_and_a_question_to_support_at_one_moment_do_not_block_each_other(college: College) -> None:
    """Each holds what the other refers to."""

    async def ticket(reason: str) -> None:
        async with college.database.transaction() as session:
            opens = OpenTicket(session, college.clock, Outbox(session, college.clock))
            if reason == "double_print":
                await lock_participation(session, college.participation)
            else:
                await opens.one_at_a_time(college.technician)
            await asyncio.sleep(0.2)
            await opens(college.technician, reason, participation_id=college.participation, subject={})

    await asyncio.wait_for(asyncio.gather(ticket("double_print"), ticket("question")), 20)
    assert len(await college.read("SELECT id FROM ticket")) == 2
