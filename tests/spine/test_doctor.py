"""`aprobot doctor` against broken settings: each is named in one right sentence, and nothing else is blamed for it."""

import asyncio
import json
import os
import socket
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest
from aiohttp import web
from click.testing import Result
from typer.testing import CliRunner

from bot.__main__ import make_app
from bot.logs import set_up_logs
from bot.settings import LogSettings
from sandbox.demo.commands import Product
from sandbox.server import Sandbox, running
from sandbox.state.bots import Webhook
from tests.planted import TOKEN
from tests.postgres import GIVEN_SERVER, Databases
from tests.proxies import proxy
from tests.s3 import KEYS, free_port, s3_server
from tests.spine.test_serve import messenger, serving
from tests.spine.test_serve import settings as settings_of_serve

ROOT = Path(__file__).resolve().parents[2]
BOT = int(TOKEN.partition(":")[0])
PASSWORD = "пароль-базы"


@dataclass
class Patient:
    """A machine on which everything works, until a test breaks one thing."""

    sandbox: Sandbox
    folder: Path
    environment: dict[str, str] = field(default_factory=dict)

    def set(self, **settings: str) -> None:
        self.environment |= {f"APROBOT_{name}": value for name, value in settings.items()}

    async def examined(self) -> tuple[int, dict[str, dict[str, str]]]:
        """The exit code and the findings by check; also read as a person reads them."""
        return await asyncio.to_thread(self.run)

    def run(self) -> tuple[int, dict[str, dict[str, str]]]:
        done = self.command("doctor", "--json")
        told = json.loads(done.stdout)
        assert told["ok"] == (done.exit_code == 0)
        assert PASSWORD not in done.output
        assert TOKEN.partition(":")[2] not in done.output
        return done.exit_code, {one["check"]: one for one in told["checks"]}

    def command(self, *arguments: str) -> Result:
        """In this process, which must log as before when the command is done."""
        try:
            return CliRunner().invoke(make_app(), arguments, env=self.environment, catch_exceptions=False)
        finally:
            set_up_logs(LogSettings())

    async def fails(self, check: str, code: str, *words: str) -> None:
        """Exactly this check fails, with a sentence that has the words."""
        exit_code, found = await self.examined()
        assert exit_code == 1
        assert [(one["check"], one["code"]) for one in found.values() if one["status"] == "fail"] == [(check, code)]
        for word in words:
            assert word in found[check]["text"], found[check]["text"]


@pytest.fixture
async def patient(tmp_path, sqlite_url) -> AsyncIterator[Patient]:
    """In a folder of its own, so that nobody's .env is read."""
    before = Path.cwd()
    os.chdir(tmp_path)
    async with running(people=[], limits=False) as sandbox:
        made = Patient(sandbox, tmp_path)
        made.set(
            TELEGRAM__TOKEN=TOKEN,
            TELEGRAM__API_URL=sandbox.url,
            DATABASE__URL=sqlite_url,
            FILES__URL=f"file://{tmp_path / 'files'}",
            WEB__PORT=str(free_port()),
            WEB__PUBLIC_URL="https://scans.example.org",
        )
        yield made
    os.chdir(before)


async def test_all_is_well(patient):
    exit_code, found = await patient.examined()
    assert exit_code == 0
    assert {one["status"] for check, one in found.items() if check != "symbols"} == {"ok", "skipped"}
    assert "@sandbox_7000000001_bot" in found["token"]["text"]
    assert found["public"]["code"] == "not_running"
    assert list(found) == [
        "api", "token", "webhook", "clock", "database", "schema", "storage", "port", "public", "recognition", "symbols",
    ]  # fmt: skip
    assert [path for path in (patient.folder / "files").rglob("*") if path.is_file()] == []


async def test_for_people_a_line_each_and_what_to_do_at_the_end(patient):
    patient.set(TELEGRAM__MODE="polling", FILES__URL=f"file://{patient.folder / 'in the way'}")
    (patient.folder / "in the way").write_text("a file")
    done = await asyncio.to_thread(patient.command, "doctor")
    lines = done.stdout.splitlines()
    assert [line for line in lines if line.startswith("✗")] == [
        next(line for line in lines if "APROBOT_FILES__URL" in line)
    ]
    assert lines[-1] == "Исправьте отмеченное знаком ✗ и проверьте снова."
    assert done.exit_code == 1


async def test_1_a_wrong_token(patient):
    patient.sandbox.world.bots.ensure(BOT).secret = "another"
    await patient.fails("token", "unknown", "@BotFather", "APROBOT_TELEGRAM__TOKEN")


async def test_2_no_token(patient):
    patient.set(TELEGRAM__TOKEN="")
    await patient.fails("token", "missing", "@BotFather", "APROBOT_TELEGRAM__TOKEN")


async def test_3_an_address_where_nobody_is(patient):
    patient.set(TELEGRAM__API_URL="http://api.invalid:8081")
    await patient.fails("api", "name", "api.invalid", "APROBOT_TELEGRAM__API_URL")
    patient.set(TELEGRAM__API_URL=f"http://127.0.0.1:{free_port()}")
    await patient.fails("api", "away", "APROBOT_TELEGRAM__API_URL", "APROBOT_TELEGRAM__PROXY")


async def test_4_an_address_where_somebody_else_answers(patient):
    async with stranger() as address:
        patient.set(TELEGRAM__API_URL=address)
        await patient.fails("api", "not_api", address, "https://api.telegram.org")


@asynccontextmanager
async def stranger() -> AsyncIterator[str]:
    """Some web server that is neither ours nor a Bot API."""

    async def page(_request: web.Request) -> web.Response:
        return web.Response(text="<h1>Welcome to nginx!</h1>", content_type="text/html")

    application = web.Application()
    application.router.add_route("*", "/{path:.*}", page)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


async def test_5_a_proxy_that_is_dead(patient):
    patient.set(TELEGRAM__PROXY=f"socks5://me:word@127.0.0.1:{free_port()}")
    await patient.fails("api", "proxy_away", "APROBOT_TELEGRAM__PROXY")


@pytest.mark.parametrize("scheme", ["http", "socks5"])
async def test_6_a_proxy_that_refuses(patient, scheme):
    async with proxy(patient.sandbox.port, ("me", "right")) as way:
        patient.set(TELEGRAM__PROXY=f"{scheme}://me:wrong@127.0.0.1:{way.port}")
        await patient.fails("api", "proxy_refused", "имя и пароль", "APROBOT_TELEGRAM__PROXY")


async def test_7_a_webhook_that_another_program_has_set(patient):
    patient.sandbox.world.bots.ensure(BOT).webhook = Webhook("https://other.example.org/hook", None, 40)
    await patient.fails("webhook", "while_polling", "https://other.example.org/hook", "другую программу")
    by_webhook = {
        "TELEGRAM__MODE": "webhook",
        "TELEGRAM__WEBHOOK_URL": "https://bot.example.org",
        "TELEGRAM__WEBHOOK_SECRET": "a-secret-of-16-letters",
    }
    patient.set(**by_webhook)
    await patient.fails("webhook", "elsewhere", "https://bot.example.org/telegram/webhook")


async def test_8_a_webhook_that_telegram_cannot_reach(patient):
    ours = "https://bot.example.org/telegram/webhook"
    bot = patient.sandbox.world.bots.ensure(BOT)
    bot.webhook = Webhook(ours, None, 40, int(patient.sandbox.world.clock.now()), "Connection refused")
    bot.updates.add("message", 1, {"message_id": 1})
    secret = {"TELEGRAM__WEBHOOK_SECRET": "a-secret-of-16-letters"}
    patient.set(TELEGRAM__MODE="webhook", TELEGRAM__WEBHOOK_URL="https://bot.example.org", **secret)
    await patient.fails("webhook", "not_delivered", "Connection refused", "APROBOT_TELEGRAM__WEBHOOK_URL")


@pytest.mark.parametrize(("seconds", "code"), [(3600, "behind"), (-3600, "ahead")])
async def test_9_a_clock_that_is_wrong(patient, seconds, code):
    patient.sandbox.world.clock.advance(seconds)
    await patient.fails("clock", code, "синхронизацию времени")


async def test_9_a_clock_that_is_a_little_wrong_is_told_and_fails_nothing(patient):
    patient.sandbox.world.clock.advance(12)
    exit_code, found = await patient.examined()
    assert (exit_code, found["clock"]["status"], found["clock"]["code"]) == (0, "warn", "behind")


@pytest.fixture
def locked_role(postgres: Databases, postgres_url: str) -> str:
    """The address of a database with a role that must say a password, and says a wrong one."""
    with_role = postgres_url.replace("postgres@", f"with_password:{PASSWORD}@")
    if GIVEN_SERVER in os.environ:
        return with_role
    plain = postgres.server.set(drivername="postgresql").render_as_string(hide_password=False)
    with closing(psycopg.connect(plain, autocommit=True)) as server:
        server.execute("DROP ROLE IF EXISTS with_password")
        server.execute("CREATE ROLE with_password LOGIN PASSWORD 'right'")
        path = server.execute("SHOW hba_file").fetchone()[0]
        rule = "host all with_password 127.0.0.1/32 scram-sha-256\n"
        rules = server.execute("SELECT pg_read_file(%s)", [path]).fetchone()[0]
        if rule not in rules:
            server.execute("SELECT lo_from_bytea(77, %s)", [(rule + rules).encode()])
            server.execute("SELECT lo_export(77, %s)", [path])
            server.execute("SELECT lo_unlink(77)")
        server.execute("SELECT pg_reload_conf()")
    return with_role


async def test_10_a_wrong_password_of_the_database(patient, locked_role):
    patient.set(DATABASE__URL=locked_role)
    await patient.fails("database", "password", "имя или пароль", "APROBOT_DATABASE__URL")


async def test_11_a_database_server_that_is_not_there(patient):
    patient.set(DATABASE__URL=f"postgresql://me:{PASSWORD}@db.invalid/aprobot")
    await patient.fails("database", "name", "db.invalid", "APROBOT_DATABASE__URL")
    patient.set(DATABASE__URL=f"postgresql://me:{PASSWORD}@127.0.0.1:{free_port()}/aprobot")
    await patient.fails("database", "away", "PostgreSQL")


async def test_12_a_database_that_is_missing_on_the_server(patient, postgres_url):
    patient.set(DATABASE__URL=postgres_url + "_missing")
    await patient.fails("database", "no_database", "createdb")


async def test_13_a_database_of_a_newer_program(patient, tmp_path):
    with closing(sqlite3.connect(tmp_path / "aprobot.db")) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
        database.commit()
    await patient.fails("schema", "newer", "9999", "обновите Апробот")


async def test_14_a_file_that_is_no_database(patient, tmp_path):
    (tmp_path / "a.db").write_bytes(b"not a database at all" * 100)
    patient.set(DATABASE__URL=f"sqlite:///{tmp_path / 'a.db'}")
    await patient.fails("database", "not_a_database", "a.db", "APROBOT_DATABASE__URL")
    patient.set(DATABASE__URL=f"sqlite:///{tmp_path / 'a.db' / 'b.db'}")
    await patient.fails("database", "closed", "APROBOT_DATABASE__URL")


async def test_15_a_database_that_cannot_be_written(patient, postgres, postgres_url):
    plain = postgres.server.set(drivername="postgresql").render_as_string(hide_password=False)
    name = postgres_url.rpartition("/")[2]
    with closing(psycopg.connect(plain, autocommit=True)) as server:
        server.execute(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on')
    patient.set(DATABASE__URL=postgres_url)
    await patient.fails("database", "not_writable", "APROBOT_DATABASE__URL")


async def test_16_a_folder_that_cannot_be_written(patient, tmp_path):
    (tmp_path / "in the way").write_text("a file")
    patient.set(FILES__URL=f"file://{tmp_path / 'in the way' / 'files'}")
    await patient.fails("storage", "closed", "APROBOT_FILES__URL")


async def test_17_an_object_store_without_the_bucket_or_with_other_keys_or_away(patient, tmp_path):
    with s3_server(tmp_path / "s3") as server:
        keys = {"FILES__ACCESS_KEY": KEYS[0], "FILES__SECRET_KEY": KEYS[1]}
        patient.set(FILES__URL="s3://nobody-made-it/x", FILES__ENDPOINT=server.endpoint, **keys)
        await patient.fails("storage", "bucket", "nobody-made-it", "APROBOT_FILES__URL")
        patient.set(FILES__URL=server.url, FILES__SECRET_KEY="wrong")
        await patient.fails("storage", "refused", "APROBOT_FILES__SECRET_KEY")
    await patient.fails("storage", "away", "APROBOT_FILES__ENDPOINT")


async def test_18_a_port_that_another_program_has(patient):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        patient.set(WEB__PORT=port)
        await patient.fails("port", "taken", port, "APROBOT_WEB__PORT")
        patient.set(WEB__PORT=str(free_port()), METRICS__PORT=port)
        await patient.fails("metrics", "taken", port, "APROBOT_METRICS__PORT")


async def test_19_an_address_that_this_machine_has_not(patient):
    patient.set(WEB__HOST="192.0.2.1")
    await patient.fails("port", "no_address", "192.0.2.1", "APROBOT_WEB__HOST")


async def test_20_a_setting_with_a_misprint(patient):
    patient.set(TELEGRAM__TOKNE=TOKEN)
    await patient.fails("settings", "settings.unknown", "APROBOT_TELEGRAM__TOKNE")


async def test_20_a_webhook_without_its_secret(patient):
    patient.set(TELEGRAM__MODE="webhook", TELEGRAM__WEBHOOK_URL="https://bot.example.org")
    await patient.fails("settings", "settings.missing.webhook_secret", "APROBOT_TELEGRAM__WEBHOOK_SECRET")


async def test_21_a_public_address_without_a_certificate(patient):
    patient.set(WEB__PUBLIC_URL="http://scans.example.org")
    await patient.fails("public", "no_tls", "https://", "APROBOT_WEB__PUBLIC_URL")


async def test_22_while_the_bot_runs_its_public_address_is_tried(sqlite_url, tmp_path):
    port, figures = free_port(), free_port()
    async with messenger() as (sandbox, client), stranger() as other:
        more = {"APROBOT_WEB__PORT": str(port), "APROBOT_METRICS__PORT": str(figures)}
        given = settings_of_serve(sqlite_url, tmp_path, sandbox.url, **more)
        async with serving(Product(given, tmp_path)):
            await client.waits_for_bot()
            patient = Patient(sandbox, tmp_path, given | {"APROBOT_WEB__PUBLIC_URL": f"http://localhost:{port}"})
            exit_code, found = await patient.examined()
            assert exit_code == 0
            assert [found[check]["code"] for check in ("port", "metrics", "public")] == ["ours", "ours", "ok"]
            assert found["database"]["text"].endswith("Работает процессов: 1.")
            patient.set(WEB__PUBLIC_URL=other.replace("127.0.0.1", "localhost"))
            await patient.fails("public", "other", "обратный прокси")
            patient.set(WEB__PUBLIC_URL=f"http://localhost:{free_port()}")
            await patient.fails("public", "away", "APROBOT_WEB__PUBLIC_URL")


async def test_23_paths_that_the_cloud_does_not_hand_over(patient):
    async with proxy(patient.sandbox.port) as way:
        patient.set(
            TELEGRAM__API_URL="http://api.telegram.org:80",
            TELEGRAM__PROXY=f"http://127.0.0.1:{way.port}",
            TELEGRAM__LOCAL_FILES="true",
        )
        await patient.fails("api", "cloud_has_no_paths", "APROBOT_TELEGRAM__LOCAL_FILES=false")


async def test_what_is_not_made_yet_is_no_fault(patient, postgres, tmp_path):
    empty = postgres.empty()
    patient.set(DATABASE__URL=f"sqlite:///{tmp_path / 'new' / 'a.db'}", WEB__PUBLIC_URL="")
    exit_code, found = await patient.examined()
    assert (exit_code, found["database"]["code"], found["public"]["code"]) == (0, "absent", "none")
    assert not (tmp_path / "new").exists()
    patient.set(DATABASE__URL=empty)
    exit_code, found = await patient.examined()
    assert (exit_code, found["database"]["status"], found["schema"]["code"]) == (0, "ok", "empty")
    postgres.drop(empty)


async def test_an_older_database_is_told_with_what_to_do(patient, tmp_path):
    with closing(sqlite3.connect(tmp_path / "aprobot.db")) as database:
        database.execute("UPDATE alembic_version SET version_num = '0001'")
        database.commit()
    exit_code, found = await patient.examined()
    assert (exit_code, found["schema"]["status"], found["schema"]["code"]) == (0, "warn", "old")
    assert "сделайте копию базы" in found["schema"]["text"]
