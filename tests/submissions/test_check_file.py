"""The check itself: progress while it goes on, an answer whatever happens, nothing counted twice."""

import asyncio
from dataclasses import replace
from typing import Any

from recognition.codes import PageProblem, PageQr, Severity, Verdict
from recognition.report import FileReport, PageReport, Problem
from recognition.sheets import Comparison, Likeness
from services.submissions.check_file import MOST_ATTEMPTS
from tests.kits.college import kit
from tests.submissions.jobs import Room

PICTURE = b"\xff\xd8\xff a picture"


class ScriptedPool:
    """Recognition that answers as a test says."""

    def __init__(self, *answers: FileReport | Exception, takes_s: float = 0) -> None:
        self.answers = list(answers)
        self.takes_s = takes_s
        self.asked: list[dict[str, Any]] = []

    async def check(self, _path: object, _form: object, **options: Any) -> FileReport:
        self.asked.append(options)
        options["on_page"](7, 22)
        await asyncio.sleep(self.takes_s)
        answer = self.answers[0] if len(self.answers) == 1 else self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


async def given(room: Room, pool: ScriptedPool) -> None:
    room.kinds["check_file"].pool = pool
    await room.sends(b"%PDF- something", "scan-02.pdf")


async def test_how_far_the_check_is_replaces_what_was_said_before(room: Room) -> None:
    await given(room, ScriptedPool(FileReport(), takes_s=2.3))
    await room.works("fetch_file", "check_file")
    lines = [text for text in await room.words() if text.startswith("Проверяем")]
    assert lines == ["Проверяем: 7 из 22 страниц\nФайл scan-02.pdf. Чат можно закрыть: итог придёт сюда."]
    await room.works()
    assert not any(text.startswith("Проверяем") for text in await room.words()), "the result makes progress stale"


async def test_how_far_comparing_is_takes_its_place(room: Room) -> None:
    await room.college.declares(2)
    pages = tuple(replace(page, index=at) for at, page in enumerate(kit("1047") + kit("1048")))
    await given(room, ScriptedPool(FileReport(pages)))
    await room.works()
    slow = SlowCompare()
    room.kinds["check_file"].compare.pool = slow
    await room.sends(b"%PDF- the same again", "again.pdf")
    await room.works("fetch_file", "check_file")
    assert slow.asked == [4, 4]
    lines = [text for text in await room.words() if text.startswith("Сравниваем")]
    assert lines == ["Сравниваем с прежними сканами: 4 из 8\nФайл again.pdf. Чат можно закрыть: итог придёт сюда."]


class SlowCompare:
    """Comparing that takes its time from the second part on."""

    def __init__(self) -> None:
        self.asked: list[int] = []

    async def compare(self, pairs: list[Any], _form: object) -> list[Comparison]:
        await asyncio.sleep(2.3 if self.asked else 0)
        self.asked.append(len(pairs))
        return [Comparison(Likeness.SAME, 1.0)] * len(pairs)


async def test_labels_pictures_and_the_event_go_to_recognition(room: Room) -> None:
    pool = ScriptedPool(FileReport())
    await given(room, pool)
    await room.works()
    (asked,) = pool.asked
    assert (asked["event"], asked["pictures"]) == ("TEST26", 10)
    assert asked["labels"]["qr_missing"] == "Нет QR-кода"


async def test_a_check_that_fails_once_is_done_again(room: Room) -> None:
    await given(room, ScriptedPool(RuntimeError("lost"), FileReport(tuple(kit("1047")))))
    await room.works()
    assert "Все 4 страницы в порядке" in await room.summary()


async def test_a_check_that_always_fails_is_answered(room: Room) -> None:
    pool = ScriptedPool(RuntimeError("always"))
    await given(room, pool)
    await room.works()
    assert len(pool.asked) == MOST_ATTEMPTS
    text = await room.summary()
    assert text.startswith("Файл не удалось проверить\nФайл scan-02.pdf.")
    assert "Это сбой у нас, извините." in text


async def test_pictures_of_bad_pages_are_stored_and_shown(room: Room) -> None:
    bad = PageReport(
        0, Verdict.REJECTED, PageQr.MISSING, problems=(Problem(PageProblem.QR_MISSING, Severity.REJECTED),)
    )
    await given(room, ScriptedPool(FileReport((bad,), pictures={0: PICTURE})))
    await room.works()
    *_, album, _summary = await room.told()
    assert await room.store.get(album.pictures[0].file_hash) == PICTURE


async def test_two_runs_of_one_check_count_once(room: Room) -> None:
    pool = ScriptedPool(FileReport(tuple(kit("1047"))), takes_s=0.2)
    await given(room, pool)
    await room.works("fetch_file")
    await asyncio.gather(*(room.kinds["check_file"](submission=1) for _ in range(3)))
    assert len(await room.college.read("SELECT id FROM page")) == 4
    await room.works()
    assert sum("в порядке" in text for text in await room.words()) == 1
