"""The whole product in a test: a real Dispatcher, a real database, the Bot API over real HTTP; only Telegram's far end
is the local messenger.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import text

from bot.make_store import make_store
from bot.serve import Product, running
from bot.settings import Settings, load_settings
from recognition.form import practice_form
from recognition.simulator import FileFormat, Mode, ScanSettings, encode, scan_pages
from sandbox.client import Messenger, Person
from sandbox.server import Sandbox
from sandbox.server import running as sandbox_running
from services.accounts.make_invite import MakeInvite, Wanted
from services.accounts.models import Role
from services.checklists.models import ChecklistStep
from services.db.clock import Clock
from services.db.database import Database, make_engine
from services.db.insert import insert_once
from services.events.load_event import LoadEvent, form_of, store_materials
from services.events.queries import lock_participation
from services.events.read_event_file import read_event_file
from services.kits.settle_places import SettlePlaces
from services.practice.make_kits import MakeKits
from services.practice.order import KitOrder
from services.texts import load_texts
from tests.planted import NAME, OTHER_NAME, TOKEN

EVENT = "TEST26"
COLLEGE = "54-007"
PAGES = 2


@dataclass
class World:
    """A running product with one event, and the people of the story."""

    product: Product
    sandbox: Sandbox
    messenger: Messenger
    settings: Settings
    folder: Path
    cast: dict[str, Person] = field(default_factory=dict)

    async def person(self, name: str, role: str = "technician") -> Person:
        """Somebody new in the messenger, unknown to the bot."""
        return await self.messenger.add_person(name, role)

    async def invite(self, role: Role, **scope: str) -> str:
        """A token of a new invite."""
        database = await self.product.container.get(Database)
        async with database.transaction() as session:
            made = await MakeInvite(session, Clock())(Wanted(role, **scope), timedelta(days=1))
        return made.token

    async def technician(self, name: str = NAME, college: str = COLLEGE) -> Person:
        """A technician who has just come in by an invite link."""
        person = await self.person(name)
        await person.comes_in(await self.invite(Role.TECHNICIAN, organisation=college))
        return person

    async def coordinator(self, name: str = OTHER_NAME, region: str = "54") -> Person:
        """The region's coordinator, in by an invite link."""
        person = await self.person(name, "coordinator")
        await person.comes_in(await self.invite(Role.COORDINATOR, region=region))
        return person

    async def is_filled(self, participants: int | None = None, participation: int = 1) -> None:
        """The kits are filled, so scans are no tests from now on; and N is declared, as the steps would do it."""
        database = await self.product.container.get(Database)
        async with database.transaction() as session:
            row = await lock_participation(session, participation)
            done = {"state": "done", "done_at": Clock().now(), "evidence": {}}
            await insert_once(session, ChecklistStep, participation_id=participation, step="fill", **done)
            if participants is not None:
                row.declared = participants
                await SettlePlaces(session, Clock())(row)

    async def read(self, sql: str, **values: Any) -> list[dict[str, Any]]:
        """Rows as a second session sees them: only what is committed."""
        engine = make_engine(self.settings.database.url)
        try:
            async with engine.connect() as connection:
                return [dict(row) for row in (await connection.execute(text(sql), values)).mappings()]
        finally:
            await engine.dispose()


@asynccontextmanager
async def open_world(
    database_url: str,
    folder: Path,
    *,
    event: dict[str, Any] | None = None,
    limits: bool = False,
    tune: Callable[[Settings], None] = lambda _settings: None,
    hands_over_paths: bool = False,
) -> AsyncIterator[World]:
    """The product at work on a migrated database; `event` overrides parts of the usual event, `tune` settings."""
    server = sandbox_running(people=[], limits=limits, hands_over_paths=hands_over_paths)
    async with server as sandbox, Messenger(sandbox.url) as messenger:
        settings = settings_for(database_url, folder, sandbox.url)
        tune(settings)
        await load_event(settings, folder, event or {})
        async with running(settings) as product:
            yield World(product, sandbox, messenger, settings, folder)


@asynccontextmanager
async def restarted(world: World) -> AsyncIterator[World]:
    """The same world with the product started anew on the same database."""
    async with running(world.settings) as product:
        yield World(product, world.sandbox, world.messenger, world.settings, world.folder)


def settings_for(database_url: str, folder: Path, api_url: str) -> Settings:
    settings = load_settings(env_file=None)
    settings.telegram = type(settings.telegram)(token=TOKEN, api_url=api_url)
    settings.database.url = database_url
    settings.files.url = f"file://{folder / 'files'}"
    settings.web.port = 0
    settings.recognition.workers = 1
    return settings


async def load_event(settings: Settings, folder: Path, changes: dict[str, Any]) -> None:
    """Loads the usual event through the same reader and use case as the command line."""
    path = folder / "event.yaml"
    (folder / "manual.pdf").write_bytes(kits_pdf(1))
    path.write_text(yaml.safe_dump(event_file(changes), allow_unicode=True), encoding="utf-8")
    file = read_event_file(path)
    engine = make_engine(settings.database.url)
    store = make_store(settings.files)
    async with Database(engine).transaction() as session:
        await LoadEvent(session, Clock())(
            file, form_of(file.event.form, path), await store_materials(file, path, store)
        )
    await engine.dispose()


def event_file(changes: dict[str, Any]) -> dict[str, Any]:
    today = datetime.now(UTC).date()
    event = {
        "code": EVENT,
        "title": "Репетиция",
        "kind": "trial",
        "opens": str(today - timedelta(days=1)),
        "closes": str(today + timedelta(days=3)),
        "participants": 2,
        "require": "all",
        "form": {"practice": PAGES},
        "contacts": {"email": "help@example.org"},
        **changes,
    }
    return {
        "event": event,
        "region": {"code": "54", "name": "Учебная область", "time_zone": "Asia/Novosibirsk"},
        "colleges": [
            {"code": COLLEGE, "name": "Колледж связи № 7", "variant": 2},
            {"code": "54-012", "name": "Аграрный колледж", "variant": 2},
        ],
        "materials": [{"key": "manual", "title": "Инструкция", "file": "manual.pdf"}],
    }


def kits_pdf(kits: int, event: str = EVENT, seed: int = 1) -> bytes:
    """Practice kits for printing."""
    return MakeKits(load_texts("ru"))(KitOrder(kits=kits, pages=PAGES, event=event, seed=seed))


def scans(kits: int, *, event: str = EVENT, seed: int = 1, pdf_seed: int = 1) -> list[tuple[str, bytes]]:
    """Scans of kits, a JPEG a page, as a messenger's files."""
    how = ScanSettings(dpi=150, mode=Mode.GREY, seed=seed, form=practice_form(PAGES))
    pages = scan_pages(kits_pdf(kits, event, pdf_seed), how)
    return [(f"{number:03}.jpg", encode(page, FileFormat.JPG).data) for number, page in enumerate(pages, start=1)]
