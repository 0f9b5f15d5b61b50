"""Loading an event, again and again, on both databases."""

from pathlib import Path

import pytest

from services.db.clock import Clock
from services.db.database import Database
from services.events.load_event import LoadedEvent, LoadEvent, form_of, store_materials
from services.events.read_event_file import EventFileFault, read_event_file
from services.files.store import FileStore
from tests.events.test_event_file import GOOD
from tests.kits.college import College, page

SHARED = "  - {key: manual, title: Инструкция, file: manual.pdf}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "kits.pdf").write_bytes(b"%PDF kits")
    (tmp_path / "manual.pdf").write_bytes(b"%PDF manual")
    return tmp_path


async def load(database: Database, folder: Path, text: str = GOOD + SHARED) -> LoadedEvent:
    path = folder / "event.yaml"
    path.write_text(text, encoding="utf-8")
    file = read_event_file(path)
    form = form_of(file.event.form, path)
    stored = await store_materials(file, path, FileStore(f"file://{folder / 'files'}"))
    async with database.transaction() as session:
        return await LoadEvent(session, Clock())(file, form, stored)


async def everything(college: College) -> dict[str, list[dict[str, object]]]:
    tables = ("event", "region", "organisation", "participation", "kit", "kit_page", "membership")
    return {table: await college.read(f"SELECT * FROM {table} ORDER BY id") for table in tables}


async def test_a_first_load_makes_all_of_it(database: Database, college: College, folder: Path):
    loaded = await load(database, folder)
    assert (loaded.colleges, loaded.materials, loaded.is_new) == (1, 2, True)
    [part] = await college.read(
        "SELECT p.variant, p.declared, r.time_zone FROM participation p JOIN organisation o ON o.id = p.organisation_id"
        " JOIN region r ON r.id = o.region_id WHERE o.code = '007'"
    )
    assert part == {"variant": 2, "declared": None, "time_zone": "Asia/Novosibirsk"}
    materials = await college.read(
        "SELECT key, organisation_id IS NULL AS shared, file_name FROM material ORDER BY key"
    )
    assert [(row["key"], bool(row["shared"]), row["file_name"]) for row in materials] == [
        ("kits", False, "kits.pdf"),
        ("manual", True, "manual.pdf"),
    ]


async def test_the_same_again_changes_nothing(database: Database, college: College, folder: Path):
    await load(database, folder)
    before = await everything(college)
    assert not (await load(database, folder)).is_new
    assert await everything(college) == before


async def test_a_newer_file_updates_and_keeps_what_colleges_did(database: Database, college: College, folder: Path):
    await college.declares(3)
    await college.counts(page("1000001", 1))
    before = await everything(college)
    text = GOOD.replace("APR26", "TEST26").replace("code: 07", "code: 54").replace("code: 007", "code: 54-007")
    text = text.replace("college: 007", "college: 54-007").replace("variant: 2", "variant: 3")
    text = text.replace("title: Апробация", "title: Новое")
    await load(database, folder, text)
    after = await everything(college)
    assert after["event"][0]["title"] == "Новое"
    assert after["participation"][0]["variant"] == 3
    assert after["participation"][0]["declared"] == 3
    assert [after[table] for table in ("kit", "kit_page", "membership")] == [
        before[table] for table in ("kit", "kit_page", "membership")
    ]


async def test_colleges_left_out_keep_their_part(database: Database, college: College, folder: Path):
    await load(database, folder)
    count = len((await everything(college))["participation"])
    await load(database, folder, GOOD.split("colleges:", maxsplit=1)[0])
    assert len((await everything(college))["participation"]) == count


async def test_rules_stay_once_pages_count(database: Database, college: College, folder: Path):
    await college.counts(page("1000001", 1))
    text = GOOD.replace("APR26", "TEST26").replace("require: all", "require: answer_sheet")
    with pytest.raises(EventFileFault) as fault:
        await load(database, folder, text)
    assert (fault.value.what, fault.value.place) == ("already_counted", "event.require")
    assert (await everything(college))["event"][0]["require"] == "all"


async def test_a_college_cannot_move_to_another_region(database: Database, college: College, folder: Path):
    with pytest.raises(EventFileFault) as fault:
        await load(
            database, folder, GOOD.replace("code: 007", "code: 54-007").replace("college: 007", "college: 54-007")
        )
    assert fault.value.what == "college_of_other_region"


async def test_materials_left_out_stay_and_an_empty_list_clears(database: Database, college: College, folder: Path):
    await load(database, folder)
    await load(database, folder, GOOD.split("materials:", maxsplit=1)[0])
    assert len(await college.read("SELECT id FROM material")) == 2
    await load(database, folder, GOOD.split("materials:", maxsplit=1)[0] + "materials: []\n")
    assert await college.read("SELECT id FROM material") == []


@pytest.mark.parametrize(
    ("change", "what", "place"),
    [
        (("file: kits.pdf", "file: nope.pdf"), "no_material", "materials[1].file"),
        (("file: kits.pdf", "file: ."), "no_material", "materials[1].file"),
        (("file: kits.pdf", "file: empty.pdf"), "empty_material", "materials[1].file"),
        (("{practice: 4}", "{file: kits.pdf}"), "form", "event.form"),
        (("{practice: 4}", "{file: nope.json}"), "form", "event.form"),
    ],
)
async def test_wrong_files_are_named_before_anything_is_written(
    database: Database, college: College, folder: Path, change: tuple[str, str], what: str, place: str
):
    (folder / "empty.pdf").touch()
    with pytest.raises(EventFileFault) as fault:
        await load(database, folder, GOOD.replace(*change))
    assert fault.value.what == what
    assert fault.value.place.startswith(place)
    assert await college.read("SELECT id FROM event WHERE code = 'APR26'") == []
