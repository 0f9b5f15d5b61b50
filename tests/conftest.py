"""What every test may ask for: a database of either kind, ready or empty. And the watch over all that is logged."""

import logging
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.logs import set_up_logs
from bot.settings import LogSettings
from services.db.migrate import migrate_now
from tests.log_watch import LogWatch
from tests.postgres import Databases, Run

KINDS = ["sqlite", "postgresql"]


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        config.stash[RUN] = Run()
        config.pluginmanager.register(LogWatch(config))


def pytest_unconfigure(config: pytest.Config) -> None:
    if RUN in config.stash:
        config.stash[RUN].close()


RUN = pytest.StashKey[Run]()


@pytest.fixture(scope="session", autouse=True)
def logs_of_the_product() -> Iterator[None]:
    """What is logged in a test is written as `serve` writes it, so that the watch reads the product's own lines."""
    set_up_logs(LogSettings())
    yield
    logging.getLogger().handlers.clear()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "aprobot.db"
    migrate_now(f"sqlite+aiosqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres() -> Databases:
    return Databases()


@pytest.fixture
def sqlite_url(migrated_file: Path, tmp_path: Path) -> str:
    """A fresh migrated SQLite file."""
    path = shutil.copy(migrated_file, tmp_path / "aprobot.db")
    return f"sqlite+aiosqlite:///{path}"


@pytest.fixture
def postgres_url(postgres: Databases) -> Iterator[str]:
    """A fresh migrated PostgreSQL database."""
    url = postgres.migrated()
    yield url
    postgres.drop(url)


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest) -> str:
    """A fresh migrated database: the test runs once on each kind."""
    return request.getfixturevalue({"sqlite": "sqlite_url", "postgresql": "postgres_url"}[request.param])


@pytest.fixture(params=KINDS)
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A fresh database without tables: the test runs once on each kind."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'empty.db'}"
        return
    postgres: Databases = request.getfixturevalue("postgres")
    url = postgres.empty()
    yield url
    postgres.drop(url)


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """A developer's own settings would make the tests say something else on another machine."""
    for name in os.environ:
        if name.startswith("APROBOT_") and not name.startswith("APROBOT_TEST_"):
            monkeypatch.delenv(name)
