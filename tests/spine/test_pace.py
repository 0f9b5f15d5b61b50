"""How fast messages go out, and that answers overtake."""

import time

from sqlalchemy import insert

from services.conversation.screen import Screen
from services.db.clock import Clock
from services.db.slot import Slot
from services.outbox.models import OutboxMessage
from services.outbox.outbox import Priority
from services.outbox.pacer import CHAT_PER_S, EDIT_COST, OVERALL_PER_S, Pacer
from services.outbox.queue import OutboxQueue
from tests.spine.parts import BOT_ID, NoJobs, Post, database_at, open_post


async def test_a_chat_has_a_short_burst_and_then_one_a_second():
    now = 100.0
    pacer = Pacer(lambda: now)
    waits = [round(pacer.bucket(5).take(now), 1) for _ in range(5)]
    assert waits == [0, 0, 0, 1, 2]
    assert set(pacer.resting()) == {5}
    now += 10
    assert pacer.resting() == {}
    assert pacer.bucket(5).take(now) == 0


async def test_edits_hold_nobody_up():
    now = 100.0
    pacer = Pacer(lambda: now)
    assert [pacer.bucket(5).take(now, EDIT_COST) for _ in range(12)] == [0] * 12
    assert pacer.bucket(5).take(now, EDIT_COST) == EDIT_COST


async def test_what_is_claimed_never_waits_for_its_chat(sqlite_url, tmp_path):
    async with open_post(sqlite_url, tmp_path, pace=(1000.0, CHAT_PER_S)) as post:
        busy, other = await post.person(), await post.person("другой")
        for number in range(6):
            await post.say(busy, Screen(f"№ {number}"))
        async with post.sending():
            await busy.waits_for("№ 2", 10)
            await post.say(other, Screen("сразу"))
            overtaking = await other.waits_for("сразу", 10)
            last = await busy.waits_for("№ 5", 20)
            assert overtaking.change < last.change


async def test_a_broadcast_does_not_delay_answers(sqlite_url, tmp_path):
    async with open_post(sqlite_url, tmp_path, pace=(OVERALL_PER_S, CHAT_PER_S), limits=True) as post:
        crowd = [await post.person(f"человек {number}") for number in range(100)]
        async with post.outbox() as outbox:
            for number in range(300):
                chat = post.chat(crowd[number % 100])
                await outbox.say(chat, Screen(f"всем {number}"), priority=Priority.BROADCAST)
        async with post.sending():
            overtaken_by = [await sent_before(post, crowd[number * 7], f"ответ {number}") for number in range(12)]
    assert max(overtaken_by) <= 2 * OVERALL_PER_S, overtaken_by
    assert sent_so_far(post) < 300
    assert [e for e in post.sandbox.world.journal.since(0) if e.status == 429] == []


async def sent_before(post: Post, person, text: str) -> int:
    """How many messages went out between an answer's row and its arrival: a pace of messages, not of this machine."""
    before = sent_so_far(post)
    await post.say(person, Screen(text))
    await person.waits_for(text, 30)
    return sent_so_far(post) - before


def sent_so_far(post: Post) -> int:
    return sum(e.method == "sendMessage" and e.status == 200 for e in post.sandbox.world.journal.since(0))


async def test_one_chat_under_a_pause_holds_up_no_other(sqlite_url, tmp_path):
    async with open_post(sqlite_url, tmp_path) as post:
        slow, other = await post.person(), await post.person("другой")
        post.fault(method="sendMessage", person=slow.id, retry_after=5)
        async with post.sending():
            started = time.monotonic()
            await post.say(slow, Screen("раз"))
            await post.say(slow, Screen("два"))
            await other_gets(post, other)
            assert await slow.receives("раз") == 0
            await slow.waits_for("два", 20)
            assert time.monotonic() - started >= 5
    calls = [e for e in post.sandbox.world.journal.since(0) if e.method == "sendMessage" and e.bot == BOT_ID]
    assert sum(e.status == 429 for e in calls) == 1


async def other_gets(post: Post, other) -> None:
    for number in range(5):
        await post.say(other, Screen(f"другому {number}"))
    await other.waits_for("другому 4", 4)


async def test_a_long_queue_is_still_quick_to_look_through(database_url):
    async with database_at(database_url) as database:
        queue = OutboxQueue(database, Clock(), NoJobs(), Slot())
        async with database.transaction() as session:
            row = {"bot_id": 7, "priority": 3, "fresh": False, "screen": {}, "state": "new", "attempts": 0}
            many = [row | {"chat_id": number % 500, "created_at": Clock().now()} for number in range(3000)]
            await session.execute(insert(OutboxMessage), many)
        started = time.monotonic()
        for _ in range(5):
            assert len(await queue.claim(4)) == 4
        assert (time.monotonic() - started) / 5 < 0.3, "without its index SQLite needs a second"
