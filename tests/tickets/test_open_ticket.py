"""A ticket is opened: by a question or by an alarm, once, and told to those of support who serve the college."""

import asyncio

import pytest

from services.accounts.models import Person
from services.organisations.models import Region
from services.outbox.outbox import Outbox
from services.reports.college import ShowCollege
from services.reports.screens import college as college_page
from services.texts import load_texts
from services.tickets.models import Side, TicketMessage, TicketState
from services.tickets.queries import lock_ticket
from services.tickets.tell import TellTicket
from tests.tickets.desk import Desk

FATES = "SELECT person_id, delivered_at IS NOT NULL AS arrived, failure FROM ticket_delivery ORDER BY person_id"


async def test_support_gets_a_card_with_all_that_the_machine_knows(desk: Desk) -> None:
    anna = await desk.joins()
    await desk.college.declares(3)
    ticket = await desk.opens("page", {"kit": "1000052", "page": 2, "file": "scan-02.pdf"}, text="Что делать с листом?")
    (card,) = await desk.words(anna)
    assert card.splitlines()[0] == f"Обращение № {ticket.id}: как быть с листом"
    stands = "Шаг 1 из 12 (Вход в кабинет ФИС ОКО), засчитано комплектов: 0 из 3"
    for fact in ("Колледж связи № 7, вариант 2", "Репетиция", stands):
        assert fact in card
    for fact in ("Комплект 1000052, страница 2; Файл scan-02.pdf", "Что делать с листом?"):
        assert fact in card


async def test_the_asker_is_told_of_the_passing_on_only_when_the_messenger_has_confirmed_it(desk: Desk) -> None:
    anna = await desk.joins()
    await desk.opens()
    (before,) = await desk.words(desk.college.technician)
    assert "передаём поддержке" in before
    await desk.messenger_answers(anna)
    after = (await desk.words(desk.college.technician))[-1]
    assert "передано поддержке" in after
    assert "(МСК+4)" in after


async def test_the_passing_on_is_told_once_whoever_of_support_gets_it_first(desk: Desk) -> None:
    anna, oleg = await desk.joins(), await desk.joins("Олег")
    await desk.opens()
    await desk.messenger_answers(anna, "unreachable")
    assert len(await desk.words(desk.college.technician)) == 1
    await desk.messenger_answers(oleg)
    await desk.messenger_answers(anna)
    assert [word for word in await desk.words(desk.college.technician) if "передано" in word] == [
        (await desk.words(desk.college.technician))[-1]
    ]


async def test_where_nobody_of_support_is_there_the_mail_is_named_and_nothing_is_called_passed_on(desk: Desk) -> None:
    ticket = await desk.opens()
    (mark,) = await desk.words(desk.college.technician)
    assert mark.splitlines()[0] == f"Обращение № {ticket.id} ждёт поддержку"
    assert "help@example.org" in mark
    assert "передано" not in mark


@pytest.mark.parametrize("failure", ["unreachable", "file_gone", "bug"])
async def test_where_the_messenger_refuses_all_of_support_the_asker_is_told_why(desk: Desk, failure: str) -> None:
    anna = await desk.joins()
    blocked = await desk.joins("Олег", reachable=False)
    await desk.opens()
    assert "передаём" in (await desk.words(desk.college.technician))[-1]
    await desk.messenger_answers(anna, failure)
    mark = (await desk.words(desk.college.technician))[-1]
    assert "ждёт поддержку" in mark
    assert "help@example.org" in mark
    assert await desk.college.read(FATES) == [
        {"person_id": anna, "arrived": False, "failure": failure},
        {"person_id": blocked, "arrived": False, "failure": "unreachable"},
    ]


async def test_an_alarm_opens_one_ticket_and_says_nothing_to_the_asker(desk: Desk) -> None:
    anna = await desk.joins()
    alarm = {"cause": "review-5", "side": Side.PRODUCT, "text": "Комплект 1000052: два листа."}
    first, second = [await desk.opens("double_print", {"kit": "1000052", "page": 1}, **alarm) for _ in range(2)]
    assert first.id == second.id
    (card,) = await desk.words(anna)
    assert card.splitlines()[0].endswith("двойная печать")
    assert await desk.words(desk.college.technician) == []


async def test_the_same_question_twice_at_one_moment_is_one_ticket_with_two_messages(desk: Desk) -> None:
    await desk.joins()
    first, second = await asyncio.gather(desk.opens("step", {"step": "print"}), desk.opens("step", {"step": "print"}))
    assert first.id == second.id
    assert await desk.college.read("SELECT count(*) AS n FROM ticket_message") == [{"n": 2}]
    other = await desk.opens("step", {"step": "read"})
    assert other.id != first.id


async def test_only_those_who_serve_the_college_are_told(desk: Desk) -> None:
    everywhere = await desk.joins()
    here = await desk.joins("Олег", region_id=desk.college.region, event_id=desk.college.event)
    async with desk.college.database.transaction() as session:
        other = Region(code="77", name="Другая", time_zone="Europe/Moscow")
        session.add(other)
        await session.flush()
        region = other.id
    elsewhere = await desk.joins("Инна", region_id=region)
    await desk.opens()
    assert [len(await desk.words(person)) for person in (everywhere, here, elsewhere)] == [1, 1, 0]


async def test_what_the_product_adds_is_told_to_support_and_changes_nobodys_turn(desk: Desk) -> None:
    anna = await desk.joins()
    ticket = await desk.opens("double_print", cause="review-5", side=Side.PRODUCT)
    async with desk.college.database.transaction() as session:
        kept = await lock_ticket(session, ticket.id)
        kept.state, kept.closed_at = TicketState.CLOSED, desk.college.clock.now()
        tell = TellTicket(session, desk.college.clock, Outbox(session, desk.college.clock))
        await tell(kept, TicketMessage(side=Side.PRODUCT, text="Координатор оставил лист А."))
    assert "Апробот сообщает:" in (await desk.words(anna))[-1]
    assert await desk.college.read("SELECT state FROM ticket") == [{"state": "closed"}]


async def test_a_coordinator_sees_that_a_college_asks_and_not_what(desk: Desk) -> None:
    ira = await desk.college.coordinator()
    await desk.opens(text="Личное слово")
    await desk.opens("step", {"step": "print"}, text="Личное слово")
    async with desk.college.database.transaction() as session:
        person = await session.get_one(Person, ira)
        page = await ShowCollege(session, desk.college.clock)(person, desk.college.participation)
    text = college_page(load_texts("ru"), page).text
    assert "С поддержкой решаются 2 обращения." in text
    assert "Личное слово" not in text
