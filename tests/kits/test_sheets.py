"""Two sheets with one number: found, told apart from a rescan, kept, not counted; and what a finish does to it."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from recognition.codes import Verdict
from recognition.report import PageReport
from services.events.models import Participation
from services.events.queries import lock_participation
from services.kits.credit import Credit
from services.kits.models import Kit, Sheet, SheetState
from services.kits.placement import KnownSheet, Lacking, Pair, Placed, Shown, place
from services.kits.queries import kit_counts
from services.kits.scans import Scan
from services.kits.settle_pages import SettlePages
from services.kits.standing import stand
from tests.kits.college import College, kit, page


async def test_a_second_sheet_with_one_number_takes_the_kit_out_of_the_count(college: College) -> None:
    await college.declares(1)
    await college.counts(*kit("1047"))
    assert await college.counts(page("1047", 1), likeness="different") == ["two_sheets"]
    assert await college.kits() == {"1047": ("conflict", None)}
    assert await credits_of(college, 1) == ["two_sheets", "two_sheets"], "both are kept, neither counts"
    assert await college.read("SELECT id FROM kit_page WHERE number = 1") == []


async def test_a_kit_in_conflict_blocks_the_finish_though_others_make_n(college: College) -> None:
    await college.declares(1)
    await college.counts(*kit("1047"))
    await college.counts(page("1047", 1), likeness="different")
    await college.counts(*kit("1048"))
    async with college.database.transaction() as session:
        counts = await kit_counts(session, await session.get_one(Participation, college.participation))
    assert (counts.complete, counts.conflict, counts.all_there) == (1, ("1047",), False)


async def test_what_cannot_be_told_alarms_nobody_and_counts_once(college: College) -> None:
    await college.declares(1)
    await college.counts(*kit("1047"))
    assert await college.counts(page("1047", 1), likeness="undecided") == ["undecided"]
    assert await college.kits() == {"1047": ("complete", 1)}
    assert len(await college.read("SELECT id FROM sheet WHERE number = 1")) == 1


async def test_the_better_scan_of_one_sheet_counts(college: College) -> None:
    await college.declares(1)
    await college.counts(fine(page("1047", 1), dpi=150, verdict=Verdict.WARNING))
    assert await college.counts(fine(page("1047", 1), dpi=300)) == ["counted"]
    assert await credits_of(college, 1) == ["again", "counted"]
    assert await college.counts(fine(page("1047", 1), dpi=300)) == ["again"], "one that is no better changes nothing"


async def test_a_faulty_scan_of_another_sheet_is_a_double_print_too(college: College) -> None:
    await college.declares(1)
    await college.counts(*kit("1047"))
    assert await college.counts(page("1047", 1, verdict=Verdict.REJECTED), likeness="different") == ["two_sheets"]
    assert await college.kits() == {"1047": ("conflict", None)}


async def test_a_faulty_scan_is_followed_by_a_good_one_of_the_same_sheet(college: College) -> None:
    await college.declares(1)
    assert await college.counts(page("1047", 1, verdict=Verdict.REJECTED)) == ["none"]
    assert await college.counts(page("1047", 1), likeness="undecided") == ["counted"], "nobody is stuck"


async def test_two_sheets_within_one_file_meet_each_other(college: College) -> None:
    await college.declares(2)
    given = await college.counts(*kit("1047"), page("1047", 1, index=4), likeness="different")
    assert given == ["two_sheets", "counted", "counted", "counted", "two_sheets"]


async def test_after_the_finish_a_conflict_leaves_it_standing(college: College) -> None:
    await college.declares(1)
    await college.counts(*kit("1047"))
    async with college.database.transaction() as session:
        participation = await lock_participation(session, college.participation)
        participation.state, participation.finished_at = "finished", college.clock.now()
    assert await college.counts(page("1047", 1), likeness="different") == ["two_sheets"]
    assert await college.kits() == {"1047": ("complete", 1)}
    assert await credits_of(college, 1) == ["counted", "two_sheets"]


async def test_a_sheet_set_aside_lets_the_other_count_and_back_again(college: College) -> None:
    await college.declares(1)
    await college.counts(*kit("1047"))
    await college.counts(page("1047", 1), likeness="different")
    await set_aside(college, ordinal=2, state=SheetState.ASIDE)
    assert await college.kits() == {"1047": ("complete", 1)}
    assert await credits_of(college, 1) == ["counted", "aside"]
    await set_aside(college, ordinal=2, state=SheetState.LIVE)
    assert await college.kits() == {"1047": ("conflict", None)}
    assert await credits_of(college, 1) == ["two_sheets", "two_sheets"]


async def test_what_cannot_be_told_joins_the_sheet_that_stays(college: College) -> None:
    await college.declares(1)
    await college.counts(*kit("1047"))
    await college.counts(page("1047", 1), likeness="different")
    await set_aside(college, ordinal=1, state=SheetState.ASIDE)
    assert await college.counts(page("1047", 1), likeness="undecided") == ["undecided"]
    shown = await college.read(
        "SELECT sheet.ordinal FROM page JOIN sheet ON sheet.id = page.sheet_id WHERE page_number = 1 ORDER BY page.id"
    )
    assert [row["ordinal"] for row in shown] == [1, 2, 2]


async def set_aside(college: College, *, ordinal: int, state: SheetState) -> None:
    async with college.database.transaction() as session:
        participation = await lock_participation(session, college.participation)
        sheet = (await session.scalars(select(Sheet).where(Sheet.number == 1, Sheet.ordinal == ordinal))).one()
        sheet.state = state
        await session.flush()
        await SettlePages(session, college.clock)(participation, list(await session.scalars(select(Kit.id))))


async def credits_of(college: College, number: int) -> list[str]:
    rows = await college.read("SELECT credit FROM page WHERE page_number = :n ORDER BY id", n=number)
    return [row["credit"] for row in rows]


def fine(report: PageReport, *, dpi: int, verdict: Verdict = Verdict.OK) -> PageReport:
    return replace(report, dpi=dpi, verdict=verdict)


LIKENESSES = st.sampled_from(["same", "different", "undecided"])


@given(st.lists(LIKENESSES, max_size=5))
def test_a_scan_is_a_new_sheet_only_where_it_differs_from_all(shown: list[str]) -> None:
    sheets = [KnownSheet(at + 1, at + 1) for at in range(len(shown))]
    known: dict[Pair, Shown] = {(at + 1, 99): Shown(what, 0.5) for at, what in enumerate(shown)}
    placed = place(99, sheets, known)
    assert isinstance(placed, Placed)
    assert (placed.sheet is None) == all(what == "different" for what in shown)
    assert placed.sure == ("same" in shown or placed.sheet is None)


@given(st.lists(LIKENESSES, min_size=1, max_size=5), st.data())
def test_nothing_is_decided_before_all_sheets_were_compared(shown: list[str], data: st.DataObject) -> None:
    sheets = [KnownSheet(at + 1, at + 1) for at in range(len(shown))]
    left_out = data.draw(st.integers(1, len(shown)))
    known = {(at + 1, 99): Shown(what) for at, what in enumerate(shown) if at + 1 != left_out}
    assert place(99, sheets, known) == Lacking(((left_out, 99),))


SCANS = st.lists(st.tuples(st.integers(1, 3), st.booleans()), min_size=1, max_size=6)


@given(SCANS, st.sets(st.integers(1, 3)))
def test_at_most_one_scan_counts_and_none_while_sheets_compete(drawn: list[tuple[int, bool]], aside: set[int]) -> None:
    scans = [Scan(at + 1, sheet, counts) for at, (sheet, counts) in enumerate(drawn)]
    standing = stand(scans, aside, set())
    counted = [page_id for page_id, credit in standing.credits.items() if credit == Credit.COUNTED]
    assert counted == ([standing.counting] if standing.counting is not None else [])
    live = {sheet for sheet, _ in drawn} - aside
    assert standing.conflict == (len(live) > 1)
    if standing.conflict:
        assert not counted
    assert all(standing.credits[scan.page_id] == Credit.ASIDE for scan in scans if scan.sheet_id in aside)
