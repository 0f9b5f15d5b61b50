"""The jobs of this feature with real files, a real database and real recognition; only the messenger is by hand."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from recognition.form import practice_form
from recognition.pool import Pool
from recognition.report import FileReport
from recognition.sheets import Comparison
from recognition.simulator import FileFormat, Mode, ScanSettings, encode, scan_pages
from services.accounts.models import Person
from services.conversation.screen import Screen, from_json
from services.files.store import FileStore
from services.outbox.outbox import Outbox
from services.outbox.queue import OutboxQueue
from services.practice.make_kits import MakeKits
from services.practice.order import KitOrder
from services.submissions.check_file import CheckFile
from services.submissions.close_batch import CloseBatch
from services.submissions.fetch_file import FetchFile
from services.submissions.origin import Origin
from services.submissions.progress import Progress
from services.submissions.receipt import DOCUMENT, IncomingFile, Received
from services.submissions.receive_file import ReceiveFile
from services.submissions.settle import Settle
from services.texts import load_texts
from tests.kits.college import BOT, EVENT, College
from tests.submissions.html import visible


@dataclass
class Desk:
    """What a messenger keeps: bytes by the id that it gave them, or what it answers instead."""

    files: dict[str, bytes | Exception | list[Exception | bytes]] = field(default_factory=dict)
    fetched: list[str] = field(default_factory=list)

    async def download(self, bot_id: int, remote_id: str, destination: Path) -> None:
        assert bot_id == BOT
        self.fetched.append(remote_id)
        answer = self.files[remote_id]
        if isinstance(answer, list):
            answer = answer.pop(0)
        if isinstance(answer, Exception):
            raise answer
        destination.write_bytes(answer)


@dataclass
class Room:
    """One college with the jobs that serve it."""

    college: College
    desk: Desk
    store: FileStore
    kinds: dict[str, Any]
    sent: int = 0

    async def sends(
        self,
        content: Any,
        name: str = "scan.jpg",
        *,
        kind: str = DOCUMENT,
        size: int | None = None,
        person: Person | None = None,
        opened: int | None = None,
    ) -> Received:
        """A person sends one file; the update's transaction is over when this returns."""
        self.sent += 1
        self.desk.files[f"r{self.sent}"] = content
        return await self.again(self.sent, name, kind=kind, size=size, person=person, opened=opened)

    async def again(
        self,
        number: int,
        name: str = "scan.jpg",
        *,
        kind: str = DOCUMENT,
        size: int | None = None,
        person: Person | None = None,
        opened: int | None = None,
    ) -> Received:
        """The update of an earlier file once more."""
        someone = person or await self.college.person()
        origin = Origin(BOT, 900 + someone.id, number)
        async with self.college.database.transaction() as session:
            progress = Progress(session, Outbox(session, self.college.clock))
            receive = ReceiveFile(session, self.college.clock, self.college.jobs, progress)
            return await receive(someone, IncomingFile(origin, f"r{number}", kind, name, size), opened)

    async def works(self, *names: str) -> None:
        """Lets jobs run, those of these names or all."""
        await self.college.jobs.run({name: self.kinds[name] for name in names or self.kinds})

    async def delivers(self) -> None:
        """The messenger takes everything that waits."""
        queue = OutboxQueue(self.college.database, self.college.clock, self.college.jobs, "slot-1")  # type: ignore[arg-type]
        for row in await self.college.read("SELECT id FROM outbox WHERE state = 'new' ORDER BY id"):
            await queue.sent(row["id"], 50)

    async def told(self, person: int | None = None) -> list[Screen]:
        """What waits in the outbox for a person, oldest first, without what has become stale."""
        rows = await self.college.read(
            "SELECT screen FROM outbox WHERE chat_id = :c AND state = 'new' ORDER BY id",
            c=900 + (person or self.college.technician),
        )
        return [from_json(as_json(row["screen"])) for row in rows]

    async def words(self) -> list[str]:
        return [visible(screen.text) for screen in await self.told()]

    async def summary(self) -> str:
        """The last message, without the no-break spaces."""
        return (await self.words())[-1].replace("\u00a0", " ")


def as_json(value: Any) -> Any:
    import json  # noqa: PLC0415 (SQLite hands JSON back as text, PostgreSQL parsed)

    return json.loads(value) if isinstance(value, str) else value


class LatePool:
    """Recognition that is started by the first file that needs it: many tests need none."""

    def __init__(self) -> None:
        self.pool: Pool | None = None

    async def check(self, *arguments: Any, **options: Any) -> FileReport:
        return await (await self.started()).check(*arguments, **options)

    async def compare(self, *arguments: Any) -> list[Comparison]:
        return await (await self.started()).compare(*arguments)

    async def started(self) -> Pool:
        if self.pool is None:
            self.pool = Pool(1)
            await self.pool.start()
        return self.pool

    async def close(self) -> None:
        if self.pool is not None:
            await self.pool.close()


@asynccontextmanager
async def open_room(college: College, folder: Path) -> AsyncIterator[Room]:
    """The jobs, with a pool of one child."""
    await college.fills()
    desk, store = Desk(), FileStore(f"file://{folder / 'files'}")
    settle = Settle(college.database, college.clock, college.jobs)
    pool = LatePool()
    kinds = {
        "fetch_file": FetchFile(college.database, college.clock, store, desk, settle),  # type: ignore[arg-type]
        "check_file": CheckFile(college.database, college.clock, store, pool, settle),  # type: ignore[arg-type]
        "close_batch": CloseBatch(college.database, college.clock, college.jobs),
    }
    yield Room(college, desk, store, kinds)
    await pool.close()


def scans(kits: int, pages: int = 4, *, seed: int = 1, hand: int | None = None, scan: int | None = None) -> list[bytes]:
    """One JPEG a page, kit after kit. `hand` is who has filled this print, `scan` tells scans of one stack apart."""
    pdf = MakeKits(load_texts("ru"))(KitOrder(kits=kits, pages=pages, event=EVENT, seed=seed))
    how = ScanSettings(dpi=150, mode=Mode.GREY, seed=scan or seed, hand=hand, form=practice_form(pages))
    return [encode(page, FileFormat.JPG).data for page in scan_pages(pdf, how)]
