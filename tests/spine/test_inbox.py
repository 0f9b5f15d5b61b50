"""Updates between the messenger and the handlers: saved once, one in flight per chat, in order, none left behind."""

import asyncio
import random

import pytest
from aiogram import Dispatcher
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from bot.intake.handle_update import HandleUpdate
from services.db.clock import Clock
from services.db.database import Database
from services.db.slot import Slot
from services.inbox.inbox import Inbox, chat_key, mark_done
from services.inbox.models import InboxUpdate
from services.loops.loop import Loop
from tests.spine.parts import BOT_ID, SetClock, bot_at, database_at, rows

CHAT = {"id": 5, "type": "private", "first_name": "П"}


def update(number: int, chat: int = 5, text: str = "текст") -> dict:
    sender = {"id": chat, "is_bot": False, "first_name": "П"}
    message = {"message_id": number, "date": 1, "chat": CHAT | {"id": chat}, "from": sender, "text": text}
    return {"update_id": number, "message": message}


async def test_saved_once_however_often_it_comes(database_url):
    async with database_at(database_url) as database:
        inbox = Inbox(database, Clock(), Slot())
        await asyncio.gather(*(inbox.save(7, [update(1), update(2)]) for _ in range(5)))
        await inbox.save(7, [update(2), update(3)])
        await inbox.save(8, [update(3)])
        await inbox.save(7, [])
    saved = await rows(database_url, "SELECT bot_id, update_id FROM inbox ORDER BY bot_id, update_id")
    assert [(row["bot_id"], row["update_id"]) for row in saved] == [(7, 1), (7, 2), (7, 3), (8, 3)]


@pytest.mark.parametrize("seed", range(3))
async def test_one_in_flight_per_chat_in_order_whatever_happens(database_url, seed):
    chance = random.Random(seed)
    async with database_at(database_url) as one, database_at(database_url) as two:
        clock = SetClock()
        inboxes = [Inbox(one, clock, Slot("slot-1")), Inbox(two, clock, Slot("slot-2"))]
        await inboxes[0].save(7, [update(n, chat=n % 4) for n in range(40)])
        done: list[tuple[int, int]] = []
        in_hand: set[int] = set()
        await asyncio.gather(*(work(inbox, clock, chance, in_hand, done) for inbox in inboxes))
    assert len(done) == 40
    for chat in range(4):
        numbers = [number for of, number in done if of == chat]
        assert numbers == sorted(numbers)


async def work(inbox: Inbox, clock: SetClock, chance: random.Random, in_hand: set[int], done: list) -> None:
    """Handles updates; some attempts fail, and the next one is the same update again."""
    while len(done) < 40:
        for row_id in await inbox.claim(chance.randint(1, 4)):
            async with inbox.database.transaction() as session:
                row = await session.get_one(InboxUpdate, row_id)
                chat, number = int(row.chat_key), row.update_id
            assert chat not in in_hand
            in_hand.add(chat)
            await asyncio.sleep(chance.uniform(0, 0.01))
            in_hand.discard(chat)
            if chance.random() < 0.15 and row.attempts < 2:
                async with inbox.database.transaction() as session:
                    await inbox.failed(session, row_id, "ValueError")
                clock.advance(1)
                continue
            async with inbox.database.transaction() as session:
                assert await mark_done(session, row_id, clock.now())
                done.append((chat, number))
        await asyncio.sleep(0.005)


async def test_the_database_refuses_a_second_update_in_flight(database_url):
    row = {"bot_id": 7, "chat_key": "5", "raw": {}, "attempts": 0, "received_at": Clock().now()}
    taken = row | {"state": "taken", "taken_by": "slot-1"}
    async with database_at(database_url) as database:
        with pytest.raises(IntegrityError):
            await written(database, taken | {"update_id": 1}, taken | {"update_id": 2})
        with pytest.raises(IntegrityError):
            await written(database, row | {"update_id": 3, "state": "taken"})


async def written(database: Database, *values: dict) -> None:
    async with database.transaction() as session:
        for row in values:
            await session.execute(insert(InboxUpdate).values(**row))


async def test_a_dead_process_loses_nothing_and_a_live_one_keeps_its_own(database_url):
    async with database_at(database_url) as database:
        inbox = Inbox(database, Clock(), Slot("slot-1"))
        await inbox.save(7, [update(n, chat=n) for n in range(3)])
        kept = await inbox.claim(1)
        lost = await Inbox(database, Clock(), Slot("slot-9")).claim(2)
        await inbox.put_back(in_hand=kept)
        assert set(await inbox.claim(10)) == set(lost)


async def test_what_is_done_stays_done_though_something_failed_afterwards(database_url):
    async with database_at(database_url) as database:
        inbox = Inbox(database, Clock(), Slot())
        await inbox.save(7, [update(1)])
        [row_id] = await inbox.claim(1)
        async with database.transaction() as session:
            assert await mark_done(session, row_id, Clock().now())
        async with database.transaction() as session:
            assert not await inbox.failed(session, row_id, "RuntimeError")
        async with database.transaction() as session:
            assert not await mark_done(session, row_id, Clock().now())
    assert [row["state"] for row in await rows(database_url, "SELECT state FROM inbox")] == ["done"]


async def test_given_up_after_five_attempts_with_one_apology(database_url):
    async with database_at(database_url) as database:
        clock = SetClock()
        inbox = Inbox(database, clock, Slot())
        handle = handler(database, clock, inbox, Dispatcher())
        await inbox.save(BOT_ID, [update(1, chat=5), update(2, chat=6, text="за ним")])
        handle.dispatcher.message.register(refuses_chat_five)
        attempts = 0
        for _ in range(30):
            for row_id in await inbox.claim(4):
                attempts += 1
                await handle(row_id)
            clock.advance(2)
    states = await rows(database_url, "SELECT state, attempts, failure FROM inbox ORDER BY id")
    assert [row["state"] for row in states] == ["dead", "taken"], "the second has no transaction here that flips it"
    assert (states[0]["attempts"], states[0]["failure"]) == (5, "ZeroDivisionError")
    assert attempts == 6
    [apology] = await rows(database_url, "SELECT chat_id, screen, key FROM outbox")
    assert (apology["chat_id"], apology["key"]) == (5, "apology-1")
    assert "U1" in str(apology["screen"])


async def refuses_chat_five(message) -> None:
    if message.chat.id == 5:
        raise ZeroDivisionError


async def test_an_update_that_cannot_be_parsed_holds_up_nobody(database_url):
    async with database_at(database_url) as database:
        clock, handled = SetClock(), []
        inbox = Inbox(database, clock, Slot())
        handle = handler(database, clock, inbox, Dispatcher())
        odd = {"update_id": 1, "message": {"message_id": "не число", "chat": {"id": 5}}}
        await inbox.save(BOT_ID, [odd, update(2, chat=6), update(3, chat=5)])

        @handle.dispatcher.message()
        async def remember(message) -> None:
            handled.append(message.message_id)

        for _ in range(20):
            for row_id in await inbox.claim(4):
                await handle(row_id)
                async with database.transaction() as session:
                    row = await session.get_one(InboxUpdate, row_id)
                    if row.state == "taken":
                        await mark_done(session, row_id, clock.now())
            clock.advance(3)
    assert handled == [2, 3], "the other chat at once, the same chat after the odd one is given up"


async def test_a_handler_that_hangs_is_cut_off(sqlite_url, monkeypatch):
    monkeypatch.setattr("bot.intake.handle_update.LONGEST_S", 0.1)
    async with database_at(sqlite_url) as database:
        inbox = Inbox(database, Clock(), Slot())
        handle = handler(database, Clock(), inbox, Dispatcher())

        @handle.dispatcher.message()
        async def hang(_message) -> None:
            await asyncio.sleep(60)

        await inbox.save(BOT_ID, [update(1)])
        [row_id] = await inbox.claim(1)
        await handle(row_id)
    assert [row["failure"] for row in await rows(sqlite_url, "SELECT failure FROM inbox")] == ["TimeoutError"]


def handler(database, clock, inbox, dispatcher) -> HandleUpdate:
    class OnlyDispatches(HandleUpdate):
        """With a dispatcher of the test instead of the product's."""

        def __init__(self) -> None:
            self.database, self.clock, self.inbox = database, clock, inbox
            self.dispatcher, self.container, self.bots = dispatcher, None, {BOT_ID: bot}

    bot = bot_at("http://127.0.0.1:1")
    return OnlyDispatches()


async def test_a_row_whose_settling_failed_is_put_back_and_tried_again(sqlite_url, monkeypatch):
    monkeypatch.setattr("services.loops.loop.POLL_S", 0.05)
    async with database_at(sqlite_url) as database:
        inbox = Inbox(database, Clock(), Slot())
        await inbox.save(7, [update(1)])
        tries = []

        async def run(row_id: int) -> None:
            tries.append(row_id)
            if len(tries) < 3:
                raise OSError("the database is away")
            async with database.transaction() as session:
                await mark_done(session, row_id, Clock().now())
            loop.stop()

        loop = Loop("inbox", 4, inbox.claim, run, inbox.put_back, lambda: 0.05)
        await asyncio.wait_for(loop.run(), 5)
    assert tries == [1, 1, 1]


async def test_the_loop_outlives_a_database_that_is_away(monkeypatch):
    monkeypatch.setattr("services.loops.loop.POLL_S", 0.01)
    claims = []

    async def claim(most: int) -> list[int]:
        claims.append(most)
        if len(claims) < 3:
            raise ConnectionRefusedError
        loop.stop()
        return []

    async def put_back(_in_hand: object) -> None:
        return

    async def run(_row: int) -> None:
        return

    loop = Loop("inbox", 4, claim, run, put_back)
    await asyncio.wait_for(loop.run(), 5)
    assert len(claims) == 3


@pytest.mark.parametrize(
    ("body", "key"),
    [
        ({"message": {"chat": {"id": 5}, "from": {"id": 9}}}, "5"),
        ({"edited_message": {"chat": {"id": -100}}}, "-100"),
        ({"callback_query": {"id": "1", "from": {"id": 9}, "message": {"chat": {"id": 5}}}}, "5"),
        ({"callback_query": {"id": "1", "from": {"id": 9}, "inline_message_id": "x"}}, "9"),
        ({"my_chat_member": {"chat": {"id": 5}, "from": {"id": 9}}}, "5"),
        ({"message_reaction": {"chat": {"id": 5}, "user": {"id": 9}}}, "5"),
        ({"poll_answer": {"poll_id": "1", "user": {"id": 9}}}, "9"),
        ({"inline_query": {"id": "1", "from": {"id": 9}}}, "9"),
        ({"poll": {"id": "1"}}, "update-77"),
        ({}, "update-77"),
        ({"message": None}, "update-77"),
        ({"message": {"chat": "нет", "message": 3, "from": [1]}}, "update-77"),
        ({"message": {"chat": {"id": 10**90}}}, ("1" + "0" * 90)[:64]),
    ],
)
def test_the_chat_of_every_kind_of_update(body, key):
    assert chat_key({"update_id": 77, **body}) == key
