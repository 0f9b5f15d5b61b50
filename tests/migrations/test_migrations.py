"""One set of migrations for both databases: up, down and up again, and the same as the models."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint, Connection, inspect, text

from services.db.database import make_engine
from services.db.migrate import MIGRATIONS, migrate
from services.db.schema import metadata
from services.db.slot import Slot
from services.jobs.engine import Kind
from tests.spine.parts import engine_at

ROOT = Path(__file__).resolve().parents[2]
ONE_COUNTED_PAGE = Path(__file__).with_name("one_counted_page.sql")
"""A college with one kit of one page that counts, as the first revision kept it."""


async def on(url: str, ask: Any) -> Any:
    engine = make_engine(url)
    try:
        async with engine.connect() as connection:
            return await connection.run_sync(ask)
    finally:
        await engine.dispose()


def revisions() -> list[str]:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return [script.revision for script in reversed(list(ScriptDirectory.from_config(config).walk_revisions()))]


def tables(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names())


async def test_up_down_and_up_again(empty_database_url):
    for revision in revisions():
        await migrate(empty_database_url, revision)
        await migrate(empty_database_url, "base")
        assert await on(empty_database_url, tables) <= {"alembic_version"}
        await migrate(empty_database_url, revision)
    assert set(metadata.tables) <= await on(empty_database_url, tables)


async def test_the_models_are_the_migrated_schema(database_url):
    assert await on(database_url, differences) == []
    assert await on(database_url, constraints) == declared()


async def test_the_job_engines_tables_are_no_difference(database_url):
    async def work(**_arguments: Any) -> None:
        return

    async with engine_at(database_url, {"small": Kind(work, "small")}, {"small": 1}, Slot()):
        pass
    assert await on(database_url, differences) == []
    await migrate(database_url)


def differences(connection: Connection) -> list[Any]:
    def ours(name: str | None, kind: str, _parents: object) -> bool:
        return kind != "table" or name in metadata.tables

    options = {"compare_type": True, "include_name": ours}
    return compare_metadata(MigrationContext.configure(connection, opts=options), metadata)


def constraints(connection: Connection) -> dict[str, set[str]]:
    """Names of the checks, unique constraints and partial indexes of each table."""
    found: dict[str, set[str]] = {}
    for name in metadata.tables:
        look = inspect(connection)
        checks = {row["name"] for row in look.get_check_constraints(name)}
        uniques = {row["name"] for row in look.get_unique_constraints(name)}
        partial = {
            row["name"]
            for row in look.get_indexes(name)
            if row.get("dialect_options", {}).get(f"{connection.dialect.name}_where") is not None
        }
        found[name] = {str(one) for one in checks | uniques | partial}
    return found


def declared() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for name, table in metadata.tables.items():
        kinds = [one for one in table.constraints if isinstance(one, CheckConstraint) or is_unique(one)]
        partial = {str(one.name) for one in table.indexes if one.dialect_options["sqlite"].get("where") is not None}
        found[name] = {str(one.name) for one in kinds} | partial
    return found


def is_unique(constraint: Any) -> bool:
    return constraint.__visit_name__ == "unique_constraint"


def test_two_processes_that_start_at_once_migrate_once(empty_database_url):
    script = f"from services.db.migrate import migrate_now; migrate_now({empty_database_url!r})"
    both = [
        subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stderr=subprocess.PIPE, text=True) for _ in range(2)
    ]
    errors = [process.communicate(timeout=60)[1] for process in both]
    assert [process.returncode for process in both] == [0, 0], errors


@pytest.mark.parametrize("revision", revisions())
def test_a_revision_says_what_it_does(revision):
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_revision(revision).doc


async def test_rows_that_refer_to_changed_tables_outlive_the_change(empty_database_url):
    """A table is changed by copying it: a kit, its page and the scan that counts for it are all there afterwards, and
    the scan shows a sheet, without which nothing counts.
    """
    await migrate(empty_database_url, "0001")
    engine = make_engine(empty_database_url)
    async with engine.begin() as connection:
        for statement in filter(str.strip, ONE_COUNTED_PAGE.read_text("utf-8").split(";")):
            await connection.exec_driver_sql(statement)
    await engine.dispose()
    await migrate(empty_database_url)
    found = await on(empty_database_url, counted_pages)
    assert found == [("1047", "complete", "counted", 0, 1)]
    await migrate(empty_database_url, "base")


def counted_pages(connection: Connection) -> list[tuple[Any, ...]]:
    rows = connection.execute(
        text(
            "SELECT kit.number, kit.state, page.credit, page.accepted, sheet.ordinal FROM kit_page"
            " JOIN kit ON kit.id = kit_page.kit_id JOIN page ON page.id = kit_page.page_id"
            " JOIN sheet ON sheet.id = page.sheet_id AND sheet.kit_id = kit.id AND sheet.number = page.page_number"
        )
    )
    return [(number, state, credit, int(accepted), sheet) for number, state, credit, accepted, sheet in rows]
