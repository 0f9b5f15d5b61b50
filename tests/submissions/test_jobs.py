"""From a noted file to its summary: fetched, kept, checked, counted, told once."""

import hashlib
import zipfile
from io import BytesIO

import pytest

from services.submissions.fetch_file import MOST_ATTEMPTS
from services.submissions.receipt import PHOTO
from services.telegram.gateway import Gone, Later, TooBig
from tests.kits.college import College
from tests.submissions.damage import without_symbols
from tests.submissions.jobs import Room

STATES = "SELECT state, refusal, same_as FROM submission ORDER BY id"


async def test_an_album_of_two_kits_is_counted_and_summed_up_once(room: Room, two_kits: list[bytes]) -> None:
    await room.college.declares(2)
    for number, scan in enumerate(two_kits):
        await room.sends(scan, f"{number + 1}.jpg")
    await room.works("fetch_file")
    await room.delivers()
    await room.works()
    received, summary = await room.words()
    assert received.startswith("Файлов получено и проверено: 8."), "the line that is in the chat gets its last word"
    assert summary.startswith("Все 8 страниц в порядке\nФайлов: 8.")
    assert "Засчитано комплектов: 2 из 2" in summary
    labels = [action.text for row in (await room.told())[-1].rows for action in row]
    assert labels == ["Завершить", "Картинка комплектов", "Главная"]
    before = await room.words()
    await room.kinds["close_batch"](batch=1)
    await room.kinds["check_file"](submission=1)
    await room.kinds["fetch_file"](submission=1)
    assert await room.words() == before, "jobs that run again say and change nothing"
    assert len(await room.college.read("SELECT id FROM page")) == 8


async def test_a_line_that_never_left_is_not_sent_after_the_summary(room: Room, two_kits: list[bytes]) -> None:
    await room.sends(two_kits[0])
    await room.works()
    assert len(await room.words()) == 1


async def test_what_is_stored_is_what_was_sent(room: Room, two_kits: list[bytes]) -> None:
    await room.sends(two_kits[0])
    await room.works("fetch_file")
    (row,) = await room.college.read("SELECT hash, size, media_type FROM file WHERE size > 1")
    assert row["hash"] == hashlib.sha256(two_kits[0]).hexdigest()
    assert row["media_type"] == "image/jpeg"
    assert await room.store.get(row["hash"]) == two_kits[0]


async def test_the_same_file_again_changes_nothing_and_is_said_kindly(room: Room, two_kits: list[bytes]) -> None:
    await room.college.declares(2)
    await room.sends(two_kits[0], "first.jpg")
    await room.works()
    counted = await room.college.read("SELECT * FROM kit_page")
    await room.sends(two_kits[0], "again.jpg")
    await room.works()
    assert (await room.summary()).startswith("Этот файл уже засчитан\n")
    assert await room.college.read("SELECT * FROM kit_page") == counted
    assert [row["same_as"] for row in await room.college.read(STATES)] == [None, 1]


async def test_the_same_bad_file_again_is_not_called_counted(room: Room, two_kits: list[bytes]) -> None:
    await room.college.declares(2)
    blank_code = without_symbols(two_kits[0])
    for _ in range(2):
        await room.sends(blank_code)
        await room.works()
    assert (await room.summary()).startswith("Этот файл уже проверен\n")


async def test_the_same_unreadable_file_twice_is_refused_twice(room: Room) -> None:
    await room.sends(b"not a scan at all", "1.txt")
    await room.sends(b"not a scan at all", "2.txt")
    await room.works()
    assert (await room.summary()).startswith("Файлы не приняты: 2")


async def test_another_scan_of_a_counted_page_counts_once(room: Room, two_kits: list[bytes]) -> None:
    await room.college.declares(2)
    await room.sends(two_kits[0])
    await room.sends(two_kits[0] + b"\0", "other-bytes.jpg")
    await room.works()
    assert "прежний скан не хуже. Считаем лист один раз" in await room.summary()
    assert len(await room.college.read("SELECT id FROM kit_page")) == 1
    assert len(await room.college.read("SELECT id FROM page")) == 2


@pytest.mark.parametrize(
    ("answer", "refusal"),
    [(Gone(), "gone"), (TooBig(), "file_too_large"), (b"", "empty_file"), (b"<html>", "not_an_image")],
)
async def test_what_cannot_be_had_or_read_is_refused_in_words(
    room: Room, answer: bytes | Exception, refusal: str
) -> None:
    await room.sends(answer, "скан.pdf")
    await room.works()
    assert [(row["state"], row["refusal"]) for row in await room.college.read(STATES)] == [("refused", refusal)]
    text = await room.summary()
    title, name = text.split("\n")[:2]
    assert name == "Файл скан.pdf."
    assert len(title.split()) <= 7
    assert title[:1].isupper(), "the first line names the reason"
    assert len(text.splitlines()) > 5, "why, and what to do"


def packed(*files: tuple[str, bytes]) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in files:
            archive.writestr(name, data)
    return stream.getvalue()


async def test_an_archive_of_scans_is_checked_like_its_scans(room: Room, two_kits: list[bytes]) -> None:
    scans = [(f"{number}.jpg", data) for number, data in enumerate(two_kits)]
    await room.sends(packed(*scans, ("readme.txt", b"notes")), "scans.zip")
    await room.works()
    assert [row["state"] for row in await room.college.read(STATES)] == ["checked"]
    assert (await room.summary()).startswith(f"Все {len(two_kits)} страниц")


async def test_an_archive_in_an_archive_says_which(room: Room) -> None:
    await room.sends(packed(("ещё.zip", packed(("1.jpg", b"x")))), "scans.zip")
    await room.works()
    assert [row["refusal"] for row in await room.college.read(STATES)] == ["archive_nested"]
    assert "ещё.zip" in await room.summary()


async def test_a_messenger_that_is_down_is_asked_again(room: Room, two_kits: list[bytes]) -> None:
    await room.sends([Later(7), Later(1), two_kits[0]])
    start = room.college.clock.now()
    await room.works()
    assert [row["state"] for row in await room.college.read(STATES)] == ["checked"]
    assert (room.college.clock.now() - start).total_seconds() >= 8
    assert len(room.desk.fetched) == 3


async def test_after_many_attempts_the_person_is_asked_to_send_it_again(room: Room) -> None:
    await room.sends(Later(1))
    await room.works()
    assert [row["refusal"] for row in await room.college.read(STATES)] == ["unreachable"]
    assert len(room.desk.fetched) == MOST_ATTEMPTS
    assert "Отправьте файл ещё раз" in await room.summary()


async def test_a_full_disk_is_waited_for(room: Room, two_kits: list[bytes]) -> None:
    await room.sends([OSError(28, "No space left on device"), two_kits[0]])
    await room.works()
    assert [row["state"] for row in await room.college.read(STATES)] == ["checked"]


async def test_a_slow_stream_is_summed_up_when_it_is_quiet(room: Room, two_kits: list[bytes]) -> None:
    await room.sends(two_kits[0])
    await room.works("fetch_file", "check_file")
    room.college.clock.passes(2)
    await room.sends(two_kits[1])
    await room.works()
    assert (await room.summary()).startswith("Все 2 страницы в порядке")
    assert await room.college.read("SELECT state FROM batch") == [{"state": "summarised"}]


async def test_files_that_never_stop_are_summed_up_after_fifteen_seconds(room: Room, two_kits: list[bytes]) -> None:
    for number in range(8):
        await room.sends(two_kits[number])
        await room.works("fetch_file", "check_file")
        room.college.clock.passes(2)
    await room.kinds["close_batch"](batch=1)
    assert (await room.summary()).startswith("Все 8 страниц в порядке")


async def test_a_file_after_the_summary_opens_the_next_batch(room: Room, two_kits: list[bytes]) -> None:
    await room.sends(two_kits[0])
    await room.works()
    await room.sends(two_kits[1])
    await room.works()
    assert await room.college.read("SELECT state FROM batch") == [{"state": "summarised"}] * 2
    assert sum("в порядке" in text for text in await room.words()) == 2


async def test_a_photo_is_checked_and_told_why_a_file_is_needed(room: Room, two_kits: list[bytes]) -> None:
    await room.sends(two_kits[0], "photo.jpg", kind=PHOTO)
    await room.works()
    assert "Фото лучше отправлять файлом" in await room.summary()


async def test_two_technicians_of_one_college_get_a_summary_each(
    room: Room, college: College, two_kits: list[bytes]
) -> None:
    async with college.database.transaction() as session:
        from services.accounts.models import Person, Role  # noqa: PLC0415

        second = Person(name="Вторая", created_at=college.clock.now())
        session.add(second)
        await session.flush()
        session.add_all([college.account(second.id), college.role(Role.TECHNICIAN, second.id)])
    await room.sends(two_kits[0])
    await room.sends(two_kits[1], person=second)
    await room.works()
    assert len(await college.read("SELECT id FROM batch")) == 2
    assert any("в порядке" in visible.text for visible in await room.told(second.id))
