"""The databases that tests are given are fresh, migrated and of both kinds."""

from sqlalchemy import text

from services.db.database import make_engine


async def test_each_test_gets_its_own_migrated_database(database_url):
    await takes_a_name_once(database_url)


async def test_nothing_is_left_of_the_test_before(database_url):
    await takes_a_name_once(database_url)


async def takes_a_name_once(url: str) -> None:
    engine = make_engine(url)
    async with engine.begin() as connection:
        assert (await connection.execute(text("SELECT count(*) FROM alembic_version"))).scalar() == 1
        await connection.execute(text("CREATE TABLE mark (name TEXT)"))
    await engine.dispose()


async def test_an_empty_database_has_no_tables(empty_database_url):
    engine = make_engine(empty_database_url)
    async with engine.begin() as connection:
        await connection.execute(text("CREATE TABLE alembic_version (name TEXT)"))
    await engine.dispose()
