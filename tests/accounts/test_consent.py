"""Consent comes first: before it nothing is kept of anybody; after a new text it is asked again and nothing is lost."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import text

from sandbox.client import Message, Person
from services.accounts.models import Role
from services.db.database import Database
from services.db.schema import metadata
from tests.planted import NAME
from tests.wired.world import World, scans

COLLEGE = "54-007"


async def dump(world: World) -> dict[str, list[dict[str, Any]]]:
    """The whole database as a second session reads it."""
    return {table: await world.read(f"SELECT * FROM {table}") for table in metadata.tables}


async def change(world: World, sql: str) -> None:
    database = await world.product.container.get(Database)
    async with database.transaction() as session:
        await session.execute(text(sql), {"past": datetime.now(UTC) - timedelta(days=1)})


async def settled(world: World) -> None:
    """Returns when nothing is on its way any more."""
    for _ in range(200):
        if not await world.read("SELECT id FROM outbox WHERE state IN ('new', 'sending')"):
            return
        await asyncio.sleep(0.05)
    raise AssertionError("something is still on its way")


async def asks(world: World, person: Person) -> tuple[Message, str]:
    """Follows a fresh link up to the question."""
    token = await world.invite(Role.TECHNICIAN, organisation=COLLEGE)
    await person.says(f"/start {token}")
    return await person.waits_for("Нужно ваше согласие"), token


async def agrees(person: Person, asked: Message) -> None:
    yes = asked.button_of("agree")
    assert yes is not None
    await person.presses_data(asked.id, yes.data or "")


def kept_of(person: Person, token: str, rows: dict[str, list[dict[str, Any]]]) -> list[str]:
    """Tables that hold anything of a person."""
    marks = (str(person.id), person.name, token)
    return [table for table, kept in rows.items() if any(mark in str(row) for row in kept for mark in marks)]


async def test_before_the_button_nothing_is_kept_of_a_person(world: World) -> None:
    before = await dump(world)
    person = await world.person(NAME)
    await person.says("Здравствуйте")
    await person.waits_for("Войти можно по ссылке")
    _, token = await asks(world, person)
    await person.presses("Что хранится")
    shown = await person.waits_for("Кто видит.")
    assert "Через 180 дней после закрытия мероприятия" in shown.words
    await settled(world)
    after = await dump(world)
    changed = {table for table in after if after[table] != before[table]}
    assert changed == {"inbox", "outbox", "invite"}
    assert kept_of(person, token, after) == []
    assert [row["used_at"] for row in after["invite"]] == [None]
    assert {str(row["screen"]) for row in after["outbox"]} == {"{}"}
    assert {row["chat_key"] for row in after["inbox"]} == {""}


async def test_with_the_button_the_person_their_role_and_the_consent_are_kept_together(world: World) -> None:
    person = await world.person(NAME)
    asked, _ = await asks(world, person)
    assert asked.labels() == ["Согласен, начать", "Что хранится", "Не согласен"]
    await person.presses("Согласен, начать", times=3)
    await person.waits_for("Колледж связи № 7")
    [consent] = await world.read("SELECT * FROM consent")
    assert (await world.read("SELECT name FROM person WHERE id = :p", p=consent["person_id"]))[0]["name"] == NAME
    assert len(await world.read("SELECT id FROM membership")) == 1
    record = await person.waits_for("Вы согласились на хранение данных", since="start")
    assert (record.id, record.labels()) == (asked.id, [])


async def test_who_does_not_agree_is_told_what_it_means_and_may_still_change_their_mind(world: World) -> None:
    person = await world.person(NAME)
    _, token = await asks(world, person)
    await person.presses("Не согласен")
    told = await person.waits_for("Без согласия работать здесь нельзя")
    assert "О вас ничего не сохранено" in told.words
    await settled(world)
    assert kept_of(person, token, await dump(world)) == []
    await agrees(person, told)
    await person.waits_for("Вы подключены к апробации")


async def test_a_link_that_stops_to_work_in_between_keeps_nothing(world: World) -> None:
    late, slow, quick = [await world.person(name) for name in (NAME, "Второй", "Третий")]
    asked, token = await asks(world, late)
    await change(world, "UPDATE invite SET expires_at = :past, created_at = :past")
    await agrees(late, asked)
    await late.waits_for("Срок приглашения истёк")
    asked, taken = await asks(world, slow)
    await quick.comes_in(taken)
    await agrees(slow, asked)
    await slow.waits_for("Это приглашение уже использовано")
    await settled(world)
    rows = await dump(world)
    assert (kept_of(late, token, rows), kept_of(slow, taken, rows)) == ([], [])


async def test_a_new_text_is_asked_for_and_what_was_done_meanwhile_is_done_after_it(world: World) -> None:
    technician = await world.technician()
    await technician.presses("Начать с шага 1")
    step = await technician.waits_for("Шаг 1 из 12")
    await change(world, "UPDATE consent SET version = 'older'")
    await technician.presses_data(step.id, (step.button_of("done") or step.buttons[0][0]).data or "")
    await technician.waits_for("То, что вы сейчас отправили или нажали, не пропало")
    await technician.sends(scans(1))
    asked = await technician.waits_for("Нужно ваше согласие")
    assert await world.read("SELECT id FROM checklist_step") == []
    assert await world.read("SELECT id FROM submission") == []
    await agrees(technician, asked)
    await technician.waits_for("Шаг 2 из 12")
    for _ in range(200):
        if len(await world.read("SELECT id FROM submission")) == 2:
            break
        await asyncio.sleep(0.05)
    assert len(await world.read("SELECT id FROM submission")) == 2
    assert [row["step"] for row in await world.read("SELECT step FROM checklist_step WHERE state = 'done'")] == [
        "sign_in"
    ]
    assert len(await world.read("SELECT id FROM consent")) == 2


async def test_who_was_here_before_and_does_not_agree_has_nothing_more_kept(world: World) -> None:
    technician = await world.technician()
    await change(world, "DELETE FROM consent")
    await technician.says("личное слово")
    asked = await technician.waits_for("Нужно ваше согласие")
    await technician.presses("Не согласен", message_id=asked.id)
    told = await technician.waits_for("Без согласия работать здесь нельзя")
    assert "help@example.org" in told.words
    await settled(world)
    assert "личное слово" not in str(await dump(world))
    await technician.says("/privacy")
    await technician.waits_for("Что Апробот хранит о вас")
    await technician.presses("Согласен, начать")
    await technician.waits_for("Шаг 1 из 12")
