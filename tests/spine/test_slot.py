"""A process among its peers: no name twice, the dead are known by their free names, one leads."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from services.db.clock import Clock
from services.db.slot import FileSlot, ServerSlot, SlotTakenError, slot_on
from services.inbox.inbox import Inbox
from tests.spine.parts import database_at, rows
from tests.spine.test_inbox import update

ROOT = Path(__file__).resolve().parents[2]
HOLDER = """
import asyncio, sys
from services.db.slot import slot_on
async def main():
    slot = slot_on(sys.argv[1])
    await slot.take()
    print(slot.name, slot.leads, flush=True)
    await asyncio.sleep(60)
asyncio.run(main())
"""

LOSE_LOCKS = """
    SELECT pg_terminate_backend(pid) FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database
    WHERE locktype = 'advisory' AND datname = current_database()
"""
"""Of this test's database alone: other tests hold locks on the same server at the same time."""


def holder(url: str) -> subprocess.Popen[str]:
    """Another process that holds a slot until killed; its first line tells which."""
    command = [sys.executable, "-c", HOLDER, url]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    process.first_line = process.stdout.readline().strip()  # type: ignore[attr-defined]
    return process


def end(process: subprocess.Popen[str]) -> None:
    if process.poll() is None:
        process.kill()
        process.communicate()


async def test_on_postgresql_each_process_has_a_name_of_its_own(postgres_url):
    other = holder(postgres_url)
    slot = ServerSlot(postgres_url)
    try:
        assert other.first_line == "slot-1 True"
        await slot.take()
        assert (slot.name, slot.leads) == ("slot-2", False)
        await slot.check()
        assert not slot.leads
        end(other)
        for _ in range(100):
            await slot.check()
            if slot.leads:
                break
            await asyncio.sleep(0.05)
        assert slot.leads, "the leader died: a peer leads"
        again = ServerSlot(postgres_url)
        await again.take()
        assert again.name == "slot-1"
        await again.release()
    finally:
        end(other)
        await slot.release()


async def test_rows_of_the_dead_are_put_back_and_rows_of_the_living_are_not(postgres_url):
    living, dead, mine = ServerSlot(postgres_url), ServerSlot(postgres_url), ServerSlot(postgres_url)
    async with database_at(postgres_url) as database:
        for slot in (living, dead, mine):
            await slot.take()
        await Inbox(database, Clock(), living).save(7, [update(n, chat=n) for n in range(4)])
        kept = [*await Inbox(database, Clock(), living).claim(1), *await Inbox(database, Clock(), mine).claim(1)]
        lost = await Inbox(database, Clock(), dead).claim(1)
        await dead.release()
        await Inbox(database, Clock(), mine).put_back(in_hand=kept[1:])
        free = await rows(postgres_url, "SELECT id FROM inbox WHERE state = 'new' ORDER BY id")
        assert [row["id"] for row in free] == [*lost, 4]
        await living.release()
        await mine.release()


async def test_a_lost_connection_is_made_again_under_the_same_name(postgres_url):
    slot = ServerSlot(postgres_url)
    await slot.take()
    await rows(postgres_url, LOSE_LOCKS)
    await slot.check()
    assert not slot.leads
    await slot.check()
    assert (slot.name, slot.leads) == ("slot-1", True)
    await slot.release()


async def test_a_name_lost_to_another_ends_the_process(postgres_url):
    slot, thief = ServerSlot(postgres_url), ServerSlot(postgres_url)
    await slot.take()
    await rows(postgres_url, LOSE_LOCKS)
    await thief.take()
    await slot.check()
    with pytest.raises(SlotTakenError):
        await slot.check()
    await slot.release()
    await thief.release()


async def test_on_sqlite_there_is_one_process(sqlite_url):
    other = holder(sqlite_url)
    slot = slot_on(sqlite_url)
    assert isinstance(slot, FileSlot)
    try:
        with pytest.raises(SlotTakenError):
            await slot.take()
        await slot.release()
    finally:
        end(other)
    again = slot_on(sqlite_url)
    await again.take()
    assert (again.name, again.leads) == ("slot-1", True)
    await again.release()
