"""Reads the kits of the colleges after an event was loaded."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from recognition.form import load_form
from recognition.pool import Pool
from services.db.clock import Clock
from services.db.database import Database
from services.events.event_file import KITS
from services.events.models import Event, Material, Participation
from services.events.queries import lock_participation
from services.files.store import FileStore
from services.kits.issued import Unfit
from services.kits.issued_reading import Reading, kept
from services.kits.read_print_file import ReadPrintFile
from services.kits.register_issued import RegisterIssued
from services.organisations.models import Organisation
from services.submissions.count_expected import CountExpected


@dataclass(frozen=True, slots=True)
class ReadMaterial:
    """One file of kits and what it gave."""

    college: str
    file_name: str
    reading: Reading | Unfit


class ReadMaterials:
    """Every college's own material with the key `kits` that was not read before, one transaction each.

    A file that cannot be taken keeps its fault and is read again by the next load.
    """

    def __init__(self, database: Database, clock: Clock, store: FileStore, pool: Pool) -> None:
        self.database = database
        self.clock = clock
        self.read = ReadPrintFile(store, pool)
        self.count_expected = CountExpected(database, clock, store, pool)

    async def __call__(self, event_code: str) -> list[ReadMaterial]:
        return [await self.one(material_id) for material_id in await self.unread(event_code)]

    async def unread(self, event_code: str) -> Sequence[int]:
        async with self.database.transaction() as session:
            materials = await session.scalars(
                select(Material)
                .join(Event, Event.id == Material.event_id)
                .where(Event.code == event_code, Material.key == KITS, Material.organisation_id.is_not(None))
                .order_by(Material.position)
            )
            return [material.id for material in materials if "kits" not in material.reading]

    async def one(self, material_id: int) -> ReadMaterial:
        async with self.database.transaction() as session:
            material = await session.get_one(Material, material_id)
            event = await session.get_one(Event, material.event_id)
            form, code, file_hash = load_form(event.form), event.code, material.file_hash
        found = await self.read(file_hash, form, code)
        async with self.database.transaction() as session:
            material = await session.get_one(Material, material_id)
            college = await session.get_one(Organisation, material.organisation_id)
            of_college = select(Participation.id).where(
                Participation.event_id == material.event_id, Participation.organisation_id == college.id
            )
            participation = await lock_participation(session, (await session.scalars(of_college)).one())
            reading = (
                found
                if isinstance(found, Unfit)
                else await RegisterIssued(session, self.clock)(participation, file_hash, found)
            )
            material.reading = kept(reading)
        if isinstance(reading, Reading):
            await self.count_expected(participation.id)
        return ReadMaterial(college.name, material.file_name, reading)
