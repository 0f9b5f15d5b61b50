"""Sending files through the wire: the whole product, on either database. What is asserted is what a person sees."""

from bot.providers.foundation import Bots
from services.inbox.inbox import Inbox
from tests.submissions.damage import without_symbols
from tests.wired.conftest import world
from tests.wired.world import World, scans

__all__ = ["world"]

IN_TIME = 60


async def test_a_bad_page_is_shown_corrected_and_leads_to_the_finish(world: World) -> None:
    technician = await world.technician()
    await world.is_filled(1)
    sheet, task = scans(1)
    await technician.sends([("sheet.jpg", without_symbols(sheet[1])), task], album=True)
    summary = await technician.waits_for("Принято 1 из 2 страниц", timeout=IN_TIME)
    assert summary.labels() == [
        "Загрузить новый скан",
        "Назвать страницу",
        "Картинка комплектов",
        "Главная",
        "Есть вопрос",
    ]
    assert "стр. 1" in summary.words.replace("\u00a0", " ")
    picture = await technician.waits_for(lambda message: message.photo is not None)
    assert picture.words.startswith("Страница 1: ")
    assert "Файл sheet.jpg." in picture.words
    assert picture.photo is not None
    assert picture.photo.width is None or picture.photo.width > 300

    await technician.sends(("again.jpg", sheet[1]))
    summary = await technician.waits_for("Засчитано комплектов: 1 из 1", timeout=IN_TIME)
    assert summary.labels() == ["Завершить", "Картинка комплектов", "Главная"]
    await technician.presses("Картинка комплектов")
    grid = await technician.waits_for(lambda message: message.photo is not None)
    assert "Засчитано комплектов: 1 из 1" in grid.words
    assert await technician.receives("Получаем файл") == 0, "the line that followed a batch was edited, not repeated"

    await technician.sends(("again.jpg", sheet[1]))
    assert "ничего не изменилось" in (await technician.waits_for("уже засчитан", timeout=IN_TIME)).words
    assert len(await world.read("SELECT id FROM kit_page")) == 2


async def test_what_cannot_be_taken_is_told_with_the_way_out(world: World) -> None:
    technician = await world.technician()
    await world.is_filled()
    await technician.sends_declared("big.pdf", (20 << 20) + 1)
    told = await technician.waits_for("Файл больше 20")
    assert "частями" in told.words
    await technician.sends([("empty.pdf", b"%PDF-"), ("notes.txt", b"hello <b>&")])
    summary = await technician.waits_for("Файлы не приняты: 2", timeout=IN_TIME)
    assert "notes.txt" in summary.words
    name, content = scans(1)[0]
    await technician.sends((name, content), as_="photo")
    summary = await technician.waits_for("Фото лучше отправлять файлом", timeout=IN_TIME)
    rows = await world.read("SELECT state, refusal, kind FROM submission ORDER BY id")
    assert rows[0]["refusal"] == "file_too_large"
    assert rows[-1]["kind"] == "photo"
    assert all(row["state"] in ("checked", "refused") for row in rows)


async def test_who_sends_no_scans_is_told_so(world: World) -> None:
    stranger, coordinator = await world.person("Чужой"), await world.coordinator()
    for person, words in ((stranger, "ссылк"), (coordinator, "Сканы отправляет технический специалист")):
        await person.sends(scans(1)[0])
        assert words in (await person.waits_for(words)).words
    assert await world.read("SELECT id FROM submission") == []


async def test_what_is_no_scan_is_kept_out_with_a_word(world: World) -> None:
    technician = await world.technician()
    inbox, bots = await world.product.container.get(Inbox), await world.product.container.get(Bots)
    sender = {"id": technician.id, "is_bot": False, "first_name": "x"}
    voice = {
        "message_id": 9001,
        "date": 1_790_000_000,
        "chat": {"id": technician.id, "type": "private", "first_name": "x"},
        "from": sender,
        "voice": {"file_id": "v", "file_unique_id": "v", "duration": 3},
    }
    await inbox.save(next(iter(bots)), [{"update_id": 900_001, "message": voice}])
    assert "Отправьте скан как файл" in (await technician.waits_for("Это не похоже на скан")).words
    assert await world.read("SELECT id FROM submission") == []


async def test_scans_sent_before_the_kits_are_filled_are_tests(world: World) -> None:
    technician = await world.technician()
    sheet = scans(1)[0]
    await technician.sends(sheet)
    told = await technician.waits_for("Пробный скан: страница в порядке", timeout=IN_TIME)
    assert "в счёт комплектов не идут" in told.words
    assert told.labels()[0] == "К шагу «Заполнение»"
    assert await world.read("SELECT id FROM kit") == []
    await world.is_filled(1)
    await technician.sends(sheet)
    await technician.waits_for("Не хватает страниц", timeout=IN_TIME)
    assert len(await world.read("SELECT id FROM kit_page")) == 1, "the same bytes count once they are no test"
