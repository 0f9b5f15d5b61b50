"""One file printed twice, with real scans: everybody hears of it at once, and a rescan is told from it."""

from typing import Any

from tests.submissions.jobs import Room, scans

FIRST = scans(1, hand=1, scan=1)
AGAIN = scans(1, hand=1, scan=2)
SECOND_PRINT = scans(1, hand=2, scan=3)


async def test_a_second_print_alarms_the_technician_the_coordinator_and_support(room: Room) -> None:
    coordinator = await room.college.coordinator()
    await room.college.declares(1)
    await room.sends(FIRST[0])
    await room.works()
    await room.sends(SECOND_PRINT[0], "second.jpg")
    await room.works()
    told = [text.replace("\u00a0", " ") for text in await room.words()]
    alarm = next(text for text in told if text.startswith("Стоп: два разных листа с одним номером"))
    (ticket,) = await room.college.read("SELECT id, reason, cause, state FROM ticket")
    assert f"обращение № {ticket['id']} открыто" in alarm
    assert (ticket["reason"], ticket["state"]) == ("double_print", "waits_support")
    assert "Два разных листа с одним номером: комплект" in told[-1]
    album, words = (await room.told(coordinator))[-2:]
    assert len(album.pictures) == 2
    assert "second.jpg" in album.pictures[1].caption
    assert "Колледж связи № 7" in words.text.replace("\u00a0", " ")
    assert words.rows[0][0].name == "review"  # type: ignore[union-attr]  # the first button is an action
    assert all([await room.store.get(picture.file_hash) for picture in album.pictures])
    assert [row["state"] for row in await room.college.read("SELECT state FROM kit")] == ["conflict"]


async def test_a_rescan_of_the_same_sheet_alarms_nobody(room: Room) -> None:
    await room.college.coordinator()
    await room.college.declares(1)
    await room.sends(FIRST[0])
    await room.works()
    await room.sends(AGAIN[0], "again.jpg")
    await room.works()
    assert await room.college.read("SELECT id FROM review") == []
    assert await room.college.read("SELECT id FROM ticket") == []
    assert len(await room.college.read("SELECT id FROM sheet")) == 1
    assert len(await room.college.read("SELECT id FROM kit_page")) == 1
    assert "считаем лист один раз" in (await room.summary()).lower()


async def test_a_second_print_is_told_once(room: Room) -> None:
    await room.college.coordinator()
    await room.college.declares(1)
    for number, scan in enumerate((FIRST[0], SECOND_PRINT[0], AGAIN[0])):
        await room.sends(scan, f"{number}.jpg")
        await room.works()
    assert sum(text.startswith("Стоп") for text in await room.words()) == 1
    assert len(await room.college.read("SELECT id FROM notice WHERE kind = 'two_sheets'")) == 1
    assert len(await room.college.read("SELECT id FROM sheet")) == 2, "the third scan shows the first sheet"


async def test_a_check_killed_between_its_two_transactions_goes_on_from_the_pages(room: Room) -> None:
    """Pages that were kept are not read again, and comparisons that were made are not made again."""
    await room.college.declares(1)
    await room.sends(FIRST[0])
    await room.works()
    await room.sends(SECOND_PRINT[0], "second.jpg")
    check = room.kinds["check_file"]
    killed = Killed(check.compare)
    check.compare = killed
    await room.works("fetch_file", "check_file")
    assert killed.calls == 1, "what the first attempt compared is known to the second"
    assert len(await room.college.read("SELECT id FROM page")) == 2
    assert [row["state"] for row in await room.college.read("SELECT state FROM kit")] == ["conflict"]


class Killed:
    """Comparing that dies once, after its work was written down."""

    def __init__(self, compare: Any) -> None:
        self.compare = compare
        self.calls = 0

    async def __call__(self, *arguments: Any) -> None:
        self.calls += 1
        await self.compare(*arguments)
        raise RuntimeError("killed")
