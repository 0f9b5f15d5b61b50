"""The ledger in the database: what counts, what does not, and that the database itself holds the rules."""

import asyncio

import pytest
from sqlalchemy.exc import IntegrityError

from recognition.codes import Verdict
from services.db.database import Database
from services.events.models import Participation
from services.kits.models import Kit, KitPage, KitPlace
from services.kits.queries import kit_counts
from tests.kits.college import START, College, bad_page, kit, open_college, page


async def test_a_kit_is_complete_when_each_required_page_was_seen(college: College) -> None:
    await college.declares(2)
    assert await college.counts(*kit("1047")[:3]) == ["counted"] * 3
    assert await college.kits() == {"1047": ("partial", None)}
    assert await college.counts(page("1047", 4)) == ["counted"]
    assert await college.kits() == {"1047": ("complete", 1)}


async def test_a_page_counts_once_and_both_scans_are_kept(college: College) -> None:
    await college.declares(1)
    assert await college.counts(*kit("1047"), page("1047", 1, index=4)) == ["counted"] * 4 + ["again"]
    assert await college.counts(page("1047", 1)) == ["again"]
    assert len(await college.read("SELECT id FROM page WHERE kit_number = '1047' AND page_number = 1")) == 3
    assert len(await college.read("SELECT id FROM kit_page")) == 4


async def test_rejected_pages_never_count_and_warnings_do(college: College) -> None:
    await college.declares(1)
    rejected = page("1047", 1, verdict=Verdict.REJECTED)
    warned = page("1047", 2, index=1, verdict=Verdict.WARNING)
    assert await college.counts(rejected, warned, bad_page(2)) == ["none", "counted", "none"]
    assert [row["number"] for row in await college.read("SELECT number FROM kit_page")] == [2]


async def test_kit_n_plus_one_is_surplus_and_so_are_its_pages(college: College) -> None:
    await college.declares(1)
    await college.counts(*kit("1047"))
    assert await college.counts(*kit("1048")) == ["surplus"] * 4
    assert await college.counts(page("1049", 1)) == ["surplus"]
    assert await college.kits() == {
        "1047": ("complete", 1),
        "1048": ("surplus", None),
        "1049": ("surplus", None),
    }


async def test_a_begun_kit_becomes_surplus_when_the_last_place_is_taken(college: College) -> None:
    await college.declares(1)
    assert await college.counts(page("1050", 1)) == ["counted"]
    await college.counts(*kit("1047"))
    assert (await college.kits())["1050"] == ("surplus", None)


async def test_before_n_is_declared_whole_kits_wait_and_then_take_their_places(college: College) -> None:
    await college.counts(*kit("1048"))
    college.clock.passes(1)
    await college.counts(*kit("1047"))
    assert await college.kits() == {"1047": ("partial", None), "1048": ("partial", None)}
    async with college.database.transaction() as session:
        counts = await kit_counts(session, await session.get_one(Participation, college.participation))
    assert (counts.declared, counts.complete, counts.whole, counts.lacking) == (None, 0, 2, ())
    await college.declares(1)
    assert await college.kits() == {"1048": ("complete", 1), "1047": ("surplus", None)}, "the first whole kit has it"


async def test_n_may_be_declared_anew_and_places_follow(college: College) -> None:
    await college.declares(1)
    await college.counts(*kit("1047"))
    await college.counts(*kit("1048"))
    await college.declares(3)
    assert await college.kits() == {"1047": ("complete", 1), "1048": ("complete", 2)}
    await college.declares(1)
    assert await college.kits() == {"1047": ("complete", 1), "1048": ("surplus", None)}
    assert len(await college.read("SELECT number FROM kit_place")) == 1


async def test_another_events_page_is_not_counted(college: College) -> None:
    assert await college.counts(page("1047", 1, event="OTHER")) == ["other_event"]
    assert await college.kits() == {}


async def test_a_kit_of_another_college_is_not_counted(college: College) -> None:
    other = await college.neighbour()
    await college.declares(1)
    await other.declares(1)
    await college.counts(page("1047", 1))
    assert await other.counts(*kit("1047")) == ["other_college"] * 4
    assert await other.kits() == {}


@pytest.mark.parametrize(("require", "pages"), [("answer_sheet", [1]), ("answer_sheet+1", [1, 3])])
async def test_what_a_kit_must_have_is_the_events(database: Database, require: str, pages: list[int]) -> None:
    college = await open_college(database, require)
    await college.declares(1)
    for number in pages:
        assert await college.kits() != {"1047": ("complete", 1)}
        await college.counts(page("1047", number))
    assert await college.kits() == {"1047": ("complete", 1)}


async def test_two_colleges_that_claim_the_same_kits_at_once_do_not_block_each_other(college: College) -> None:
    other = await college.neighbour()
    await college.declares(9)
    await other.declares(9)
    numbers = [str(1040 + at) for at in range(9)]
    mine = [page(number, 1, index=at) for at, number in enumerate(numbers)]
    theirs = [page(number, 1, index=at) for at, number in enumerate(reversed(numbers))]
    given = await asyncio.wait_for(asyncio.gather(college.counts(*mine), other.counts(*theirs)), 20)
    assert sorted(given[0] + given[1]) == ["counted"] * 9 + ["other_college"] * 9


async def test_files_counted_at_once_count_each_page_once(college: College) -> None:
    await college.declares(9)
    files = [college.counts(*kit("1047"), *kit("1048")) for _ in range(6)]
    given = [credit for file in await asyncio.gather(*files) for credit in file]
    assert sorted(given) == ["again"] * 40 + ["counted"] * 8


class TestTheDatabaseItself:
    """Each rule has a constraint that refuses what code might get wrong."""

    async def test_a_kit_number_is_unique_in_the_event(self, college: College) -> None:
        other = await college.neighbour()
        await self.refused(college, new_kit(college), new_kit(other))

    async def test_a_place_is_held_once(self, college: College) -> None:
        await college.declares(1)
        first, second = new_kit(college, "1", "complete", 1), new_kit(college, "2", "complete", 1)
        await self.refused(college, first, second)

    async def test_there_is_no_place_beyond_n(self, college: College) -> None:
        await college.declares(1)
        await self.refused(college, new_kit(college, "1", "complete", 2))

    async def test_only_a_complete_kit_has_a_place(self, college: College) -> None:
        await college.declares(1)
        await self.refused(college, new_kit(college, "1", "partial", 1))
        await self.refused(college, new_kit(college, "1", "complete", None))

    async def test_a_state_is_one_of_three(self, college: College) -> None:
        await self.refused(college, new_kit(college, "1", "lost"))

    async def test_a_page_of_a_kit_counts_once(self, college: College) -> None:
        await college.counts(page("1047", 1), page("1047", 1, index=1))
        (counted,) = await college.read("SELECT kit_id, page_id FROM kit_page")
        (other,) = await college.read("SELECT id FROM page WHERE id <> :id", id=counted["page_id"])
        again = KitPage(kit_id=counted["kit_id"], number=1, page_id=other["id"], counted_at=START)
        await self.refused(college, again)

    async def test_a_scan_counts_for_one_page(self, college: College) -> None:
        await college.counts(page("1047", 1))
        (counted,) = await college.read("SELECT kit_id, page_id FROM kit_page")
        await self.refused(college, KitPage(**counted, number=2, counted_at=START))

    async def test_a_page_number_begins_at_one(self, college: College) -> None:
        await college.counts(page("1047", 1), page("1047", 1, index=1))
        (counted,) = await college.read("SELECT kit_id, page_id FROM kit_page")
        (other,) = await college.read("SELECT id FROM page WHERE id <> :id", id=counted["page_id"])
        await self.refused(college, KitPage(kit_id=counted["kit_id"], number=0, page_id=other["id"], counted_at=START))

    async def refused(self, college: College, *rows: Kit | KitPage | KitPlace) -> None:
        with pytest.raises(IntegrityError):
            async with college.database.transaction() as session:
                session.add_all(rows)


def new_kit(college: College, number: str = "1047", state: str = "partial", place: int | None = None) -> Kit:
    return Kit(
        event_id=college.event,
        participation_id=college.participation,
        number=number,
        pages=4,
        state=state,
        place=place,
        first_seen_at=START,
    )
