"""Every button of a college's questions, kits and tickets, pressed by people who have no business there."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from sandbox.client import Person
from services.accounts.models import Account, Membership, Role
from services.accounts.models import Person as Somebody
from services.db.clock import Clock
from services.db.database import Database
from services.events.models import Participation
from services.organisations.models import Region
from services.reviews.show_review import ShowReview
from tests.kits.college import College, HandJobs, SetClock, bad_page, kit, page
from tests.planted import NAME, OTHER_NAME
from tests.reviews.desk import conflicts, kit_id
from tests.wired.world import World, open_world

OWN = "Колледж связи № 7"
SECRETS = (OWN, "1047", "scan-1.pdf", NAME)
"""What nobody else may read."""

LEFT_ALONE = ("review", "kit", "kit_page", "sheet", "page", "ticket", "ticket_message", "material", "notice")


@pytest.fixture
async def world(sqlite_url: str, tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(sqlite_url, tmp_path) as opened:
        yield opened


async def college_of(world: World) -> College:
    """The college of the story by its rows, with a conflict, a kit, a page that nobody can name and a ticket."""
    database = await world.product.container.get(Database)
    clock = SetClock()
    clock.at = Clock().now()
    college = College(database, clock, HandJobs(clock))
    async with database.transaction() as session:
        part = await session.get_one(Participation, 1)
        college.event, college.organisation, college.participation = part.event_id, part.organisation_id, part.id
        college.technician = (await session.scalars(select(Somebody.id).where(Somebody.name == NAME))).one()
        college.region = (await session.scalars(select(Region.id))).one()
    await college.declares(2)
    await college.counts(*kit("1047", 2), bad_page(2))
    await college.counts(page("1047", 1, pages=2), likeness="different")
    return college


async def strangers(world: World) -> list[Person]:
    """One of each kind: of another college, of another region, of support elsewhere, whose role is revoked, nobody."""
    database = await world.product.container.get(Database)
    async with database.transaction() as session:
        session.add(Region(code="77", name="Другая область", time_zone="Europe/Moscow"))
    came = [
        await world.technician("Чужой Техник", college="54-012"),
        await world.coordinator("Чужой Координатор", region="77"),
    ]
    support = await world.person("Чужая Поддержка")
    await support.comes_in(await world.invite(Role.SUPPORT, region="77"))
    left = await world.technician("Бывший Техник")
    async with database.transaction() as session:
        of_left = select(Account.person_id).where(Account.external_id == left.id)
        await session.execute(
            update(Membership).where(Membership.person_id.in_(of_left)).values(revoked_at=Clock().now())
        )
    nobody = await world.person("Никто")
    await nobody.says("/start")
    await nobody.waits_for(lambda message: message.from_bot)
    return [*came, support, left, nobody]


async def presses(college: College, review: int) -> list[str]:
    """Each button as its rightful owner would have it."""
    async with college.database.transaction() as session:
        coordinator = (await session.scalars(select(Somebody).where(Somebody.name == OTHER_NAME))).one()
        seen = (await ShowReview(session)(coordinator, 1, review)).seen
    kit = await kit_id(college, "1047")
    page_id = (await college.read("SELECT id FROM page WHERE kit_number IS NULL"))[0]["id"]
    ticket = (await college.read("SELECT max(id) AS id FROM ticket"))[0]["id"]
    return [
        "college|1|",
        "region|0|1.all.0",
        "region|0|1",
        f"review|1|{review}",
        "reviews|1|open.0",
        "reviews|1|done.0",
        "kits_here|1|k.0",
        f"why|1|r{review}.k1.{seen}",
        f"decide|1|r{review}.k1.{seen}.1",
        f"why|1|k{kit}.y.",
        f"decide|1|k{kit}.y..1",
        "why|1|n3.y.",
        "decide|1|n3.y..1",
        "decide|1|o0.y..1",
        f"alike|1|{review}",
        f"take_back|1|{review}",
        "number|1|",
        "print_file|1|",
        f"ask_accept|1|p{page_id}",
        f"accept_which|1|p{page_id}",
        f"name_page|1|p{page_id}",
        "ask_number|1|",
        "kits_picture|1|",
        "steps|1|",
        "step|1|scan",
        "done|1|print",
        "finish|1|",
        "finish_now|1|",
        "told_myself|1|",
        "participants|1|2",
        "materials|1|",
        "upload|1|",
        "bad_pages|1|1.0",
        "ticket|1|",
        "ticket|1|step.scan",
        f"ticket_open|0|{ticket}",
        f"ticket_words|0|{ticket}",
        f"ticket_close|0|{ticket}",
        "home|1|",
    ]


async def state(world: World) -> dict[str, list[dict[str, Any]]]:
    found = {table: await world.read(f"SELECT * FROM {table} ORDER BY 1") for table in LEFT_ALONE}
    found["participation"] = await world.read("SELECT * FROM participation WHERE id = 1")
    found["awaited"] = await world.read("SELECT * FROM awaited WHERE participation_id = 1")
    return found


@pytest.mark.nightly
async def test_nobody_else_learns_or_changes_anything(world: World) -> None:
    await world.technician()
    owner = await world.coordinator()
    college = await college_of(world)
    review = await conflicts(college)
    people = await strangers(world)
    rightful = await presses(college, review)
    card = await owner.waits_for(lambda message: bool(message.labels()), since="start")
    await owner.presses_data(card.id, f"review|1|{review}")
    await owner.waits_for("1047")
    before = await state(world)
    for person in people:
        card = await person.last()
        assert card is not None
        for data in rightful:
            await person.presses_data(card.id, data)
        shown = [message.text for message in await person.messages() if message.from_bot]
        leaked = [text for text in shown for secret in SECRETS if secret in text]
        assert not leaked, (person.name, leaked)
    assert await state(world) == before
