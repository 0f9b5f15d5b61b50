"""Several start at once on one empty database: it is migrated once, under a lock, and everybody comes up."""

import asyncio

import pytest
from sqlalchemy import text

from sandbox.demo.commands import CommandFailedError, Product
from services.db.database import make_engine
from services.db.faults import DatabaseFault
from services.db.migrate import migrate
from tests.spine.parts import rows
from tests.spine.test_serve import messenger, serving, settings


async def version(url: str) -> list[str]:
    return [row["version_num"] for row in await rows(url, "SELECT version_num FROM alembic_version")]


async def test_many_migrate_at_once(empty_database_url):
    await asyncio.gather(*(migrate(empty_database_url) for _ in range(4)))
    assert len(await version(empty_database_url)) == 1
    assert await rows(empty_database_url, "SELECT id FROM person") == []


async def test_two_processes_start_on_an_empty_postgresql(postgres, tmp_path):
    url = postgres.empty()
    try:
        async with messenger() as (sandbox, _client):
            product = Product(settings(url, tmp_path, sandbox.url), tmp_path)
            async with serving(product) as one, serving(product) as other:
                assert "Апробот работает" in one.said
                assert "Апробот работает" in other.said
                assert len(await version(url)) == 1
    finally:
        postgres.drop(url)


async def test_two_processes_start_on_an_empty_file(tmp_path):
    """One serves; the other finds the file migrated and taken, and says so."""
    url = f"sqlite:///{tmp_path / 'a.db'}"
    async with messenger() as (sandbox, _client):
        product = Product(settings(url, tmp_path, sandbox.url), tmp_path)
        both = [await product.serve(), await product.serve()]
        ends = await asyncio.gather(*(bot.ready() for bot in both), return_exceptions=True)
        for bot in both:
            await bot.stop()
    told = [end for end in ends if isinstance(end, CommandFailedError)]
    assert len(told) == 1
    assert "уже запущен" in str(told[0])
    assert len(await version(url.replace("sqlite:", "sqlite+aiosqlite:"))) == 1


@pytest.mark.parametrize("command", [["serve"], ["migrate"], ["invites", "make", "--role", "administrator"]])
async def test_a_newer_database_is_refused_and_left_alone(database_url, tmp_path, command):
    engine = make_engine(database_url)
    async with engine.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    await engine.dispose()
    async with messenger() as (sandbox, _client):
        product = Product(settings(database_url, tmp_path, sandbox.url), tmp_path)
        with pytest.raises(CommandFailedError) as told:
            await product.run(*command)
    assert [line for line in str(told.value).splitlines() if not line.startswith("{")] == [
        "База данных новее этой версии Апробота: обновите Апробот."
    ]
    assert await version(database_url) == ["9999"]


async def test_a_migration_that_breaks_off_changes_nothing(empty_database_url, monkeypatch):
    def broken(*_arguments: object) -> None:
        raise DatabaseFault("newer")

    with monkeypatch.context() as patched:
        patched.setattr("services.db.migrate.run", broken)
        with pytest.raises(DatabaseFault):
            await migrate(empty_database_url)
    await migrate(empty_database_url)
    assert len(await version(empty_database_url)) == 1
