"""A coordinator sends the kits' PDF in the chat: its numbers are expected, missing ones are named."""

from tests.reviews.test_wired import IN_TIME, pressed
from tests.wired.conftest import world
from tests.wired.world import World, kits_pdf, scans

__all__ = ["world"]


async def test_the_kits_a_coordinator_sends_are_expected_and_handed_out(world: World) -> None:
    coordinator, technician = await world.coordinator(), await world.technician()
    await world.is_filled(1)
    await coordinator.says("/start")
    await pressed(coordinator, "college", "Колледж связи")
    assert "Пришлите PDF с комплектами" in (await pressed(coordinator, "print_file")).words
    await coordinator.sends(("<b>kits&.pdf", kits_pdf(2)))
    read = await coordinator.waits_for("В файле 2 комплекта", IN_TIME)
    assert "Файл <b>kits&.pdf" in read.words
    assert "Выдано комплектов: 2, а участников: 1" in read.words
    await coordinator.sends(("again.pdf", kits_pdf(2)))
    await coordinator.waits_for("В файле 2 комплекта", IN_TIME)
    await coordinator.sends([("notes.pdf", b"hello"), ("other.pdf", kits_pdf(1, event="OTHER1"))])
    await coordinator.waits_for("Это не PDF", IN_TIME)
    await coordinator.waits_for("Комплекты другого мероприятия", IN_TIME)
    own = await world.read("SELECT file_name FROM material WHERE organisation_id IS NOT NULL")
    assert [row["file_name"] for row in own] == ["<b>kits&.pdf"], "the same file is there once, a bad one is not"
    assert len(await world.read("SELECT id FROM issued_kit")) == 2

    await technician.sends(scans(2)[:2] + scans(1, pdf_seed=9)[:1], album=True)
    summary = await technician.waits_for("Засчитано комплектов: 1 из 1", IN_TIME)
    assert "такого комплекта нет в списке" in summary.words
    await technician.presses_data(summary.id, "materials|1|0")
    handed = await technician.waits_for(lambda message: message.document is not None and "<b>" in message.document.name)
    assert "Печатайте только один раз." in handed.words
    numbers = [row["number"] for row in await world.read("SELECT number FROM issued_kit ORDER BY number")]
    page = await pressed(coordinator, "college")
    assert f"Ещё не прислан 1 комплект: {numbers[1]}" in page.words
