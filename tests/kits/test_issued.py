"""Kits that a college was given to print: read from the file, expected from it and nobody else."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from recognition.codes import FileError, PageQr, Verdict
from recognition.form import practice_form
from recognition.pool import Pool
from recognition.report import FileReport, PageReport
from services.events.models import Participation
from services.events.queries import lock_participation
from services.files.models import File
from services.files.store import FileStore
from services.kits.issued import PrintFault, PrintFile, Unfit, read_print
from services.kits.issued_reading import Reading
from services.kits.queries import kit_counts
from services.kits.register_issued import RegisterIssued
from services.submissions.count_expected import CountExpected
from tests.kits.college import EVENT, HASH, College, kit

FORM = practice_form(4)


def report(*pages: PageReport) -> FileReport:
    return FileReport(tuple(replace(page, index=at) for at, page in enumerate(pages)))


COVER = PageReport(0, Verdict.FOREIGN, PageQr.MISSING)
OTHER = [replace(page, event="APR99") for page in kit("1047")]


def test_the_kits_of_a_file_are_read_in_the_order_of_their_numbers():
    read = read_print(report(COVER, *kit("1048"), *kit("999")), FORM, EVENT)
    assert read == PrintFile({"999": 4, "1048": 4})
    assert isinstance(read, PrintFile)
    assert read.numbers == ["999", "1048"]


@pytest.mark.parametrize(
    ("pages", "fault", "named"),
    [
        ([COVER], PrintFault.NO_SYMBOLS, {"pages": 1}),
        (OTHER, PrintFault.OTHER_EVENT, {"found": "APR99"}),
        ([*kit("1047"), *kit("1048")[:2]], PrintFault.PAGES_MISSING, {"kit": "1048", "pages": "3, 4"}),
        ([*kit("1047"), *kit("1047")[:1]], PrintFault.PAGES_TWICE, {"kit": "1047", "page": 1}),
    ],
)
def test_a_file_that_is_not_sound_gives_nothing_and_says_why(
    pages: list[PageReport], fault: PrintFault, named: dict[str, object]
):
    unfit = read_print(report(*pages), FORM, EVENT)
    assert isinstance(unfit, Unfit)
    assert (unfit.fault, unfit.values | named) == (fault, unfit.values)


def test_a_file_that_cannot_be_opened_says_what_recognition_says():
    unfit = read_print(FileReport(error=FileError.ENCRYPTED_PDF), FORM, EVENT)
    assert unfit == Unfit(PrintFault.UNREADABLE, {"error": "encrypted_pdf", "detail": {}})


async def register(college: College, *numbers: str, print_hash: str = HASH) -> Reading | Unfit:
    async with college.database.transaction() as session:
        participation = await lock_participation(session, college.participation)
        return await RegisterIssued(session, college.clock)(
            participation, print_hash, PrintFile(dict.fromkeys(numbers, 4))
        )


async def unseen(college: College) -> tuple[str, ...]:
    async with college.database.transaction() as session:
        return (await kit_counts(session, await session.get_one(Participation, college.participation))).unseen


async def test_missing_numbers_are_named_and_unknown_ones_are_told(college: College):
    reading = await register(college, "1047", "1048")
    assert reading == Reading(("1047", "1048"), issued=2, participants=None)
    assert await unseen(college) == ("1047", "1048")
    assert await college.counts(*kit("1047"), *kit("1099")) == ["counted"] * 4 + ["unknown_kit"] * 4
    assert await unseen(college) == ("1048",)


async def test_of_two_colleges_that_register_one_number_at_once_one_is_told(college: College):
    other = await college.neighbour()
    mine, theirs = [str(1000 + at) for at in range(20)], [str(1019 + at) for at in range(20)]
    given = await asyncio.gather(register(college, *mine), register(other, *theirs, print_hash=HASH))
    (unfit,) = [one for one in given if isinstance(one, Unfit)]
    assert (unfit.fault, unfit.values["kit"]) == (PrintFault.OTHER_COLLEGE, "1019")
    issued = await college.read("SELECT DISTINCT participation_id FROM issued_kit")
    assert len(issued) == 1, "nothing of the other file is expected"


async def test_another_colleges_numbers_are_stopped_with_its_name(college: College):
    other = await college.neighbour()
    await register(college, "1047")
    assert await other.counts(*kit("1047")) == ["other_college"] * 4
    unfit = await register(other, "1046", "1047")
    assert isinstance(unfit, Unfit)
    assert (unfit.fault, unfit.values["college"]) == (PrintFault.OTHER_COLLEGE, "Колледж связи № 7")
    assert len(await college.read("SELECT id FROM issued_kit")) == 1, "nothing of an unfit file is taken"


async def test_the_same_file_again_changes_nothing_and_another_one_adds(college: College):
    await college.has_file("b" * 64)
    assert await register(college, "1047") == await register(college, "1047")
    more = await register(college, "1048", print_hash="b" * 64)
    assert isinstance(more, Reading)
    assert (more.numbers, more.issued) == (("1048",), 2)
    twice = await register(college, "1047", print_hash="b" * 64)
    assert isinstance(twice, Unfit)
    assert twice.fault == PrintFault.PRINTED_BEFORE


async def test_kits_scanned_before_their_list_came_stay_and_are_named(college: College):
    await college.declares(2)
    await college.counts(*kit("1099"))
    other = await college.neighbour()
    await other.counts(*kit("1048"))
    reading = await register(college, "1047", "1048")
    assert reading == Reading(("1047", "1048"), 2, participants=2, not_issued=("1099",), elsewhere=("1048",))
    assert (await college.kits())["1099"][0] == "complete"


async def test_pages_that_came_before_their_file_count_when_it_comes(college: College, tmp_path: Path):
    await college.declares(2)
    await register(college, "1047")
    assert await college.counts(*kit("1048")) == ["unknown_kit"] * 4
    async with college.database.transaction() as session:
        session.add(File(hash="b" * 64, size=1, media_type="application/pdf", stored_at=college.clock.now()))
    await register(college, "1048", print_hash="b" * 64)
    pool = Pool(1)  # never started: there is nothing to compare
    count = CountExpected(college.database, college.clock, FileStore(f"file://{tmp_path}"), pool)
    await count(college.participation)
    await count(college.participation)
    assert await college.kits() == {"1048": ("complete", 1)}
    assert {row["credit"] for row in await college.read("SELECT credit FROM page")} == {"counted"}
