"""What a button says a question is about: what is the college's own is taken up, anything else is about nothing."""

from dataclasses import replace

import pytest

from recognition.codes import PageProblem, Severity, Verdict
from recognition.report import Problem
from services.accounts.models import Account
from services.conversation.refusal import Forbidden
from services.tickets.begin_ticket import BeginTicket, Form
from services.tickets.view import Subject, TicketView
from tests.kits.college import College, bad_page, page
from tests.tickets.desk import Desk


async def begins(college: College, argument: str, who: int | None = None) -> Form | TicketView:
    person = await college.person(who)
    async with college.database.transaction() as session:
        account = await session.get_one(Account, person.id)
        return await BeginTicket(session, college.clock)(person, account, college.participation, argument)


def scaled(kit: str, number: int) -> object:
    problem = Problem(PageProblem.PRINTED_SCALED, Severity.REJECTED, detail={"scale": 97.0})
    return replace(page(kit, number, verdict=Verdict.REJECTED), problems=(problem,))


async def test_the_sheet_that_support_must_decide_on_goes_before_others(college: College) -> None:
    await college.counts(bad_page(0), scaled("1000052", 2))  # type: ignore[arg-type]
    begun = await begins(college, "page.1")
    assert isinstance(begun, Form)
    assert (begun.reason, begun.subject) == ("page", Subject(kit="1000052", page=2, file="scan-1.pdf"))


async def test_without_such_a_sheet_the_worst_one_is_meant(college: College) -> None:
    await college.counts(bad_page(0))
    begun = await begins(college, "page.1")
    assert isinstance(begun, Form)
    assert begun.subject == Subject(file="scan-1.pdf")


@pytest.mark.parametrize(
    "argument",
    ["", "step.", "step.nonsense", "page.", "page.999", "page.x", "page." + "9" * 40, "what.1", "step.print.x"],
)
async def test_what_is_forged_is_a_question_about_nothing(college: College, argument: str) -> None:
    begun = await begins(college, argument)
    assert isinstance(begun, Form)
    assert (begun.reason, begun.subject) == ("question", Subject())


async def test_another_colleges_files_are_not_named(college: College) -> None:
    other = await college.neighbour()
    await other.counts(bad_page(0))
    begun = await begins(college, "page.1")
    assert isinstance(begun, Form)
    assert begun.reason == "question"


async def test_only_for_ones_own_college(college: College) -> None:
    other = await college.neighbour()
    with pytest.raises(Forbidden):
        await begins(college, "", other.technician)


async def test_an_open_ticket_about_the_very_same_is_shown_instead(desk: Desk) -> None:
    ticket = await desk.opens("step", {"step": "print"})
    begun = await begins(desk.college, "step.print")
    assert isinstance(begun, TicketView)
    assert begun.number == ticket.id
    assert isinstance(await begins(desk.college, "step.read"), Form)
