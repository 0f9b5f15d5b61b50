"""A file is noted when it is announced: once, for the right college, with an answer at once."""

import asyncio

import pytest

from services.conversation.refusal import Refusal
from services.submissions.open_upload import OpenUpload
from services.submissions.receipt import LARGEST, Announced, TooLarge
from tests.kits.college import START
from tests.submissions.jobs import Room

SUBMISSIONS = "SELECT name, state, refusal, origin, batch_id FROM submission ORDER BY id"


async def test_a_file_is_announced_with_its_jobs_and_an_answer_at_once(room: Room) -> None:
    assert isinstance(await room.sends(b"x", "../Скан 1.pdf"), Announced)
    (row,) = await room.college.read(SUBMISSIONS)
    assert (row["name"], row["state"]) == ("Скан 1.pdf", "announced")
    assert sorted(room.college.jobs.names) == ["close_batch", "fetch_file"]
    assert (await room.words())[0].startswith("Получаем файл")


async def test_a_replayed_update_changes_nothing(room: Room) -> None:
    await room.sends(b"x")
    jobs = list(room.college.jobs.waiting)
    await room.again(1)
    assert len(await room.college.read(SUBMISSIONS)) == 1
    assert room.college.jobs.waiting == jobs
    assert len(await room.words()) == 1


async def test_files_sent_one_after_another_are_one_batch_with_one_line(room: Room) -> None:
    for number in range(4):
        await room.sends(b"x", f"{number}.jpg")
        room.college.clock.passes(1)
    assert len({row["batch_id"] for row in await room.college.read(SUBMISSIONS)}) == 1
    lines = await room.words()
    assert lines[0].startswith("Получаем файл\n")
    assert lines[1:] == [lines[-1]]
    assert lines[-1].startswith("Получаем файлы: 4")


async def test_files_that_come_at_once_are_one_batch(room: Room) -> None:
    await asyncio.gather(*(room.sends(b"x", f"{number}.jpg") for number in range(10)))
    rows = await room.college.read(SUBMISSIONS)
    assert len(rows) == 10
    assert len({row["batch_id"] for row in rows}) == 1


async def test_the_first_file_begins_the_scan_step(room: Room) -> None:
    await room.sends(b"x")
    await room.sends(b"y")
    assert await room.college.read("SELECT state FROM checklist_step WHERE step = 'scan'") == [{"state": "begun"}]
    (row,) = await room.college.read(
        "SELECT started_at FROM participation WHERE id = :id", id=room.college.participation
    )
    assert row["started_at"] is not None


@pytest.mark.parametrize(("size", "refused"), [(LARGEST - 1, False), (LARGEST, False), (LARGEST + 1, True)])
async def test_a_file_over_the_limit_is_refused_before_any_download(room: Room, size: int, refused: bool) -> None:
    answer = await room.sends(b"x", "big.pdf", size=size)
    assert isinstance(answer, TooLarge) == refused
    (row,) = await room.college.read(SUBMISSIONS)
    assert (row["state"], row["refusal"]) == (("refused", "file_too_large") if refused else ("announced", None))
    assert ("fetch_file" in room.college.jobs.names) != refused


async def test_a_batch_of_files_that_were_all_refused_at_once_gets_no_second_answer(room: Room) -> None:
    await room.sends(b"x", "big.pdf", size=LARGEST + 1)
    await room.works()
    assert await room.words() == []
    assert await room.college.read("SELECT state FROM batch") == [{"state": "summarised"}]


async def test_who_may_not_send_scans_is_told_why_and_nothing_is_kept(room: Room) -> None:
    coordinator = await room.college.person(await room.college.coordinator())
    with pytest.raises(Refusal) as refusal:
        await room.sends(b"x", person=coordinator)
    assert refusal.value.key == "upload.refused.coordinator"
    assert await room.college.read(SUBMISSIONS) == []


async def test_a_technician_whose_role_was_revoked_sends_no_more(room: Room) -> None:
    async with room.college.database.transaction() as session:
        from sqlalchemy import text  # noqa: PLC0415

        await session.execute(text("UPDATE membership SET revoked_at = created_at"))
    with pytest.raises(Refusal) as refusal:
        await room.sends(b"x")
    assert refusal.value.key == "upload.refused.no_college"


@pytest.mark.parametrize(("days", "key"), [(-2, "early"), (3, "late")])
async def test_outside_the_window_the_person_is_told_when_it_is_open(room: Room, days: int, key: str) -> None:
    room.college.clock.passes(days * 86_400)
    with pytest.raises(Refusal) as refusal:
        await room.sends(b"x")
    assert refusal.value.key == f"upload.refused.{key}"
    assert "августа" in str(refusal.value.values)


async def test_after_the_finish_nothing_is_taken(room: Room) -> None:
    async with room.college.database.transaction() as session:
        from services.events.queries import lock_participation  # noqa: PLC0415

        participation = await lock_participation(session, room.college.participation)
        participation.state, participation.finished_at, participation.declared = "finished", START, 1
    with pytest.raises(Refusal) as refusal:
        await room.sends(b"x")
    assert refusal.value.key == "upload.refused.finished"
    person = await room.college.person()
    async with room.college.database.transaction() as session:
        with pytest.raises(Refusal) as refusal:
            await OpenUpload(session, room.college.clock)(person, None, room.college.participation)
    assert refusal.value.key == "upload.refused.finished", "an old window's button asks for no scans"
