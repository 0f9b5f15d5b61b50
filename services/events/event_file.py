"""The file that describes an event, its region, its colleges and its materials: what may stand in it."""

from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

LAST_SECOND = time(23, 59, 59)
KITS = "kits"
"""The key of the material that is a college's own kits."""


def known_zone(name: str) -> str:
    if name not in available_timezones():
        raise PydanticCustomError("unknown_zone", "unknown zone")
    return name


def moment_or_day(text: Any) -> Any:
    """A day alone stays a day: what it means depends on whether something opens or closes on it."""
    if not isinstance(text, str):
        return text
    return date.fromisoformat(text) if len(text) == len("2026-08-23") else datetime.fromisoformat(text)


Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
ShortWords = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Code = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z][0-9A-Za-z_.-]{0,31}$")]
EventCode = Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]{2,12}$")]
"""The symbols of the practice kits carry it, and they know only these letters."""
Zone = Annotated[str, AfterValidator(known_zone)]
When = Annotated[datetime | date, BeforeValidator(moment_or_day)]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,63}$")]


class Part(BaseModel):
    """A part of the file; a key that we do not know is a slip of the pen, so it is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Coordinator(Part):
    """Whom a college asks in its region, as far as it may be told to every college."""

    name: ShortWords
    phone: ShortWords | None = None
    email: ShortWords | None = None


class RegionPart(Part):
    """A region; its coordinator's contacts belong to the event, because they change with it."""

    code: Code
    name: ShortWords
    time_zone: Zone
    coordinator: Coordinator | None = None


class Contacts(Part):
    """Support's address and portal."""

    email: ShortWords
    portal: ShortWords | None = None


class FormPart(Part):
    """The practice form with so many pages a kit, or another form's file."""

    practice: Annotated[int, Field(ge=1, le=99)] | None = None
    file: ShortWords | None = None

    @model_validator(mode="after")
    def one_of_both(self) -> Self:
        if (self.practice is None) == (self.file is None):
            raise PydanticCustomError("one_form", "practice or file")
        return self


class EventPart(Part):
    """One rehearsal or real run. A window without a zone of its own is in the region's zone."""

    code: EventCode
    title: Words
    kind: Literal["trial", "real"]
    opens: When
    closes: When
    time_zone: Zone | None = None
    participants: Annotated[int, Field(ge=1, le=2000)] = 10
    require: Literal["answer_sheet", "answer_sheet+1", "all"]
    form: FormPart
    contacts: Contacts


class College(Part):
    """A college of the region, the variant it was assigned, and the PDF of the kits that it alone prints."""

    code: Code
    name: Words
    variant: Annotated[int, Field(ge=1, le=4)]
    kits: ShortWords | None = None


class MaterialPart(Part):
    """A file to hand out: to all colleges, or to one where `college` is given."""

    key: Key
    title: Words
    file: ShortWords
    college: Code | None = None


class EventFile(Part):
    """The whole file. `materials` left out leaves those loaded before as they are."""

    event: EventPart
    region: RegionPart
    colleges: tuple[College, ...] = ()
    materials: tuple[MaterialPart, ...] | None = None

    @model_validator(mode="after")
    def consistent(self) -> Self:
        opens, closes = self.window()
        if opens >= closes:
            raise slip("window_backwards", ("event", "closes"))
        refuse_twice("colleges", "code", [college.code for college in self.colleges])
        refuse_twice("materials", "key", [(item.key, item.college) for item in self.materials or ()])
        known = {college.code for college in self.colleges}
        self.refuse_kits_twice()
        for number, item in enumerate(self.materials or ()):
            if item.college is not None and item.college not in known:
                raise slip("unknown_college", ("materials", number, "college"), found=item.college)
        return self

    def refuse_kits_twice(self) -> None:
        """A college's kits stand beside it or among the materials, not in both places."""
        beside_college = {college.code for college in self.colleges if college.kits is not None}
        for number, item in enumerate(self.materials or ()):
            if item.key == KITS and item.college in beside_college:
                raise slip("twice", ("materials", number, "key"))

    def handouts(self, kits_title: str) -> dict[str, MaterialPart]:
        """All materials by their place in the file, those of the colleges' kits last."""
        found = {f"materials[{number}].file": item for number, item in enumerate(self.materials or (), start=1)}
        for number, college in enumerate(self.colleges, start=1):
            if college.kits is not None:
                item = MaterialPart(key=KITS, title=kits_title, file=college.kits, college=college.code)
                found[f"colleges[{number}].kits"] = item
        return found

    def window(self) -> tuple[datetime, datetime]:
        """When the event opens and closes. A day alone means from its first second, or to its last one."""
        zone = ZoneInfo(self.event.time_zone or self.region.time_zone)
        return in_zone(self.event.opens, time.min, zone), in_zone(self.event.closes, LAST_SECOND, zone)


def in_zone(when: datetime | date, of_day: time, zone: ZoneInfo) -> datetime:
    if not isinstance(when, datetime):
        when = datetime.combine(when, of_day)
    return when if when.tzinfo else when.replace(tzinfo=zone)


def refuse_twice(section: str, name: str, keys: Sequence[Any]) -> None:
    for number, key in enumerate(keys):
        if key in keys[:number]:
            raise slip("twice", (section, number, name))


def slip(fault: str, where: tuple[str | int, ...], **values: Any) -> PydanticCustomError:
    """A fault between parts of the file; pydantic itself would blame the file as a whole."""
    return PydanticCustomError(fault, "{where}", {"where": where, **values})


def beside(file: Path, name: str) -> Path:
    """A file named in the event's file: relative to it."""
    return (file.parent / name).resolve()
