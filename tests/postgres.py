"""PostgreSQL for tests: one server a test run, one database a test, copied from a migrated template.

The server is the one that APROBOT_TEST_POSTGRES_URL names; else the system's own binaries are started by the first test
that asks, and stopped with the run (see `postgres_keeper`). As root the distribution's package is installed where it is
missing.
"""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.engine import URL, make_url

from services.db.migrate import migrate_now
from tests.system import program

RUN_FOLDER = "APROBOT_TEST_RUN_FOLDER"
GIVEN_SERVER = "APROBOT_TEST_POSTGRES_URL"
ROOT = Path(__file__).resolve().parents[1]
ANSWERS_WITHIN_S = 60
keepers: list[subprocess.Popen[bytes]] = []


class Run:
    """The folder that the processes of one test run share. Closing it stops the server that was started for the run."""

    def __init__(self) -> None:
        base = "/tmp" if os.geteuid() == 0 else None  # an unprivileged server must reach it, whatever TMPDIR says
        self.folder = Path(tempfile.mkdtemp(prefix="aprobot-tests-", dir=base))
        self.folder.chmod(0o711)
        os.mkfifo(self.folder / "alive")
        self.alive = os.open(self.folder / "alive", os.O_RDWR)
        os.environ[RUN_FOLDER] = str(self.folder)

    def close(self) -> None:
        os.close(self.alive)
        deadline = time.monotonic() + 15
        while (self.folder / "port").exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        shutil.rmtree(self.folder, ignore_errors=True)


class Databases:
    """Makes databases on one server and drops them again."""

    def __init__(self) -> None:
        self.folder = Path(os.environ[RUN_FOLDER])
        self.server = with_driver(os.environ.get(GIVEN_SERVER) or self.own_server())
        self.template = "t_" + self.folder.name.replace("-", "_").lower()
        self.made = 0

    def own_server(self) -> str:
        with one_at_a_time(self.folder / "server.lock"):
            if not (self.folder / "port").exists():
                start_keeper(self.folder)
            port = (self.folder / "port").read_text()
        if not port.isdigit():
            pytest.fail(f"PostgreSQL did not start: {port}", pytrace=False)
        return f"postgresql://postgres@127.0.0.1:{port}/postgres"

    def migrated(self) -> str:
        """The address of a fresh database with the newest schema."""
        with one_at_a_time(self.folder / "template.lock"):
            done = self.folder / "template"
            if not done.exists():
                self.run(f'CREATE DATABASE "{self.template}"')
                migrate_now(self.address(self.template))
                done.touch()
        return self.make(self.template)

    def empty(self) -> str:
        """The address of a fresh database without any table."""
        return self.make("template0")

    def make(self, template: str) -> str:
        self.made += 1
        name = f"{self.template}_{os.getpid()}_{self.made}"
        self.run(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self.address(name)

    def drop(self, address: str) -> None:
        self.run(f'DROP DATABASE IF EXISTS "{make_url(address).database}" WITH (FORCE)')

    def address(self, name: str) -> str:
        return self.server.set(database=name).render_as_string(hide_password=False)

    def run(self, statement: str) -> None:
        plain = self.server.set(drivername="postgresql").render_as_string(hide_password=False)
        with closing(psycopg.connect(plain, autocommit=True)) as connection:
            connection.execute(statement)


def with_driver(url: str) -> URL:
    return make_url(url).set(drivername="postgresql+asyncpg")


def start_keeper(folder: Path) -> None:
    binaries = program(find_binaries, "postgresql")
    command = [sys.executable, "-m", "tests.postgres_keeper", str(binaries), str(folder)]
    with (folder / "keeper.log").open("wb") as log:
        keeper = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
        )
    keepers.append(keeper)
    deadline = time.monotonic() + ANSWERS_WITHIN_S
    while not (folder / "port").exists():
        if keeper.poll() is not None or time.monotonic() > deadline:
            (folder / "port").write_text("failed: " + (folder / "keeper.log").read_text()[-2000:])
        time.sleep(0.02)


def find_binaries() -> Path | None:
    """The folder of the newest server: Debian's, Red Hat's, else the PATH's."""
    known = [
        path.parent
        for pattern in ("lib/postgresql/*/bin/initdb", "pgsql-*/bin/initdb")
        for path in Path("/usr").glob(pattern)
    ]
    by_version = sorted(
        known, key=lambda folder: [int(digits) for digits in folder.parent.name.removeprefix("pgsql-").split(".")]
    )
    on_path = shutil.which("initdb")
    return by_version[-1] if by_version else Path(on_path).resolve().parent if on_path else None


@contextmanager
def one_at_a_time(path: Path) -> Iterator[None]:
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
