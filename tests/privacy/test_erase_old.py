"""What people were promised to have erased is erased, and nothing else."""

from datetime import timedelta
from pathlib import Path

from sqlalchemy import select, update

from services.conversation.screen import Screen
from services.events.models import Event, Participation
from services.files.models import File
from services.files.store import FileStore
from services.kits.models import Comparison
from services.outbox.models import OutboxMessage, OutboxState
from services.outbox.outbox import Chat, Outbox
from services.privacy.erase_old import EraseOld
from services.privacy.terms import Terms
from services.submissions.models import Page, Submission
from services.tickets.open_ticket import OpenTicket
from tests.kits.college import BOT, START, College, kit
from tests.planted import MESSAGE

DAYS = 30
CLOSED_AFTER = 2
"""Days from START until the event's window closes."""


async def store_in(folder: Path) -> FileStore:
    return FileStore(f"file://{folder / 'files'}")


async def sends(college: College, store: FileStore, name: str, content: bytes, picture: bytes) -> str:
    """A checked file of the college with a picture of its first page; the file's hash."""
    stored, shown = await store.put(content), await store.put(picture)
    await college.counts(*kit(name))
    async with college.database.transaction() as session:
        for one in (stored, shown):
            await session.merge(File(hash=one.hash, size=one.size, media_type="x", stored_at=START))
        await session.flush()
        latest = select(Submission).order_by(Submission.id.desc()).limit(1)
        submission = (await session.scalars(latest)).one()
        submission.file_hash, submission.state, submission.name = stored.hash, "checked", f"{name}.pdf"
        pages = update(Page).where(Page.submission_id == submission.id)
        await session.execute(pages.values(picture_hash=shown.hash))
    return stored.hash


async def asks(college: College) -> None:
    async with college.database.transaction() as session:
        outbox = Outbox(session, college.clock)
        await OpenTicket(session, college.clock, outbox)(
            college.technician, "question", participation_id=college.participation, subject={}, text=MESSAGE
        )
        await outbox.say(Chat(BOT, 5), Screen("сказанное"))
        settled = {"state": OutboxState.SENT, "settled_at": college.clock.now()}
        await session.execute(update(OutboxMessage).values(**settled))


async def compares(college: College, store: FileStore, *pictures: bytes) -> None:
    """Two of the college's pages were compared, and the differences drawn."""
    stored = [await store.put(picture) for picture in pictures]
    async with college.database.transaction() as session:
        for one in stored:
            await session.merge(File(hash=one.hash, size=one.size, media_type="x", stored_at=START))
        await session.flush()
        first, second = (await session.scalars(select(Page.id).order_by(Page.id).limit(2))).all()
        drawn = {"first_picture": stored[0].hash, "second_picture": stored[1].hash}
        session.add(Comparison(first_id=first, second_id=second, likeness="different", score=0.1, **drawn))


async def younger(college: College) -> College:
    """The same college in an event that is still open."""
    async with college.database.transaction() as session:
        old = await session.get_one(Event, college.event)
        event = Event(
            code="NEW",
            title="Вторая",
            kind="trial",
            opens_at=START,
            closes_at=START + timedelta(days=400),
            default_participants=1,
            require=old.require,
            form=old.form,
            contacts={},
        )
        session.add(event)
        await session.flush()
        part = Participation(event_id=event.id, organisation_id=college.organisation, variant=2)
        session.add(part)
        await session.flush()
        other = College(
            college.database, college.clock, college.jobs, event.id, college.region, college.organisation, part.id
        )
        other.technician, other.files = college.technician, 500
        return other


async def test_after_the_days_that_were_promised_contents_go_and_figures_stay(college: College, tmp_path: Path) -> None:
    store = await store_in(tmp_path)
    erase = EraseOld(college.database, college.clock, store, Terms(DAYS))
    old = await sends(college, store, "1047", b"old scan", b"old picture")
    shared = await sends(college, store, "1048", b"shared scan", b"shared picture")
    new = await younger(college)
    assert await sends(new, store, "1049", b"shared scan", b"young picture") == shared
    await asks(college)
    await compares(college, store, b"differences drawn", b"differences drawn too")

    college.clock.passes((CLOSED_AFTER + DAYS) * 86400 - 1)
    assert await erase() == 0
    assert await store.get(old) == b"old scan"

    college.clock.passes(2)
    assert await erase() == 2
    assert await erase() == 0
    assert not await store.is_there(old)
    assert await store.get(shared) == b"shared scan"
    assert sum(path.is_file() for path in (tmp_path / "files").rglob("*")) == 2
    names = await college.read("SELECT name, participation_id FROM submission ORDER BY id")
    assert [row["name"] for row in names] == ["", "", "1049.pdf"]
    assert MESSAGE not in str(await college.read("SELECT * FROM ticket_message"))
    assert {str(row["screen"]) for row in await college.read("SELECT screen FROM outbox")} <= {"{}"}
    assert len(await college.read("SELECT id FROM kit")) == 2
    assert {row["verdict"] for row in await college.read("SELECT verdict FROM page")} == {"ok"}


async def test_what_is_still_open_is_left_alone(college: College, tmp_path: Path) -> None:
    store = await store_in(tmp_path)
    await sends(college, store, "1047", b"scan", b"picture")
    await asks(college)
    assert await EraseOld(college.database, college.clock, store, Terms(1))() == 0
    assert MESSAGE in str(await college.read("SELECT * FROM ticket_message"))
