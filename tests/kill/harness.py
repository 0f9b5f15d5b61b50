"""Kills the bot at random moments while technicians send files, and counts what came of it."""

import asyncio
import json
import random
import sys
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from recognition.form import practice_form
from recognition.simulator import FileFormat, Mode, ScanSettings
from recognition.simulator.write import ScanRun
from sandbox.client import Messenger, Person
from sandbox.demo.commands import Product, Serving
from sandbox.play.walk import Walk
from sandbox.server import running
from services.practice.make_kits import MakeKits
from services.practice.order import KitOrder
from services.texts import load_texts
from tests.planted import TOKEN

EVENT = "KILL26"
PAGES = 2
DPI = 150
SETTLED_WITHIN_S = 300.0


@dataclass(frozen=True)
class Plan:
    """How much is sent and how often the bot is killed; kills come `lives` seconds (from, to) after a start."""

    technicians: int
    kits_each: int
    kills: int
    lives: tuple[float, float] = (0.3, 6.0)
    seed: int = 1


@dataclass
class Outcome:
    """What a run came to. Everything is read from the database and from the chats."""

    sent: int = 0
    kills: int = 0
    submissions: int = 0
    unsettled: int = 0
    stored_files: int = 0
    files_without_bytes: int = 0
    pages_counted: int = 0
    counted_twice: int = 0
    kits_complete: int = 0
    answered: int = 0
    summaries: list[int] = field(default_factory=list)


class KillRun:
    """One run on one database, which must be migrated."""

    def __init__(self, plan: Plan, database_url: str, folder: Path) -> None:
        self.plan = plan
        self.database_url = database_url
        self.folder = folder
        self.random = random.Random(plan.seed)
        self.done_sending = asyncio.Event()

    async def __call__(self) -> Outcome:
        scans = await asyncio.to_thread(self.scans)
        outcome = Outcome(sent=sum(len(own) for own in scans))
        async with AsyncExitStack() as stack:
            sandbox = await stack.enter_async_context(running(people=[], limits=False))
            messenger = await stack.enter_async_context(Messenger(sandbox.url))
            product = Product(self.settings(sandbox.url), self.folder)
            people = await self.set_up(product, messenger)
            async with asyncio.TaskGroup() as group:
                group.create_task(self.kill_and_start(product, outcome))
                group.create_task(self.send_all(people, scans))
            bot = await product.serve()
            stack.push_async_callback(bot.stop)
            await bot.ready()
            await self.settled(outcome.sent)
            await self.count(outcome, people)
        return outcome

    def settings(self, api_url: str) -> dict[str, str]:
        return {
            "APROBOT_TELEGRAM__TOKEN": TOKEN,
            "APROBOT_TELEGRAM__API_URL": api_url,
            "APROBOT_DATABASE__URL": self.database_url,
            "APROBOT_FILES__URL": f"file://{self.folder / 'files'}",
            "APROBOT_WEB__PORT": "0",
        }

    def scans(self) -> list[list[tuple[str, bytes]]]:
        """Each technician's own pages: kit numbers differ between colleges."""
        order = KitOrder(
            kits=self.plan.technicians * self.plan.kits_each, pages=PAGES, event=EVENT, seed=self.plan.seed
        )
        how = ScanSettings(dpi=DPI, mode=Mode.GREY, seed=self.plan.seed, form=practice_form(PAGES))
        pages = list(ScanRun(MakeKits(load_texts("ru"))(order), how, FileFormat.JPG, workers=2))
        each = self.plan.kits_each * PAGES
        named = [(f"scan-{number:04}.jpg", page.data) for number, page in enumerate(pages)]
        return [named[start : start + each] for start in range(0, len(named), each)]

    async def set_up(self, product: Product, messenger: Messenger) -> list[Person]:
        """Event and colleges by the command line; people who come in by their links while nobody is killed."""
        path = self.folder / "event.yaml"
        path.write_text(yaml.safe_dump(self.event(), allow_unicode=True), encoding="utf-8")
        await product.run("events", "load", str(path))
        bot = await product.serve()
        await bot.ready()
        people = [await self.come_in(product, messenger, number) for number in range(self.plan.technicians)]
        await asyncio.gather(*(Walk(person, lambda _line: None).to("upload") for person in people))
        await bot.stop()
        return people

    async def come_in(self, product: Product, messenger: Messenger, number: int) -> Person:
        made = await product.json("invites", "make", "--role", "technician", "--organisation", f"K-{number}", "--json")
        person = await messenger.add_person(f"T{number}", "technician")
        await person.comes_in(made["token"], timeout=30)
        return person

    def event(self) -> dict[str, Any]:
        today = datetime.now(UTC).date()
        colleges = [{"code": f"K-{n}", "name": f"Колледж {n}", "variant": 2} for n in range(self.plan.technicians)]
        return {
            "event": {
                "code": EVENT,
                "title": "Репетиция",
                "kind": "trial",
                "opens": str(today - timedelta(days=1)),
                "closes": str(today + timedelta(days=2)),
                "participants": self.plan.kits_each,
                "require": "all",
                "form": {"practice": PAGES},
                "contacts": {"email": "help@example.org"},
            },
            "region": {"code": "K", "name": "Область", "time_zone": "Europe/Moscow"},
            "colleges": colleges,
        }

    async def kill_and_start(self, product: Product, outcome: Outcome) -> None:
        """Kills come at any moment of a life, also before the bot is ready."""
        while outcome.kills < self.plan.kills:
            bot: Serving = await product.serve()
            await asyncio.sleep(self.random.uniform(*self.plan.lives))
            bot.kill()
            await bot.process.wait()
            outcome.kills += 1

    async def send_all(self, people: Sequence[Person], scans: Sequence[list[tuple[str, bytes]]]) -> None:
        async with asyncio.TaskGroup() as group:
            for person, own in zip(people, scans, strict=True):
                group.create_task(self.send(person, own))

    async def send(self, person: Person, files: list[tuple[str, bytes]]) -> None:
        """Files one by one over the time of the kills."""
        span = self.plan.kills * sum(self.plan.lives) / 2
        for one in files:
            await asyncio.sleep(self.random.uniform(0, 2 * span / len(files)))
            await person.sends([one])

    async def settled(self, sent: int) -> None:
        """Returns when every file has come in and nothing is under way; otherwise the count shows what is missing."""
        deadline = time.monotonic() + SETTLED_WITHIN_S
        while time.monotonic() < deadline and (await self.came_in() < sent or await self.under_way()):
            await asyncio.sleep(0.5)

    async def came_in(self) -> int:
        return int((await self.read("SELECT count(*) AS n FROM submission"))[0]["n"])

    async def under_way(self) -> int:
        rows = await self.read(
            "SELECT (SELECT count(*) FROM submission WHERE state IN ('announced', 'stored'))"
            " + (SELECT count(*) FROM batch WHERE state = 'open')"
            " + (SELECT count(*) FROM inbox WHERE state IN ('new', 'taken'))"
            " + (SELECT count(*) FROM outbox WHERE state IN ('new', 'sending')) AS n"
        )
        return int(rows[0]["n"])

    async def count(self, outcome: Outcome, people: Sequence[Person]) -> None:
        submissions = await self.read("SELECT state, file_hash FROM submission")
        outcome.submissions = len(submissions)
        outcome.unsettled = sum(row["state"] != "checked" for row in submissions)
        hashes = {row["file_hash"] for row in submissions if row["file_hash"]}
        outcome.stored_files = len(hashes)
        outcome.files_without_bytes = sum(not (self.folder / "files" / h[:2] / h).exists() for h in hashes)
        counted = await self.read(
            "SELECT kit.number AS kit, kit_page.number AS page FROM kit_page JOIN kit ON kit.id = kit_id"
        )
        outcome.pages_counted = len(counted)
        outcome.counted_twice = len(counted) - len({(row["kit"], row["page"]) for row in counted})
        outcome.kits_complete = (await self.read("SELECT count(*) AS n FROM kit WHERE state = 'complete'"))[0]["n"]
        summaries = await self.read(
            "SELECT chat_id, count(*) AS n FROM outbox WHERE key LIKE 'summary-%' AND state = 'sent' GROUP BY chat_id"
        )
        outcome.summaries = [row["n"] for row in summaries]
        wanted = f"{self.plan.kits_each} из {self.plan.kits_each}"
        outcome.answered = sum([await person.receives(wanted) > 0 for person in people])

    async def read(self, sql: str) -> list[dict[str, Any]]:
        engine = create_async_engine(self.database_url)
        try:
            async with engine.connect() as connection:
                return [dict(row) for row in (await connection.execute(text(sql))).mappings()]
        finally:
            await engine.dispose()


async def main(url: str, folder: str, kills: str) -> None:
    plan = Plan(technicians=10, kits_each=10, kills=int(kills))
    outcome = await KillRun(plan, url, Path(folder))()
    sys.stdout.write(json.dumps(outcome.__dict__) + "\n")


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:4]))
