"""Loads an event with its region, colleges and materials."""

import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from recognition.form import FormError, form_to_json, load_form, practice_form
from services.db.clock import Clock
from services.events.event_file import KITS, College, EventFile, FormPart, MaterialPart, beside
from services.events.models import Event, Material, Participation
from services.events.read_event_file import EventFileFault
from services.files.remember import remember_stored
from services.files.store import FileStore, StoredFile
from services.kits.models import Kit
from services.organisations.models import Organisation, Region

SENT = "sent."
"""Begins the keys of materials that a coordinator has sent; no key of an event's file can begin so."""

MOST_MATERIAL_BYTES = 50_000_000
"""What Telegram's cloud lets a bot send."""


@dataclass(frozen=True, slots=True)
class LoadedEvent:
    """What stands in the database after a load."""

    code: str
    colleges: int
    materials: int
    is_new: bool


class LoadEvent:
    """Writes an event's file into the database. Loading the same file again changes nothing.

    A newer file updates titles, windows, contacts, variants and materials. Colleges that it no longer names keep their
    part and all that they sent. Raises EventFileFault where the file contradicts what is there.
    """

    def __init__(self, session: AsyncSession, clock: Clock) -> None:
        self.session = session
        self.clock = clock

    async def __call__(
        self, file: EventFile, form: dict[str, Any], stored: Mapping[MaterialPart, StoredFile]
    ) -> LoadedEvent:
        region = await self.region(file)
        event, is_new = await self.event(file, form)
        colleges = {part.code: await self.college(event, region, part) for part in file.colleges}
        if file.materials is not None or stored:
            await self.materials(event, colleges, stored, only=None if file.materials is not None else KITS)
        await self.session.flush()
        return LoadedEvent(event.code, len(colleges), len(stored), is_new)

    async def region(self, file: EventFile) -> Region:
        part = file.region
        region = await self.session.scalar(select(Region).where(Region.code == part.code).with_for_update())
        if region is None:
            region = Region(code=part.code)
            self.session.add(region)
        region.name, region.time_zone = part.name, part.time_zone
        await self.session.flush()
        return region

    async def event(self, file: EventFile, form: dict[str, Any]) -> tuple[Event, bool]:
        part = file.event
        event = await self.session.scalar(select(Event).where(Event.code == part.code).with_for_update())
        is_new = event is None
        if event is None:
            event = Event(code=part.code, contacts={})
            self.session.add(event)
        else:
            await self.refuse_new_rules(event, file, form)
        event.title, event.kind, event.require, event.form = part.title, part.kind, part.require, form
        event.opens_at, event.closes_at = file.window()
        event.default_participants = part.participants
        event.contacts = contacts_of(file, event.contacts)
        await self.session.flush()
        return event, is_new

    async def refuse_new_rules(self, event: Event, file: EventFile, form: dict[str, Any]) -> None:
        """Pages already counted were judged by the event's form and rules: they cannot change beneath them."""
        changed = {"require": event.require != file.event.require, "form": event.form != form}
        if not any(changed.values()):
            return
        if await self.session.scalar(select(Kit.id).where(Kit.event_id == event.id).limit(1)) is not None:
            raise EventFileFault("already_counted", "event." + next(key for key, new in changed.items() if new))

    async def college(self, event: Event, region: Region, part: College) -> Organisation:
        college = await self.session.scalar(select(Organisation).where(Organisation.code == part.code))
        if college is None:
            college = Organisation(code=part.code, region_id=region.id)
            self.session.add(college)
        elif college.region_id != region.id:
            raise EventFileFault("college_of_other_region", "colleges", found=part.code)
        college.name = part.name
        await self.session.flush()
        await self.participation(event, college, part.variant)
        return college

    async def participation(self, event: Event, college: Organisation, variant: int) -> None:
        found = await self.session.scalar(
            select(Participation)
            .where(Participation.event_id == event.id, Participation.organisation_id == college.id)
            .with_for_update()
        )
        if found is None:
            self.session.add(Participation(event_id=event.id, organisation_id=college.id, variant=variant))
        else:
            found.variant = variant

    async def materials(
        self,
        event: Event,
        colleges: Mapping[str, Organisation],
        stored: Mapping[MaterialPart, StoredFile],
        only: str | None,
    ) -> None:
        """Replaces the shared materials and those of the colleges in this file, or those of one key `only`.

        Other colleges' stay, and so do kits that a coordinator has sent. What was read of a file is not read again.
        """
        read = await self.take_away(event, colleges, stored, only)
        for position, (part, file) in enumerate(stored.items(), start=1):
            media_type = mimetypes.guess_type(part.file)[0] or "application/octet-stream"
            await remember_stored(self.session, self.clock, file, media_type)
            self.session.add(
                Material(
                    event_id=event.id,
                    organisation_id=colleges[part.college].id if part.college else None,
                    key=part.key,
                    title=part.title,
                    position=position,
                    file_name=Path(part.file).name[-200:],
                    file_hash=file.hash,
                    reading=read.get((part.key, part.college, file.hash), {}),
                )
            )

    async def take_away(
        self,
        event: Event,
        colleges: Mapping[str, Organisation],
        stored: Mapping[MaterialPart, StoredFile],
        only: str | None,
    ) -> dict[tuple[str, str | None, str], dict[str, Any]]:
        """Deletes the rows that the file's take the place of; their readings by key, college and file."""
        codes = {college.id: code for code, college in colleges.items()}
        renewed = {(part.key, part.college) for part in stored}
        of_event = select(Material).where(Material.event_id == event.id, Material.key.not_like(f"{SENT}%"))
        mine = or_(Material.organisation_id.is_(None), Material.organisation_id.in_(codes))
        read = {}
        for row in await self.session.scalars(of_event.where(mine)):
            code = codes.get(row.organisation_id) if row.organisation_id is not None else None
            read[row.key, code, row.file_hash] = row.reading
            if only is None or (row.key, code) in renewed:
                await self.session.delete(row)
        await self.session.flush()
        return read


def contacts_of(file: EventFile, before: Mapping[str, Any]) -> dict[str, Any]:
    """Support's contacts, and each region's coordinator: an event may be loaded region by region."""
    coordinators = dict(before.get("coordinators", {}))
    coordinators.pop(file.region.code, None)
    if file.region.coordinator is not None:
        coordinators[file.region.code] = file.region.coordinator.model_dump(exclude_none=True)
    return {**file.event.contacts.model_dump(exclude_none=True), "coordinators": coordinators}


def form_of(part: FormPart, source: Path) -> dict[str, Any]:
    """The event's form as JSON. Raises EventFileFault where its file is no form."""
    try:
        form = practice_form(part.practice) if part.practice else load_form(beside(source, part.file or ""))
    except FormError as error:
        where = f"event.form → {error.where}" if error.where else "event.form"
        raise EventFileFault("form", where, fault=error.fault.value) from error
    return form_to_json(form)


async def store_materials(
    file: EventFile, source: Path, store: FileStore, kits_title: str = KITS
) -> dict[MaterialPart, StoredFile]:
    """Puts all materials into the file store, outside of any transaction. Raises EventFileFault.

    `kits_title` is what the colleges' kits are called where the file does not say it.
    """
    parts = file.handouts(kits_title)
    for place, part in parts.items():
        prove_material(beside(source, part.file), part, place)
    return {part: await store.put(beside(source, part.file)) for part in parts.values()}


def prove_material(path: Path, part: MaterialPart, place: str) -> None:
    try:
        size = path.stat().st_size
        with path.open("rb"):
            pass
    except OSError as error:
        raise EventFileFault("no_material", place, found=part.file) from error
    if size == 0:
        raise EventFileFault("empty_material", place, found=part.file)
    if size > MOST_MATERIAL_BYTES:
        raise EventFileFault("large_material", place, found=part.file, limit=MOST_MATERIAL_BYTES // 1_000_000)
