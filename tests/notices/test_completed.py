"""The notice of a finish: one per coordinator, and its fate told to the technician, once."""

import asyncio
from dataclasses import replace

import pytest

from recognition.codes import PageProblem, Severity, Verdict
from recognition.report import Problem
from services.conversation.screen import Screen, from_json
from services.events.models import Participation
from services.events.queries import lock_participation
from services.notices.completed import TellCompleted
from services.notices.settle_notice import SettleNotice
from services.outbox.outbox import Outbox
from services.outbox.queue import OutboxQueue
from tests.kits.college import College, bad_page, kit, page
from tests.submissions.html import visible
from tests.submissions.jobs import as_json

NOTICES = "SELECT person_id, occasion, delivered_at, failure, outbox_id FROM notice ORDER BY id"


async def finish(college: College) -> None:
    """Finishes as the use case does, and tells."""
    async with college.database.transaction() as session:
        participation = await lock_participation(session, college.participation)
        participation.state, participation.finished_at = "finished", college.clock.now()
        participation.finished_by, participation.declared = college.technician, participation.declared or 1
        participation.finishes += 1
        await tell(college, participation, session)


async def tell(college: College, participation: Participation, session: object) -> None:
    await TellCompleted(session, college.clock, Outbox(session, college.clock))(participation)  # type: ignore[arg-type]


async def told(college: College, person: int) -> list[Screen]:
    rows = await college.read("SELECT screen FROM outbox WHERE chat_id = :c ORDER BY id", c=900 + person)
    return [from_json(as_json(row["screen"])) for row in rows]


async def answers(college: College, **fates: str | None) -> None:
    """The messenger answers to the notices: `p5=None` delivers to person 5, `p5="unreachable"` fails."""
    queue = OutboxQueue(college.database, college.clock, college.jobs, "slot-1")
    for who, failure in fates.items():
        (row,) = await college.read("SELECT outbox_id FROM notice WHERE person_id = :p", p=int(who[1:]))
        if failure is None:
            await queue.sent(row["outbox_id"], 77)
        else:
            await queue.unreachable(row["outbox_id"], failure)
    await college.jobs.run({"notice_settled": SettleNotice(college.database, college.clock)})


async def test_the_notice_names_the_college_its_count_the_times_and_the_problems(college: College) -> None:
    ira = await college.coordinator()
    await college.declares(1)
    skewed = replace(
        page("1047", 1, verdict=Verdict.WARNING), problems=(Problem(PageProblem.SKEWED, Severity.WARNING),)
    )
    await college.counts(skewed, *kit("1047")[1:], bad_page(0), bad_page(0))
    await finish(college)
    (screen,) = await told(college, ira)
    text = visible(screen.text).replace("\u00a0", " ")
    assert text.startswith("Колледж завершил апробацию\nКолледж связи № 7")
    assert "Комплекты: 1 из 1." in text
    assert "Завершили: 27 августа, 14:00 (МСК+4)." in text
    assert "На странице нет QR-кода — 2 страницы" in text
    assert "Лист отсканирован с перекосом — 1 страница" in text


async def test_one_notice_a_coordinator_and_finish_however_often_it_is_told(college: College) -> None:
    people = [await college.coordinator(), await college.coordinator("Вторая")]
    await finish(college)

    async def again() -> None:
        async with college.database.transaction() as session:
            await tell(college, await lock_participation(session, college.participation), session)

    await asyncio.gather(again(), again(), again())
    assert [row["person_id"] for row in await college.read(NOTICES)] == people
    assert [len(await told(college, person)) for person in people] == [1, 1]
    await finish(college)
    assert [row["occasion"] for row in await college.read(NOTICES)] == [1, 1, 2, 2]


async def test_delivered_is_said_only_after_the_messengers_answer(college: College) -> None:
    ira = await college.coordinator()
    await finish(college)
    assert await told(college, college.technician) == []
    college.clock.passes(2)
    await answers(college, **{f"p{ira}": None})
    assert (await college.read(NOTICES))[0]["delivered_at"] is not None
    (screen,) = await told(college, college.technician)
    assert visible(screen.text).startswith("Координатор получил сообщение\nДоставлено 27 августа, 14:00 (МСК+4)")


async def test_a_blocked_bot_leads_to_the_contact_and_told_myself(college: College) -> None:
    ira = await college.coordinator()
    await finish(college)
    await answers(college, **{f"p{ira}": "unreachable"})
    (notice,) = await college.read(NOTICES)
    assert (notice["delivered_at"], notice["failure"]) == (None, "unreachable")
    (screen,) = await told(college, college.technician)
    assert "Ирина, +7 383 000" in visible(screen.text)
    assert screen.rows[0][0].text == "Сообщил сам"


async def test_one_coordinator_reached_is_enough_and_is_told_once(college: College) -> None:
    first, second = await college.coordinator(), await college.coordinator("Вторая")
    await finish(college)
    await answers(college, **{f"p{first}": "unreachable"})
    assert await told(college, college.technician) == [], "the other may still get it"
    await answers(college, **{f"p{second}": None})
    assert len(await told(college, college.technician)) == 1
    settle = SettleNotice(college.database, college.clock)
    for row in await college.read(NOTICES):
        await settle(outbox=row["outbox_id"])
    assert len(await told(college, college.technician)) == 1


@pytest.mark.parametrize("known", [True, False])
async def test_where_nobody_can_be_told_no_message_comes_before_the_news_of_the_finish(
    college: College, known: bool
) -> None:
    if known:
        await college.coordinator(reachable=False)
    await finish(college)
    assert [row["failure"] for row in await college.read(NOTICES)] == (["no_account"] if known else [])
    assert await told(college, college.technician) == [], "the card under «Готово!» says whom to tell"


async def test_a_coordinator_of_another_region_is_not_told(college: College) -> None:
    other = await college.coordinator()
    await college.read("SELECT 1")
    async with college.database.transaction() as session:
        from sqlalchemy import text  # noqa: PLC0415 (only this test writes by hand)

        await session.execute(
            text("INSERT INTO region (code, name, time_zone) VALUES ('99', 'Другая', 'Europe/Moscow')")
        )
        await session.execute(
            text("UPDATE membership SET region_id = (SELECT id FROM region WHERE code = '99') WHERE person_id = :p"),
            {"p": other},
        )
    await finish(college)
    assert await told(college, other) == []
