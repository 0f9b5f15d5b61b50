"""Decisions in the ledger: what counts after them, who may make them, and that taking them back leaves no trace."""

import asyncio

import pytest
from sqlalchemy import delete, update

from services.accounts.models import Person
from services.conversation.refusal import Forbidden, Refusal
from services.kits.models import Comparison
from services.outbox.outbox import Outbox
from services.reviews.decide import Decide
from services.reviews.decide_alike import DecideAlike
from services.reviews.draft import Draft, Subject
from services.reviews.models import Choice
from services.reviews.screens.alarm import alarm_to_support
from services.reviews.screens.question import card
from services.reviews.show_review import ShowReview
from services.texts import load_texts
from tests.kits.college import College, kit, page
from tests.reviews.desk import Desk, conflicts, finishes, keep, kit_id, neither, reviews

RUSSIAN = load_texts("ru")


async def two_sheets(college: College) -> tuple[Desk, int]:
    """One kit of N = 1, whole, and another sheet of its first page."""
    await college.declares(1)
    desk = Desk(college, await college.coordinator())
    await college.counts(*kit("1047"))
    await college.counts(page("1047", 1), likeness="different")
    return desk, await conflicts(college)


async def finished(college: College) -> tuple[str, object, int]:
    sql = "SELECT state, finished_at, finishes FROM participation WHERE id = :id"
    row = (await college.read(sql, id=college.participation))[0]
    return row["state"], row["finished_at"], row["finishes"]


async def credited(college: College) -> list[str]:
    return [row["credit"] for row in await college.read("SELECT credit FROM page ORDER BY id")]


async def test_the_sheet_that_stays_counts_and_taking_it_back_leaves_no_trace(college: College) -> None:
    desk, review = await two_sheets(college)
    before = await credited(college)
    assert await college.kits() == {"1047": ("conflict", None)}
    await desk.decides(keep(review, 2))
    assert await college.kits() == {"1047": ("complete", 1)}
    assert await credited(college) == ["aside", "counted", "counted", "counted", "counted"]
    shown = await desk.takes_back(review)
    assert shown is not None
    assert (await college.kits(), await credited(college)) == ({"1047": ("conflict", None)}, before)
    assert await reviews(college) == [("two_sheets", None)]
    assert await desk.takes_back(review) is not None, "a second press changes nothing"
    await desk.decides(neither(review))
    assert await college.kits() == {"1047": ("partial", None)}
    assert await credited(college) == ["aside", "counted", "counted", "counted", "aside"]


async def test_of_two_coordinators_at_once_the_second_sees_it_decided(college: College) -> None:
    desk, review = await two_sheets(college)
    other = Desk(college, await college.coordinator("Второй координатор"))
    results = await asyncio.gather(desk.decides(keep(review, 1)), other.decides(keep(review, 2)))
    assert sorted(result.just_now for result in results) == [False, True]
    first = next(result for result in results if result.just_now)
    second = next(result for result in results if not result.just_now)
    assert second.shown.review.keep == first.shown.review.keep
    decided = await college.read("SELECT id FROM audit WHERE action = 'review.two_sheets.decided'")
    assert len(decided) == 1


async def test_a_third_sheet_is_never_decided_unawares(college: College) -> None:
    desk, review = await two_sheets(college)
    await college.counts(page("1047", 1), likeness="different")
    result = await desk.decides(Draft(Subject.REVIEW, review, Choice.KEEP, 1, "0"), look=False)
    assert not result.just_now
    assert [sheet.ordinal for sheet in result.shown.view.sheets] == [1, 2, 3]
    await desk.decides(keep(review, 1))
    await college.counts(page("1047", 1), likeness="different")
    assert await conflicts(college) == review, "a fourth sheet opens the same question again"
    assert await reviews(college) == [("two_sheets", None)]
    assert await college.kits() == {"1047": ("conflict", None)}


async def test_a_technician_decides_nothing_but_their_own_surplus_kit(college: College) -> None:
    desk, review = await two_sheets(college)
    technician = Desk(college, college.technician)
    with pytest.raises(Forbidden):
        await technician.decides(keep(review, 1))
    for draft in (
        Draft(Subject.KIT, await kit_id(college, "1047")),
        Draft(Subject.NUMBER, 3),
        Draft(Subject.REOPEN),
    ):
        with pytest.raises(Forbidden):
            await technician.decides(draft)
    await desk.decides(keep(review, 1))
    await college.counts(*kit("1048"))
    surplus = Draft(Subject.KIT, await kit_id(college, "1048"))
    await technician.decides(surplus)
    assert (await college.kits())["1048"] == ("aside", None)
    aside = (await college.read("SELECT id FROM review WHERE kind = 'kit_aside'"))[0]["id"]
    assert await technician.takes_back(aside) is None
    assert (await college.kits())["1048"] == ("surplus", None)


async def test_forged_ids_are_forbidden(college: College) -> None:
    desk, review = await two_sheets(college)
    other = await college.neighbour()
    await other.counts(*kit("2001"))
    stranger = Desk(college, other.technician)
    for who, draft in (
        (stranger, keep(review, 1)),
        (desk, keep(review + 99, 1)),
        (desk, keep(review, 7)),
        (desk, Draft(Subject.REVIEW, review, Choice.YES)),
        (desk, Draft(Subject.KIT, await kit_id(college, "2001"))),
        (desk, Draft(Subject.NUMBER, 2001)),
    ):
        with pytest.raises(Forbidden):
            await who.decides(draft)
    assert await reviews(college) == [("two_sheets", None)]


async def test_a_kit_set_aside_gives_its_place_to_the_first_whole_surplus_kit(college: College) -> None:
    await college.declares(1)
    desk = Desk(college, await college.coordinator())
    for number in ("1047", "1048", "1049"):
        await college.counts(*kit(number))
        college.clock.passes(1)
    await desk.decides(Draft(Subject.KIT, await kit_id(college, "1047")))
    assert await college.kits() == {"1047": ("aside", None), "1048": ("complete", 1), "1049": ("surplus", None)}
    assert await credited(college) == ["aside"] * 4 + ["counted"] * 4 + ["surplus"] * 4
    review = (await college.read("SELECT id FROM review"))[0]["id"]
    await desk.takes_back(review)
    assert await college.kits() == {"1047": ("complete", 1), "1048": ("surplus", None), "1049": ("surplus", None)}
    assert await reviews(college) == [], "nobody had asked, so no question is left open"


async def test_the_number_changes_with_a_reason_and_only_the_latest_change_goes_back(college: College) -> None:
    await college.declares(3)
    desk = Desk(college, await college.coordinator())
    for number in ("1047", "1048", "1049"):
        await college.counts(*kit(number))
        college.clock.passes(1)
    await desk.decides(Draft(Subject.NUMBER, 2))
    assert (await college.kits())["1049"] == ("surplus", None)
    await desk.decides(Draft(Subject.NUMBER, 1))
    first, second = [row["id"] for row in await college.read("SELECT id FROM review ORDER BY id")]
    with pytest.raises(Refusal, match="newer_number"):
        await desk.takes_back(first)
    await desk.takes_back(second)
    await desk.takes_back(first)
    assert [state for state, _ in (await college.kits()).values()] == ["complete"] * 3
    with pytest.raises(Refusal, match="same_number"):
        await desk.decides(Draft(Subject.NUMBER, 3))


async def test_after_the_finish_nothing_is_decided_before_it_is_opened_again(college: College) -> None:
    desk, review = await two_sheets(college)
    await desk.decides(keep(review, 1))
    with pytest.raises(Refusal, match="not_finished"):
        await desk.decides(Draft(Subject.REOPEN))
    await finishes(college)
    await college.counts(page("1047", 2), likeness="different")
    await conflicts(college)
    later = (await college.read("SELECT id FROM review WHERE choice IS NULL"))[0]["id"]
    for refused in (
        lambda: desk.decides(keep(later, 1)),
        lambda: desk.takes_back(review),
        lambda: desk.decides(Draft(Subject.NUMBER, 2)),
    ):
        with pytest.raises(Refusal, match="finished"):
            await refused()
    assert await college.kits() == {"1047": ("complete", 1)}, "the finish stands"
    await desk.decides(Draft(Subject.REOPEN))
    assert await college.kits() == {"1047": ("conflict", None)}, "the conflict that waited takes effect"
    assert await finished(college) == ("open", None, 1)
    await desk.decides(keep(later, 1))
    await finishes(college)
    assert (await finished(college))[2] == 2
    college.clock.passes(3 * 24 * 3600)
    with pytest.raises(Refusal, match="closed"):
        await desk.decides(Draft(Subject.REOPEN))


async def test_the_audit_holds_who_and_what_but_no_words(college: College) -> None:
    desk, review = await two_sheets(college)
    await desk.decides(keep(review, 1), "Иванов Пётр, 2-я группа")
    entry = (await college.read("SELECT * FROM audit WHERE action = 'review.two_sheets.decided'"))[0]
    assert entry["person_id"] == desk.person
    assert "Иванов" not in str(entry)
    person: Person = await college.person(desk.person)
    assert person.name not in str(entry)


async def test_each_sheet_is_shown_by_a_scan_that_has_a_picture(college: College) -> None:
    """The first sheet was scanned twice, and it is its second scan that the other sheet was compared with."""
    picture = "c" * 64
    await college.has_file(picture)
    desk, review = await two_sheets(college)
    await college.counts(page("1047", 1), likeness="same")
    other, again = [row["id"] for row in await college.read("SELECT id FROM page ORDER BY id")][-2:]
    async with college.database.transaction() as session:
        pictures = {"first_picture": picture, "second_picture": picture}
        await session.execute(delete(Comparison).where(Comparison.first_id == other, Comparison.second_id == again))
        session.add(Comparison(first_id=other, second_id=again, likeness="different", score=0.1, **pictures))
    async with college.database.transaction() as session:
        shown = await ShowReview(session)(await session.get_one(Person, desk.person), college.participation, review)
    assert [sheet.scan.picture for sheet in shown.view.sheets] == [picture, picture]


@pytest.mark.parametrize(
    ("probability", "said"),
    [(0.0002, "меньше 1 %"), (0.031, "3 %"), (0.9999, "больше 99 %"), (None, None)],
)
async def test_how_likely_it_is_that_the_sheets_are_one(
    college: College, probability: float | None, said: str | None
) -> None:
    desk, review = await two_sheets(college)
    async with college.database.transaction() as session:
        await session.execute(update(Comparison).values(probability=probability))
    async with college.database.transaction() as session:
        shown = await ShowReview(session)(await session.get_one(Person, desk.person), college.participation, review)
    lines = [
        text.replace("\u00a0", " ").splitlines()
        for text in (card(RUSSIAN, shown).text, alarm_to_support(RUSSIAN, shown.view))
    ]
    for text in lines:
        told = [line for line in text if line.startswith("Вероятность")]
        assert told == ([f"Вероятность, что это один лист: {said}"] if said else [])


async def test_a_whole_file_printed_twice_gets_one_answer(college: College) -> None:
    await college.declares(2)
    desk = Desk(college, await college.coordinator())
    await college.counts(*kit("1047"), *kit("1048"))
    await college.counts(*kit("1047"), *kit("1048"), likeness="different")
    review = await conflicts(college)
    decided = await desk.decides(keep(review, 2))
    assert len(decided.shown.alike) == 7
    async with college.database.transaction() as session:
        decide = Decide(session, college.clock, Outbox(session, college.clock))
        person = await session.get_one(Person, desk.person)
        done = await DecideAlike(session, decide)(person, college.participation, review)
    assert (done.number, done.shown.alike) == (7, ())
    told = await college.read("SELECT screen FROM outbox WHERE key LIKE 'review-%' ORDER BY id")
    assert len(told) == 2, "the technician hears of the first one, and of the seven others at once"
    assert str(told[1]["screen"]).replace("\\u2022", "•").count("•") == 7
    assert await college.kits() == {"1047": ("complete", 1), "1048": ("complete", 2)}
    assert await credited(college) == ["aside"] * 8 + ["counted"] * 8
