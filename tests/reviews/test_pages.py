"""Pages that a person lets count or names: what may be asked, and what the ledger makes of the answer."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from recognition.codes import PageProblem, PageQr, Severity, Verdict
from recognition.report import PageReport, Problem
from services.accounts.models import Account, Person
from services.conversation.refusal import Forbidden, Refusal
from services.db.insert import insert_once
from services.kits.models import Comparison
from services.reviews.ask_accept import AskAccept, AskedFor
from services.reviews.draft import Draft, Subject
from services.reviews.models import Choice
from services.reviews.name_page import NamePage, ToName
from services.reviews.read_name import Named, NameFault
from tests.kits.college import College, bad_page, kit, page
from tests.reviews.desk import Desk, conflicts, reviews

SMALL = (Problem(PageProblem.PRINTED_SCALED, Severity.REJECTED, detail={"scale_pct": 90.0}),)


def shrunk(number: str, at: int) -> PageReport:
    return replace(page(number, at, verdict=Verdict.REJECTED), problems=SMALL)


async def asks(college: College, argument: str, person: int | None = None) -> AskedFor:
    async with college.database.transaction() as session:
        who = await session.get_one(Person, person or college.technician)
        return await AskAccept(session, college.clock, college.jobs)(who, college.participation, argument)


async def names(college: College, page_id: int, text: str) -> Named | ToName:
    async with college.database.transaction() as session:
        who = await session.get_one(Person, college.technician)
        account = (await session.scalars(select(Account).where(Account.person_id == who.id))).one()
        name = NamePage(session, college.clock, college.jobs)
        return await name(who, account, college.participation, page_id, text)


def yes(review: int) -> Draft:
    return Draft(Subject.REVIEW, review, Choice.YES)


async def last_review(college: College) -> int:
    return int((await college.read("SELECT max(id) AS id FROM review"))[0]["id"])


async def test_pages_are_asked_about_once_and_count_when_accepted(college: College) -> None:
    await college.declares(1)
    desk = Desk(college, await college.coordinator())
    await college.counts(shrunk("1047", 1), shrunk("1047", 2), page("1047", 3), page("1047", 4))
    batch = (await college.read("SELECT batch_id FROM submission"))[0]["batch_id"]
    assert await asks(college, f"b{batch}") == AskedFor(college.participation, 2, 2)
    assert await asks(college, f"b{batch}") == AskedFor(college.participation, 2, 0)
    assert college.jobs.names.count("put_question") == 1
    for review in (await last_review(college) - 1, await last_review(college)):
        await desk.decides(yes(review))
    assert await college.kits() == {"1047": ("complete", 1)}
    assert await asks(college, f"b{batch}") == AskedFor(college.participation, 0, 0)
    await desk.takes_back(await last_review(college))
    assert await college.kits() == {"1047": ("partial", None)}


async def test_a_page_in_conflict_is_not_accepted_past_the_conflict(college: College) -> None:
    await college.declares(1)
    await college.coordinator()
    await college.counts(*kit("1047"))
    await college.counts(shrunk("1047", 1), likeness="different")
    await conflicts(college)
    page_id = (await college.read("SELECT max(id) AS id FROM page"))[0]["id"]
    assert (await asks(college, f"p{page_id}")).pages == 0
    assert await reviews(college) == [("two_sheets", None)]


async def test_only_the_colleges_own_pages_are_asked_about(college: College) -> None:
    other = await college.neighbour()
    await other.counts(shrunk("2001", 1))
    page_id = (await college.read("SELECT max(id) AS id FROM page"))[0]["id"]
    for argument in (f"p{page_id}", "b99", "x1", "", "p"):
        with pytest.raises(Forbidden):
            await asks(college, argument)
    with pytest.raises(Forbidden):
        await asks(other, f"p{page_id}", person=college.technician)


async def test_a_named_page_that_is_another_sheet_is_a_double_print(college: College) -> None:
    """The name hides nothing: the page meets the sheet that carries the same number."""
    await college.declares(1)
    desk = Desk(college, await college.coordinator())
    await college.counts(replace(page("1047", 1, verdict=Verdict.REJECTED), problems=SMALL), *kit("1047")[1:])
    await college.counts(bad_page(0))
    first, unnamed = [
        row["id"]
        for row in await college.read("SELECT min(id) AS id FROM page UNION SELECT max(id) FROM page ORDER BY 1")
    ]
    named = await names(college, unnamed, "1047 1")
    assert named == Named(college.participation, "1047", 1)
    async with college.database.transaction() as session:
        pair = {"first_id": first, "second_id": unnamed}
        await insert_once(session, Comparison, **pair, likeness="different", score=0.1)
    await desk.decides(yes(await last_review(college)))
    assert await college.kits() == {"1047": ("conflict", None)}
    assert ("two_sheets", None) in await reviews(college)


async def test_a_name_must_be_plausible(college: College) -> None:
    other = await college.neighbour()
    await other.counts(page("2001", 1))
    await college.counts(page("1047", 1), bad_page(1))
    page_id = (await college.read("SELECT max(id) AS id FROM page"))[0]["id"]
    for text, fault in (
        ("", NameFault.WORDS),
        ("1" * 4000, NameFault.WORDS),
        ("<b>&", NameFault.WORDS),
        ("1047", NameFault.NO_PAGE),
        ("10470 1", NameFault.LENGTH),
        ("1048 5", NameFault.PAGE),
        ("1048 0", NameFault.PAGE),
        ("2001 2", NameFault.OTHER_COLLEGE),
    ):
        wrong = await names(college, page_id, text)
        assert isinstance(wrong, ToName), text
        assert wrong.fault == fault, text
    assert await names(college, page_id, "1047, стр. 1") == Named(college.participation, "1047", 1, counts_already=True)
    assert await reviews(college) == []
    assert await names(college, page_id, "№ 1048 / 2") == Named(college.participation, "1048", 2)
    assert await names(college, page_id, "1048 2") == Named(college.participation, "1048", 2)
    assert await names(college, page_id, "1048 3") == Named(college.participation, "1048", 3)
    assert await reviews(college) == [("identify_page", None)]
    assert college.jobs.names.count("put_question") == 2, "another number is another question to the coordinator"


async def test_a_named_kit_is_forgotten_when_the_decision_is_taken_back(college: College) -> None:
    await college.declares(1)
    desk = Desk(college, await college.coordinator())
    await college.counts(page("1047", 1), bad_page(1))
    page_id = (await college.read("SELECT max(id) AS id FROM page"))[0]["id"]
    await names(college, page_id, "1048 1")
    await desk.decides(yes(await last_review(college)))
    assert await college.kits() == {"1047": ("partial", None), "1048": ("partial", None)}
    await desk.takes_back(await last_review(college))
    assert await college.kits() == {"1047": ("partial", None)}
    assert len(await college.read("SELECT id FROM sheet")) == 1


async def test_a_page_whose_symbol_is_of_no_kit_of_ours_cannot_be_named(college: College) -> None:
    foreign = PageReport(0, Verdict.FOREIGN, PageQr.FOREIGN)
    await college.counts(foreign, page("1047", 1, index=1))
    for row in await college.read("SELECT id FROM page"):
        with pytest.raises(Refusal, match="nothing_to_name"):
            await names(college, row["id"], "1047 2")


async def test_a_page_that_counts_by_now_is_not_confirmed_any_more(college: College) -> None:
    """The named page never met the scan that came since, so it must not pass for the same sheet."""
    await college.declares(1)
    desk = Desk(college, await college.coordinator())
    await college.counts(page("1047", 2), bad_page(1))
    page_id = (await college.read("SELECT max(id) AS id FROM page"))[0]["id"]
    await names(college, page_id, "1047 1")
    await college.counts(page("1047", 1))
    with pytest.raises(Refusal, match="counts_already"):
        await desk.decides(yes(await last_review(college)))
    await desk.decides(Draft(Subject.REVIEW, await last_review(college), Choice.NO))
    assert await reviews(college) == [("identify_page", "no")]
