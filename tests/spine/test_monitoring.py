"""What the product tells of itself, asked over HTTP of the whole running product."""

import asyncio
import re
import time
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import ClientSession
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import text

from bot.web.ready import KEEP_S, Readiness
from sandbox.state.faults import Fault
from services.db.database import Database
from services.jobs.jobs import Jobs
from tests.planted import NAME, TOKEN
from tests.spine.test_serve import free_port
from tests.wired.conftest import world
from tests.wired.world import World, open_world, scans

__all__ = ["world"]


async def ready(world: World) -> tuple[int, dict]:
    async with ClientSession() as client, client.get(f"http://127.0.0.1:{world.product.port}/readyz") as answer:
        return answer.status, await answer.json()


async def forget(world: World) -> None:
    """An answer is kept for a while; a test looks anew."""
    (await world.product.container.get(Readiness)).kept.clear()


async def test_all_is_well(world):
    status, body = await ready(world)
    assert status == 200
    assert body["status"] == "ready"
    assert {name for name, part in body.items() if name != "status" and part["ok"]} == {
        "database",
        "storage",
        "telegram",
        "jobs",
        "queues",
    }
    assert set(body["queues"]) == {"ok", "inbox", "outbox", "jobs"}
    assert TOKEN not in str(body)


async def test_each_dependency_that_fails_is_named(world, tmp_path):
    world.sandbox.world.bots.ensure(int(TOKEN.partition(":")[0])).secret = "another"
    (tmp_path / "files" / "probe").write_text("in the way")
    status, body = await ready(world)
    assert status == 503
    assert (body["telegram"], body["storage"]) == ({"ok": False, "why": "token"}, {"ok": False, "why": "closed"})
    assert body["database"]["ok"]
    (tmp_path / "files" / "probe").unlink()
    await forget(world)
    _, body = await ready(world)
    assert body["storage"] == {"ok": True}


async def test_what_waits_too_long_is_told_with_its_age(world):
    database = await world.product.container.get(Database)
    long_ago = datetime.now(UTC) - timedelta(minutes=7)
    async with database.transaction() as session:
        add = text(
            "INSERT INTO outbox (bot_id, chat_id, priority, fresh, screen, state, attempts, created_at, taken_by)"
            " VALUES (1, 1, 0, false, '{}', 'sending', 0, :at, 'somebody')"
        )
        await session.execute(add, {"at": long_ago.replace(tzinfo=None) if sqlite(world) else long_ago})
    status, body = await ready(world)
    assert status == 503
    assert body["queues"]["outbox"]["waiting"] == 1
    assert 410 < body["queues"]["outbox"]["oldest_s"] < 480
    assert not body["queues"]["outbox"]["ok"]
    assert body["queues"]["inbox"]["ok"]


def sqlite(world: World) -> bool:
    return world.settings.database.url.startswith("sqlite")


async def test_a_job_that_waits_for_a_worker_is_seen_and_one_that_waits_for_its_time_is_not(world):
    database, jobs = await world.product.container.get(Database), await world.product.container.get(Jobs)
    await jobs.drain(1)
    async with database.transaction() as session:
        await jobs.enqueue(session, "check_file", "check-1000", submission=1000)
        await jobs.enqueue(session, "check_file", "check-1001", delay_s=600, submission=1001)
    _, body = await ready(world)
    assert body["jobs"] == {"ok": False}
    assert body["queues"]["jobs"]["waiting"] == 1


async def test_a_server_that_does_not_answer_costs_little_time_and_is_asked_seldom(world):
    world.sandbox.world.faults.add(Fault(method="getMe", delay_ms=20_000, status=500))
    began = time.monotonic()
    status, body = await ready(world)
    assert time.monotonic() - began < 6
    assert (status, body["telegram"]["ok"]) == (503, False)
    asked = count_of(world, "getMe")
    for _ in range(5):
        await ready(world)
    assert count_of(world, "getMe") == asked
    assert KEEP_S["telegram"] >= 10


def count_of(world: World, method: str) -> int:
    return sum(entry.method.lower() == method.lower() for entry in world.sandbox.world.journal.since(0))


async def test_many_who_ask_at_once_are_one_question(world):
    answers = await asyncio.gather(*(ready(world) for _ in range(20)))
    assert {status for status, _ in answers} == {200}
    assert count_of(world, "getMe") == 1


LABELS = {"state", "fate", "refusal", "verdict", "queue", "le"}
CODE = re.compile(r"[a-z_]*|\+Inf|[\d.]+")


@pytest.fixture
async def measured(database_url, tmp_path):
    port = free_port()

    def with_metrics(settings):
        settings.metrics.port = port

    async with open_world(database_url, tmp_path, tune=with_metrics) as world:
        yield world


async def metrics(world: World) -> dict[str, list]:
    address = f"http://127.0.0.1:{world.settings.metrics.port}/metrics"
    async with ClientSession() as client, client.get(address) as answer:
        assert answer.status == 200
        assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
        body = await answer.text()
    assert NAME not in body
    assert TOKEN.partition(":")[0] not in body
    return {family.name: family.samples for family in text_string_to_metric_families(body)}


async def test_the_figures_tell_of_a_scan_and_of_nobody(measured):
    technician = await measured.technician()
    await technician.sends(scans(1)[0])
    await technician.sends(("notes.txt", b"no scan at all"))
    await technician.waits_for("notes.txt: это не скан", timeout=60)
    families = await metrics(measured)
    labels = {name for samples in families.values() for sample in samples for name in sample.labels}
    assert labels <= LABELS
    for samples in families.values():
        for sample in samples:
            assert all(CODE.fullmatch(value) for value in sample.labels.values()), sample
    assert value(families, "aprobot_database_up") == 1
    assert value(families, "aprobot_files", state="checked") == 1
    assert value(families, "aprobot_files", state="refused", refusal="not_an_image") == 1
    assert sum(sample.value for sample in families["aprobot_pages"]) == 1
    assert value(families, "aprobot_updates", state="done") >= 3
    assert value(families, "aprobot_messages", state="sent") >= 2
    assert value(families, "aprobot_queue_waiting", queue="inbox") == 0
    assert value(families, "aprobot_queue_oldest_seconds", queue="jobs") < 60
    assert count(families, "aprobot_recognition_seconds") >= 1
    assert count(families, "aprobot_update_handling_seconds") >= 3
    assert count(families, "aprobot_message_sending_seconds") >= 2


def value(families: dict[str, list], name: str, **labels: str) -> float:
    return sum(sample.value for sample in families[name] if labels.items() <= sample.labels.items())


def count(families: dict[str, list], name: str) -> float:
    return next(sample.value for sample in families[name] if sample.name == f"{name}_count")


async def test_a_database_that_is_away_is_a_figure_too(postgres, tmp_path):
    port, url = free_port(), postgres.migrated()

    def with_metrics(settings):
        settings.metrics.port = port

    async with open_world(url, tmp_path, tune=with_metrics) as world:
        assert value(await metrics(world), "aprobot_database_up") == 1
        postgres.run(f'ALTER DATABASE "{url.rpartition("/")[2]}" ALLOW_CONNECTIONS false')
        postgres.run(
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{url.rpartition('/')[2]}'"
        )
        assert value(await metrics(world), "aprobot_database_up") == 0
        status, body = await ready(world)
        assert status == 503
        assert (body["database"]["ok"], body["queues"]["ok"], body["storage"]["ok"]) == (False, False, True)
        postgres.run(f'ALTER DATABASE "{url.rpartition("/")[2]}" ALLOW_CONNECTIONS true')
    postgres.drop(url)


async def test_without_a_port_there_are_no_figures(world):
    async with ClientSession() as client:
        assert (await client.get(f"http://127.0.0.1:{world.product.port}/metrics")).status == 404
