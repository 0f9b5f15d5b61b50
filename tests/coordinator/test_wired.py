"""A finish as the coordinator and the technician see it, through the wire."""

from tests.submissions.test_wired import IN_TIME
from tests.wired.conftest import world
from tests.wired.world import World, scans

__all__ = ["world"]


async def test_a_finish_reaches_the_coordinator_who_opens_the_college(world: World) -> None:
    coordinator, technician = await world.coordinator(), await world.technician()
    await world.is_filled(1)
    await technician.sends(scans(1), album=True)
    await technician.waits_for("Засчитано комплектов: 1 из 1", timeout=IN_TIME)
    await technician.presses("Завершить")
    await technician.presses("Завершить совсем", times=2)
    notice = await coordinator.waits_for("Колледж завершил апробацию", timeout=IN_TIME, since="start")
    assert "Колледж связи № 7" in notice.words.replace("\u00a0", " ")
    assert "Комплекты: 1 из 1." in notice.words
    delivered = await technician.waits_for("Координатор получил сообщение", timeout=IN_TIME, since="start")
    assert "(МСК+4)" in delivered.words
    await coordinator.presses("Открыть колледж")
    page = await coordinator.waits_for("✓ Завершил")
    assert page.labels() == ["Картинка комплектов", "Открыть снова", "Обновить", "К региону"]
    await coordinator.presses("Картинка комплектов")
    picture = await coordinator.waits_for(lambda message: message.photo is not None)
    assert picture.labels() == ["Обновить картинку", "К колледжу"]
    await coordinator.presses("К региону")
    assert "Завершили 1" in (await coordinator.waits_for("Колледжей: 2.")).words
    assert await coordinator.receives("Колледж завершил апробацию") == 1
    assert await technician.receives("Координатор получил сообщение") == 1


async def test_the_start_of_a_coordinator_is_the_regions_list(world: World) -> None:
    coordinator = await world.coordinator()
    await coordinator.says("/start")
    listed = await coordinator.waits_for("Учебная область")
    assert "Колледжей: 2." in listed.words
    await coordinator.presses("— Колледж связи № 7")
    assert "Действий ещё не было." in (await coordinator.waits_for("Вариант 2.")).words


async def test_what_a_coordinator_writes_is_answered_with_the_regions_list(world: World) -> None:
    coordinator = await world.coordinator()
    await coordinator.says("десять")
    assert (await coordinator.waits_for("Отправить это в поддержку?")).words
    assert "Колледжей: 2." in (await coordinator.waits_for("Учебная область")).words


async def test_a_coordinator_who_blocked_the_bot_is_told_by_the_technician(world: World) -> None:
    coordinator, technician = await world.coordinator(), await world.technician()
    await world.is_filled(1)
    await technician.sends(scans(1), album=True)
    await technician.waits_for("Засчитано комплектов: 1 из 1", timeout=IN_TIME)
    await coordinator.blocks()
    await technician.presses("Завершить")
    await technician.presses("Завершить совсем", times=2)
    told = await technician.waits_for("Бот не смог сообщить координатору", timeout=IN_TIME, since="start")
    done = await technician.waits_for("Готово!", since="start")
    assert done.id < told.id, "the news of the finish comes first"
    assert "Сообщил сам" in told.labels()
    rows = await world.read("SELECT delivered_at, failure FROM notice")
    assert [(row["delivered_at"], row["failure"]) for row in rows] == [(None, "unreachable")]
    await technician.presses("Сообщил сам")
    assert await technician.waits_for("Шаг 12 из 12")
