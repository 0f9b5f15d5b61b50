"""Durable work on the real engine: in the transaction of its cause, once by its key, done in spite of kills."""

import asyncio
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from services.db.database import Database
from services.db.slot import Slot
from services.jobs import engine as engines
from services.jobs.engine import JobEngine, Kind, old_jobs
from tests.spine.parts import database_at, engine_at, rows, until

ROOT = Path(__file__).resolve().parents[2]


class Work:
    """A job that notes its runs and fails as often as it is told."""

    def __init__(self, failures: int = 0) -> None:
        self.failures = failures
        self.runs: list[Any] = []
        self.times: list[float] = []

    async def __call__(self, **arguments: Any) -> None:
        self.runs.append(arguments)
        self.times.append(time.monotonic())
        if len(self.runs) <= self.failures:
            raise ValueError("not yet")

    async def ran(self) -> bool:
        return len(self.runs) > self.failures


def one_kind(work: Any) -> tuple[dict[str, Kind], dict[str, int]]:
    return {"work": Kind(work, "small")}, {"small": 4}


async def test_undone_with_its_cause_and_done_once_by_its_key(database_url):
    work = Work()
    async with engine_at(database_url, *one_kind(work)) as engine:
        with pytest.raises(RuntimeError):
            await enqueue_and_fail(engine)
        for _ in range(2):
            async with engine.database.transaction() as session:
                await engine.enqueue(session, "work", "work-1", number=1, word="слово")
        await until(work.ran)
        async with engine.database.transaction() as session:
            await engine.enqueue(session, "work", "work-1", number=1, word="слово")
        await asyncio.sleep(0.5)
    assert work.runs == [{"number": 1, "word": "слово"}]


async def enqueue_and_fail(engine: JobEngine) -> None:
    async with engine.database.transaction() as session:
        await engine.enqueue(session, "work", "undone", number=0)
        raise RuntimeError


async def test_a_delay_is_kept(sqlite_url):
    work = Work()
    async with engine_at(sqlite_url, *one_kind(work)) as engine:
        async with engine.database.transaction() as session:
            await engine.enqueue(session, "work", "work-1", delay_s=1.5)
        started = time.monotonic()
        await until(work.ran)
    assert work.times[0] - started > 0.9


async def test_what_raises_is_tried_again_with_pauses(database_url):
    work = Work(failures=2)
    async with engine_at(database_url, *one_kind(work)) as engine:
        async with engine.database.transaction() as session:
            await engine.enqueue(session, "work", "work-1", number=1)
        await until(work.ran, 15)
    assert work.runs == [{"number": 1}] * 3
    assert work.times[2] - work.times[1] > work.times[1] - work.times[0] > 0.3


async def test_a_database_that_is_away_when_a_job_fails_loses_no_job(sqlite_url, monkeypatch):
    monkeypatch.setattr(engines, "DATABASE_PAUSE_S", 0.1)
    work = Work(failures=1)
    async with engine_at(sqlite_url, *one_kind(work)) as engine:
        enqueue, away = engine.enqueue_attempt, [2]

        async def sometimes(*arguments: Any, **how: Any) -> None:
            if how.get("attempt") and away[0]:
                away[0] -= 1
                raise OperationalError("INSERT", {}, OSError())
            await enqueue(*arguments, **how)

        engine.enqueue_attempt = sometimes
        async with engine.database.transaction() as session:
            await engine.enqueue(session, "work", "work-1", number=1)
        await until(work.ran, 15)
    assert away == [0]


async def test_history_is_forgotten(database_url, monkeypatch):
    work = Work()
    async with engine_at(database_url, *one_kind(work)) as engine:
        for number in range(3):
            async with engine.database.transaction() as session:
                await engine.enqueue(session, "work", f"work-{number}", number=number)
        await until(lambda: many(work, 3))
        assert await engine.prune() == 0
        monkeypatch.setattr(engines, "KEEP_HISTORY", timedelta(seconds=-5))
        await until(lambda: many_old(3))
        assert await engine.prune() == 3
        assert await engine.prune() == 0


async def many(work: Work, count: int) -> bool:
    return len(work.runs) >= count


async def many_old(count: int) -> bool:
    return len(await old_jobs()) >= count


def started(url: str, file: Path, seconds: float) -> subprocess.Popen[bytes]:
    with (file.parent / "jobs.log").open("ab") as log:
        command = [sys.executable, "-m", "tests.spine.jobs_process", url, str(file), str(seconds)]
        return subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)


def lines(file: Path) -> list[str]:
    return file.read_text().splitlines() if file.exists() else []


async def noted(file: Path, line: str, count: int = 1) -> None:
    async def there() -> bool:
        return sum(one.startswith(line) for one in lines(file)) >= count

    await until(there, 30)


async def enqueue(url: str, count: int) -> None:
    """From a process that does not work on jobs itself, as a command or a webhook's process."""
    async with database_at(url) as database:
        engine = JobEngine(url, database, Slot())
        engine.kinds, _ = one_kind(Work())
        await each_in_its_transaction(database, engine, count)
        await engine.close()


async def each_in_its_transaction(database: Database, engine: JobEngine, count: int) -> None:
    for number in range(count):
        async with database.transaction() as session:
            await engine.enqueue(session, "work", f"work-{number}", number=number)


async def test_a_kill_in_the_middle_and_the_job_is_done_after_the_restart(database_url, tmp_path):
    file = tmp_path / "notes"
    first = started(database_url, file, 30)
    try:
        await noted(file, "ready")
        await enqueue(database_url, 3)
        await noted(file, "begin", 3)
    finally:
        first.kill()
        first.wait()
    second = started(database_url, file, 0.1)
    try:
        await noted(file, "end", 3)
    finally:
        second.kill()
        second.wait()
    assert sorted(line for line in lines(file) if line.startswith("end")) == ["end 0", "end 1", "end 2"]


async def test_a_peer_takes_over_from_the_dead(postgres_url, tmp_path):
    files = tmp_path / "first", tmp_path / "second"
    first = started(postgres_url, files[0], 60)
    await noted(files[0], "ready slot-1")
    await enqueue(postgres_url, 2)
    await noted(files[0], "begin", 2)
    second = started(postgres_url, files[1], 0.1)
    try:
        await noted(files[1], "ready slot-2")
        await asyncio.sleep(1)
        assert lines(files[1]) == ["ready slot-2"], "what a living peer has in hand is left alone"
        first.kill()
        first.wait()
        await noted(files[1], "end", 2)
    finally:
        for process in (first, second):
            process.kill()
            process.wait()


async def test_a_stop_signal_lets_what_is_in_hand_end(postgres_url, tmp_path):
    file = tmp_path / "notes"
    process = started(postgres_url, file, 1)
    try:
        await noted(file, "ready")
        await enqueue(postgres_url, 1)
        await noted(file, "begin")
        process.terminate()
        began = time.monotonic()
        assert await asyncio.to_thread(process.wait, 15) == 0
        assert time.monotonic() - began < 8
    finally:
        process.kill()
    assert lines(file)[1:] == ["begin 0", "end 0"]


async def test_what_outlasts_the_stop_is_done_after_the_restart(sqlite_url, tmp_path):
    file = tmp_path / "notes"
    process = started(sqlite_url, file, 60)
    await noted(file, "ready")
    await enqueue(sqlite_url, 1)
    await noted(file, "begin")
    process.terminate()
    assert await asyncio.to_thread(process.wait, 20) == 0
    again = started(sqlite_url, file, 0.1)
    try:
        await noted(file, "end")
    finally:
        again.kill()
        again.wait()


async def test_the_engines_tables_stand_apart_on_postgresql(postgres_url):
    async with engine_at(postgres_url, *one_kind(Work())):
        pass
    found = await rows(postgres_url, "SELECT DISTINCT table_schema AS s FROM information_schema.tables")
    assert "engine" in {row["s"] for row in found}
    public = await rows(
        postgres_url, "SELECT table_name AS t FROM information_schema.tables WHERE table_schema='public'"
    )
    assert not {"workflow_status", "queues"} & {row["t"] for row in public}
