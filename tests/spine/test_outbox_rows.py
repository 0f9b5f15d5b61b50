"""What the outbox keeps, before anything is sent."""

import asyncio

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from services.conversation.screen import Action, Screen
from services.db.clock import Clock
from services.db.database import Database
from services.db.slot import Slot
from services.outbox.models import OutboxMessage
from services.outbox.outbox import CARD, Chat, Outbox, Priority
from services.outbox.queue import OutboxQueue
from tests.spine.parts import NoJobs, database_at, rows

CHAT = Chat(7, 42)


async def test_undone_with_its_cause(database_url):
    async with database_at(database_url) as database:
        with pytest.raises(RuntimeError):
            await say_and_fail(database)
    assert await rows(database_url, "SELECT * FROM outbox") == []


async def say_and_fail(database: Database) -> None:
    async with database.transaction() as session:
        await Outbox(session, Clock()).say(CHAT, Screen("раз"))
        raise RuntimeError


async def test_the_same_key_is_said_once(database_url):
    async with database_at(database_url) as database:
        for text in ("раз", "два"):
            async with database.transaction() as session:
                await Outbox(session, Clock()).say(CHAT, Screen(text), key="summary-1")
    assert [row["state"] for row in await rows(database_url, "SELECT * FROM outbox")] == ["new"]


async def test_a_waiting_slot_is_replaced_and_goes_last(database_url):
    async with database_at(database_url) as database:
        async with database.transaction() as session:
            outbox = Outbox(session, Clock())
            await outbox.say(CHAT, Screen("старая карточка"), slot=CARD, key="a", fresh=True)
            await outbox.say(CHAT, Screen("отчёт"))
            await outbox.say(CHAT, Screen("новая карточка"), slot=CARD, key="b")
        waiting = await rows(database_url, "SELECT * FROM outbox WHERE state = 'new' ORDER BY id")
    assert [row["key"] for row in waiting] == [None, "b"]
    assert waiting[1]["fresh"], "the chat has no card yet: the wish for a fresh one is kept"


async def test_one_that_a_job_waits_for_is_never_replaced(database_url):
    async with database_at(database_url) as database, database.transaction() as session:
        outbox = Outbox(session, Clock())
        await outbox.say(CHAT, Screen("раз"), slot="notice", then_job="notice_settled")
        await outbox.say(CHAT, Screen("два"), slot="notice")
    assert len(await rows(database_url, "SELECT * FROM outbox WHERE state = 'new'")) == 2


async def test_slots_of_other_chats_and_priorities_are_left_alone(database_url):
    async with database_at(database_url) as database, database.transaction() as session:
        outbox = Outbox(session, Clock())
        await outbox.say(CHAT, Screen("раз"), slot=CARD)
        await outbox.say(Chat(7, 43), Screen("два"), slot=CARD)
        await outbox.say(CHAT, Screen("три"), slot=CARD, priority=Priority.PROGRESS)
    assert len(await rows(database_url, "SELECT * FROM outbox WHERE state = 'new'")) == 3


async def test_stale_progress_is_dropped(database_url):
    async with database_at(database_url) as database, database.transaction() as session:
        outbox = Outbox(session, Clock())
        await outbox.say(CHAT, Screen("проверено 1 из 3"), slot="batch-1", priority=Priority.PROGRESS)
        await outbox.drop_progress(CHAT, "batch-1")
    assert await rows(database_url, "SELECT * FROM outbox WHERE state = 'new'") == []


async def test_answers_overtake_and_a_chat_has_one_in_flight(database_url):
    async with database_at(database_url) as database:
        queue = OutboxQueue(database, Clock(), NoJobs(), Slot())
        async with database.transaction() as session:
            outbox = Outbox(session, Clock())
            for chat in range(1, 4):
                await outbox.say(Chat(7, chat), Screen("рассылка"), priority=Priority.BROADCAST, key=f"b{chat}")
            await outbox.say(Chat(7, 3), Screen("ответ"), key="answer")
        first = await queue.claim(2)
        second = await queue.claim(10)
        taken = await rows(database_url, "SELECT id, key, chat_id FROM outbox WHERE state = 'sending'")
    assert [row["key"] for row in taken if row["id"] in first] in (["answer", "b1"], ["b1", "answer"])
    assert [row["key"] for row in taken if row["id"] in second] == ["b2"]


async def test_two_senders_never_have_the_same_chat(database_url):
    async with database_at(database_url) as one, database_at(database_url) as other:
        queues = [
            OutboxQueue(one, Clock(), NoJobs(), Slot("slot-1")),
            OutboxQueue(other, Clock(), NoJobs(), Slot("slot-2")),
        ]
        async with one.transaction() as session:
            outbox = Outbox(session, Clock())
            for number in range(60):
                await outbox.say(Chat(7, number % 6), Screen(str(number)))
        order: dict[int, list[int]] = {}
        await asyncio.gather(*(drain(queue, order) for queue in queues))
    assert sum(map(len, order.values())) == 60
    assert all(ids == sorted(ids) for ids in order.values())


async def drain(queue: OutboxQueue, order: dict[int, list[int]]) -> None:
    """Sends what there is, as it comes; notes the order in each chat."""
    idle = 0
    while idle < 8:
        ids = await queue.claim(3)
        idle = 0 if ids else idle + 1
        for row_id in ids:
            message, _, _ = await queue.read(row_id)
            order.setdefault(message.chat_id, []).append(row_id)
            await queue.sent(row_id, 1)
        if not ids:
            await asyncio.sleep(0.02)


async def test_the_database_refuses_a_second_message_in_flight(database_url):
    async with database_at(database_url) as database:
        with pytest.raises(IntegrityError):
            await written(database, in_flight(), in_flight())


async def test_the_database_refuses_a_message_in_nobodys_hands(database_url):
    async with database_at(database_url) as database:
        with pytest.raises(IntegrityError):
            await written(database, in_flight() | {"taken_by": None})


async def written(database: Database, *values: dict[str, object]) -> None:
    async with database.transaction() as session:
        for row in values:
            await session.execute(insert(OutboxMessage).values(**row))


def in_flight() -> dict[str, object]:
    return {
        "bot_id": 7,
        "chat_id": 1,
        "priority": 0,
        "fresh": False,
        "screen": {},
        "state": "sending",
        "taken_by": "slot-1",
        "attempts": 0,
        "created_at": Clock().now(),
    }


async def test_what_a_dead_sender_had_goes_again_and_a_live_ones_stays(database_url):
    async with database_at(database_url) as database:
        mine, peers = (OutboxQueue(database, Clock(), NoJobs(), Slot(name)) for name in ("slot-1", "slot-2"))
        async with database.transaction() as session:
            for chat in range(3):
                await Outbox(session, Clock()).say(Chat(7, chat), Screen("текст", ((Action("Главная", "home"),),)))
        kept, lost = await mine.claim(1), await mine.claim(1)
        died = await peers.claim(1)
        await mine.put_back(in_hand=kept)
        again = await mine.claim(10)
    assert set(again) == {*lost, *died}
