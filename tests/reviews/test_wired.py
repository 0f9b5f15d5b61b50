"""Decisions through the wire: what the technician and the coordinator see, and what the ledger says afterwards."""

from recognition.codes import PageProblem
from recognition.form import practice_form
from recognition.simulator import FileFormat, Mode, ScanSettings, encode, scan_pages
from sandbox.client import Message, Person
from tests.submissions.damage import without_symbols
from tests.wired.conftest import world
from tests.wired.world import PAGES, World, kits_pdf, scans

__all__ = ["world"]

IN_TIME = 60


def other_print(kits: int, hand: int = 77) -> list[tuple[str, bytes]]:
    """The same file printed once more and filled by somebody else."""
    how = ScanSettings(dpi=150, mode=Mode.GREY, seed=5, hand=hand, form=practice_form(PAGES))
    pages = scan_pages(kits_pdf(kits), how)
    return [(f"again-{number}.jpg", encode(page, FileFormat.JPG).data) for number, page in enumerate(pages, start=1)]


def shrunk(kits: int) -> list[tuple[str, bytes]]:
    """Kits whose first page was printed to scale."""
    how = ScanSettings(
        dpi=150, mode=Mode.GREY, seed=1, defects=(PageProblem.PRINTED_SCALED,), share=1.0, form=practice_form(PAGES)
    )
    pages = scan_pages(kits_pdf(kits), how)
    return [(f"small-{number}.jpg", encode(page, FileFormat.JPG).data) for number, page in enumerate(pages, start=1)]


async def pressed(person: Person, action: str, label: str = "") -> Message:
    """Presses the newest button of an action; the card that answers."""

    def has(message: Message) -> bool:
        return message.from_bot and any(fits(button) for row in message.buttons for button in row)

    def fits(button: object) -> bool:
        data = str(getattr(button, "data", ""))
        return data.partition("|")[0] == action and label in str(getattr(button, "text", ""))

    message = await person.waits_for(has, IN_TIME, since="start")
    button = next(button for row in message.buttons for button in row if fits(button))
    await person.presses_data(message.id, button.data or "")
    return await person.waits_for(lambda other: other.from_bot and bool(other.labels()), IN_TIME)


async def credited(world: World) -> list[str]:
    return [row["credit"] for row in await world.read("SELECT credit FROM page ORDER BY submission_id")]


async def kits(world: World) -> list[str]:
    return [row["state"] for row in await world.read("SELECT state FROM kit ORDER BY number")]


async def test_a_double_print_is_decided_taken_back_and_decided_anew(world: World) -> None:
    coordinator, technician = await world.coordinator(), await world.technician()
    await world.is_filled(1)
    await technician.sends(scans(1), album=True)
    await technician.waits_for("Засчитано комплектов: 1 из 1", timeout=IN_TIME)
    await technician.sends(other_print(1)[0])
    await coordinator.waits_for("Двойная печать", IN_TIME, since="start")
    assert await kits(world) == ["conflict"]

    card = await pressed(coordinator, "review")
    assert card.words.startswith("Двойная печать: комплект ")
    assert card.labels() == ["Оставить А", "Оставить Б", "Не оставлять ни одного", "К колледжу"]
    card = await pressed(coordinator, "why", "Оставить А")
    assert "Остальные листы будут отложены" in card.words
    await coordinator.says("но")
    assert "Причина слишком короткая" in (await coordinator.waits_for("Причина")).words
    await coordinator.says("Лист узнал <b>участник</b> & подписал")
    card = await coordinator.waits_for("Решено: оставить лист А", IN_TIME)
    assert "Причина: Лист узнал <b>участник</b> & подписал" in card.words
    news = await technician.waits_for("Координатор решил, какой лист остаётся", IN_TIME, since="start")
    assert "Отложите отдельно и не сканируйте: лист Б" in news.words
    assert "Завершить" in news.labels()
    assert await kits(world) == ["complete"]
    assert await credited(world) == ["counted", "counted", "aside"]

    await pressed(coordinator, "take_back")
    await technician.waits_for("Решение о двойной печати отозвано", IN_TIME, since="start")
    assert await kits(world) == ["conflict"]
    await pressed(coordinator, "why", "Оставить Б")
    await pressed(coordinator, "decide", "Лист узнал участник")
    assert await credited(world) == ["aside", "counted", "counted"]
    audit = [
        row["action"] for row in await world.read("SELECT action FROM audit WHERE action LIKE 'review%' ORDER BY id")
    ]
    assert audit == [
        "review.two_sheets.asked",
        "review.two_sheets.decided",
        "review.two_sheets.taken_back",
        "review.two_sheets.decided",
    ]
    said = await world.read("SELECT text FROM ticket_message WHERE side = 'product' ORDER BY id")
    assert [row["text"][:8] for row in said][1:] == ["Решено: ", "Решение ", "Решено: "]


async def test_a_page_printed_to_scale_is_accepted(world: World) -> None:
    coordinator, technician = await world.coordinator(), await world.technician()
    await world.is_filled(1)
    await technician.sends([shrunk(1)[0], scans(1)[1]], album=True)
    summary = await technician.waits_for("Принято 1 из 2 страниц", IN_TIME)
    assert summary.labels()[0] == "Попросить принять"
    await pressed(technician, "ask_accept")
    await technician.waits_for("Спросили координатора о странице")
    asked = await coordinator.waits_for("Колледж ждёт вашего решения", IN_TIME, since="start")
    assert "Принять страницу: комплект" in asked.words
    home = await pressed(technician, "home")
    assert "Ждёт решения координатора: принять страницу" in home.words
    await pressed(coordinator, "review")
    await pressed(coordinator, "why", "Принять")
    await pressed(coordinator, "decide", "Печатать заново нельзя")
    news = await technician.waits_for("Координатор принял страницу", IN_TIME, since="start")
    assert "Завершить" in news.labels()
    assert await kits(world) == ["complete"]


async def test_a_page_without_a_symbol_is_named_and_confirmed(world: World) -> None:
    coordinator, technician = await world.coordinator(), await world.technician()
    await world.is_filled(1)
    sheet, task = scans(1)
    await technician.sends([("sheet.jpg", without_symbols(sheet[1])), task], album=True)
    await technician.waits_for("Принято 1 из 2 страниц", timeout=IN_TIME)
    kit = (await world.read("SELECT number FROM kit"))[0]["number"]
    assert "Назовите комплект и страницу" in (await pressed(technician, "name_page")).words
    for text, answer in (
        ("не знаю", "Не нашли номер комплекта"),
        (kit, "Не хватает номера страницы"),
        (kit + "9 1", "Номер другой длины"),
        (kit + " 7", "Такой страницы нет"),
        (kit + " 2", "Эта страница уже засчитана"),
    ):
        await technician.says(text)
        await technician.waits_for(answer)
    await technician.says(f"№ {kit}, стр. 1")
    await technician.waits_for("Спросили координатора о странице")
    await coordinator.waits_for("Назвать страницу", IN_TIME, since="start")
    await pressed(coordinator, "review")
    await pressed(coordinator, "why", "Подтвердить")
    await pressed(coordinator, "decide", "Номер виден на снимке")
    await technician.waits_for("Координатор подтвердил номер страницы", IN_TIME, since="start")
    assert await kits(world) == ["complete"]
    await pressed(coordinator, "take_back")
    assert await kits(world) == ["partial"]
    (page,) = await world.read(
        "SELECT kit_number, identified, credit, sheet_id FROM page"
        " JOIN submission ON submission.id = page.submission_id WHERE submission.name = 'sheet.jpg'"
    )
    assert (page["kit_number"], bool(page["identified"]), page["credit"], page["sheet_id"]) == (
        None,
        False,
        "none",
        None,
    )
    await pressed(coordinator, "why", "Отклонить")
    await pressed(coordinator, "decide", "На снимке другой номер")
    news = await technician.waits_for("Координатор отклонил номер страницы", IN_TIME, since="start")
    assert news.labels() == ["Назвать страницу", "Главная"]


async def test_the_number_is_asked_for_surplus_set_aside_and_the_college_reopened(world: World) -> None:
    coordinator, technician = await world.coordinator(), await world.technician()
    await world.is_filled(1)
    await technician.sends(scans(2), album=True)
    summary = await technician.waits_for("Засчитано комплектов: 1 из 1", timeout=IN_TIME)
    await technician.presses_data((await technician.last() or summary).id, "step|1|participants")
    assert "Попросить изменить" in (await technician.waits_for("страницы засчитаны")).labels()
    await pressed(technician, "ask_number")
    await technician.says("два")
    await technician.waits_for("Нужно число")
    await technician.says("2")
    await technician.waits_for("Спросили координатора о числе участников")
    await coordinator.waits_for("Изменить число участников на 2", IN_TIME, since="start")
    await pressed(coordinator, "review")
    assert "Было 1, станет 2." in (await pressed(coordinator, "why", "Изменить")).words
    await pressed(coordinator, "decide", "Число указали неверно")
    assert await kits(world) == ["complete", "complete"]
    assert await credited(world) == ["counted"] * 4

    await pressed(coordinator, "college")
    await pressed(coordinator, "number")
    await coordinator.says("1")
    assert "Засчитано больше: 1 комплект станет лишним." in (await coordinator.waits_for("Было 2, станет 1.")).words
    await pressed(coordinator, "decide", "Участник не пришёл")
    assert sorted(await kits(world)) == ["complete", "surplus"]

    await pressed(technician, "kits_here")
    await technician.waits_for("— лишний")
    await pressed(technician, "why")
    await pressed(technician, "decide", "Лишний комплект")
    assert sorted(await kits(world)) == ["aside", "complete"]

    await pressed(technician, "finish")
    await technician.presses("Завершить совсем")
    await coordinator.waits_for("Колледж завершил апробацию", IN_TIME, since="start")
    refused = await pressed(coordinator, "college")
    assert "Открыть снова" in refused.labels()
    await pressed(coordinator, "why", "Открыть снова")
    await pressed(coordinator, "decide", "Нужно досканировать")
    await technician.waits_for("Апробация открыта снова", IN_TIME, since="start")
    state = (await world.read("SELECT state, finishes FROM participation WHERE id = 1"))[0]
    assert (state["state"], state["finishes"]) == ("open", 1)


async def test_a_question_that_nobody_gets_says_whom_to_call(world: World) -> None:
    coordinator, technician = await world.coordinator(), await world.technician()
    await world.is_filled(1)
    await coordinator.blocks()
    await technician.sends([shrunk(1)[0], scans(1)[1]], album=True)
    await technician.waits_for("Принято 1 из 2 страниц", IN_TIME)
    await pressed(technician, "ask_accept")
    await technician.waits_for("Координатор не получил ваш вопрос", IN_TIME)
    await coordinator.unblocks()
    await coordinator.says("/start")
    listed = await coordinator.waits_for("1 вопрос ждёт решения")
    assert "внимание 1" in listed.words
    await pressed(coordinator, "college")
    await pressed(coordinator, "reviews")
    await pressed(coordinator, "review")
    await pressed(coordinator, "why", "Не принимать")
    await pressed(coordinator, "decide", "Отсканируйте лист ещё раз")
    await technician.waits_for("Координатор не принял страницу", IN_TIME)
