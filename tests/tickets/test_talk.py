"""A technician and support talk, through the whole product: what each of them sees, and what a second session reads."""

import asyncio

from sandbox.client import Message, Person
from services.accounts.models import Role
from tests.planted import MESSAGE, NAME, OTHER_NAME
from tests.wired.world import World, scans

STATES = "SELECT id, state FROM ticket ORDER BY id"


async def support(world: World, name: str = OTHER_NAME, **scope: str) -> Person:
    person = await world.person(name, "support")
    await person.comes_in(await world.invite(Role.SUPPORT, **scope))
    return person


async def asks(technician: Person, words: str = MESSAGE) -> Message:
    """By the help of the step at hand; the ticket's card."""
    await technician.presses("Начать с шага 1")
    await technician.waits_for("Шаг 1 из 12")
    await technician.presses("Помощь")
    await technician.waits_for("Помощь")
    await technician.presses("Написать в поддержку")
    form = await technician.waits_for("Напишите поддержке")
    assert "Колледж связи № 7; Шаг «Вход в кабинет ФИС ОКО»" in form.words.replace("\u00a0", " ")
    await technician.says(words)
    return await technician.waits_for("Ждём ответа поддержки.")


async def opens_form(technician: Person) -> None:
    await technician.says("/help")
    await technician.waits_for("Помощь")
    await technician.presses("Написать в поддержку")
    await technician.waits_for("Напишите поддержке")


async def test_a_question_is_passed_on_answered_by_reply_and_answered_back(world: World) -> None:
    technician, anna = await world.technician(), await support(world)
    card = await asks(technician)
    assert card.labels() == ["Дописать", "Закрыть", "Все обращения", "Главная"]
    await technician.waits_for("✓ Обращение № 1: передано поддержке")
    shown = await anna.waits_for("Обращение № 1: вопрос о шаге")
    for fact in ("Колледж связи № 7, вариант 2", "Шаг 1 из 12", f"Пишет {NAME}", MESSAGE):
        assert fact in shown.words.replace("\u00a0", " ")
    await anna.says("Откройте ФИС ОКО в Яндекс Браузере", reply_to=shown.id)
    await anna.waits_for("✓ Обращение № 1: ответ доставлен")
    answer = await technician.waits_for("Поддержка, обращение № 1")
    assert "Откройте ФИС ОКО в Яндекс Браузере" in answer.words
    assert OTHER_NAME not in answer.words
    assert await world.read(STATES) == [{"id": 1, "state": "waits_person"}]
    await technician.says("Спасибо, открылось", reply_to=answer.id)
    await technician.waits_for("✓ Обращение № 1: передано поддержке")
    assert "Спасибо, открылось" in (await anna.waits_for(f"{NAME} пишет:")).words
    assert await world.read(STATES) == [{"id": 1, "state": "waits_support"}]


async def test_answers_by_the_button_are_seen_by_the_others_of_support(world: World) -> None:
    technician, anna, oleg = await world.technician(), await support(world), await support(world, "Олег")
    await asks(technician)
    await anna.waits_for("Обращение № 1: вопрос о шаге")
    await anna.presses("Ответить")
    await anna.waits_for("Ответ на обращение № 1")
    await anna.says("Проверьте адрес")
    await anna.waits_for("Ответ дан, ждём человека.")
    await technician.waits_for("Проверьте адрес")
    card = await anna.waits_for("Ответ дан, ждём человека.")
    await anna.says("И обновите страницу", reply_to=card.id)
    mark = await anna.waits_for("✓ Обращение № 1: ответ доставлен")
    await anna.says("Потом войдите снова", reply_to=mark.id)
    await technician.waits_for("Потом войдите снова")
    assert f"Ответ поддержки, {OTHER_NAME}" in (await oleg.waits_for("Проверьте адрес", since="start")).words
    assert "И обновите страницу" in (await technician.waits_for("И обновите страницу")).words
    await technician.presses("Ответить")
    await technician.waits_for("Что добавить к обращению № 1?")
    await technician.says("Не помогло")
    for person in (anna, oleg):
        await person.waits_for("Не помогло")


async def test_a_closed_ticket_is_told_and_opens_again_with_the_next_words(world: World) -> None:
    technician, anna = await world.technician(), await support(world)
    await asks(technician)
    shown = await anna.waits_for("Обращение № 1: вопрос о шаге")
    await anna.presses("Закрыть", message_id=shown.id, times=2)
    closed = await technician.waits_for("Обращение № 1 закрыто")
    await anna.waits_for("Закрыто.")
    assert await technician.receives("Обращение № 1 закрыто") == 1
    assert await world.read(STATES) == [{"id": 1, "state": "closed"}]
    await technician.says("Всё ещё не вышло", reply_to=closed.id)
    assert "Обращение было закрыто и открылось снова." in (await anna.waits_for("Всё ещё не вышло")).words
    assert await world.read(STATES) == [{"id": 1, "state": "waits_support"}]


async def test_an_answer_to_somebody_who_has_blocked_the_bot_is_marked_so(world: World) -> None:
    technician, anna = await world.technician(), await support(world)
    await asks(technician)
    shown = await anna.waits_for("Обращение № 1: вопрос о шаге")
    await technician.blocks()
    await anna.says("Проверьте адрес", reply_to=shown.id)
    mark = await anna.waits_for("ответ не доставлен")
    assert "получатель заблокировал бота" in mark.words
    assert await anna.receives("ответ доставлен") == 0
    assert [row["text"] for row in await world.read("SELECT text FROM ticket_message ORDER BY id")] == [
        MESSAGE,
        "Проверьте адрес",
    ]


async def test_without_support_the_ticket_stands_and_the_mail_is_named(world: World) -> None:
    technician = await world.technician()
    card = await asks(technician)
    mark = await technician.waits_for("Обращение № 1 ждёт поддержку")
    assert "help@example.org" in mark.words
    assert "передано" not in card.words
    late = await support(world)
    assert "№ 1, Колледж связи № 7" in (await late.waits_for("Ждут ответа: 1")).words.replace("\u00a0", " ")


async def test_photos_and_files_pass_whole_albums_too(world: World) -> None:
    technician, anna = await world.technician(), await support(world)
    await opens_form(technician)
    await technician.sends(scans(1), album=True, caption="Вот эти листы")
    assert "сканы отправляйте отдельно" in (await technician.waits_for("Ждём ответа поддержки.")).words
    first = await anna.waits_for("Вот эти листы")
    assert first.document is not None
    await anna.waits_for(lambda message: message.document is not None and message.id != first.id)
    assert await world.read("SELECT id FROM submission") == []
    assert len(await world.read("SELECT id FROM ticket_message")) == 2


async def test_a_file_larger_than_bots_may_fetch_passes_by_its_number(world: World) -> None:
    technician, anna = await world.technician(), await support(world)
    await opens_form(technician)
    await technician.sends_declared("video-of-printer.zip", 25 << 20)
    shown = await anna.waits_for(lambda message: message.document is not None)
    assert shown.document is not None
    assert (shown.document.name, shown.document.size) == ("video-of-printer.zip", 25 << 20)


async def test_words_that_nobody_asked_for_are_kept_until_they_are_sent(world: World) -> None:
    technician, anna = await world.technician(), await support(world)
    await technician.says("Здравствуйте!")
    await technician.waits_for("Отправить это в поддержку?")
    await technician.says("Принтер печатает <b>97 %</b> & полосы")
    offered = await technician.waits_for("Отправить это в поддержку?")
    assert "Здравствуйте!\nПринтер печатает <b>97 %</b> & полосы" in offered.words
    await technician.presses("Все шаги")
    await technician.waits_for("Все шаги:")
    await technician.presses("Написать в поддержку", message_id=offered.id, times=2)
    shown = await anna.waits_for("Обращение № 1: вопрос")
    assert "Здравствуйте!\nПринтер печатает <b>97 %</b> & полосы" in shown.words
    await technician.quiet(0.5)
    assert len(await world.read("SELECT id FROM ticket")) == 1
    await technician.says("И ещё вопрос")
    await technician.waits_for("Отправить это в поддержку?")
    await technician.presses("Дописать в")
    await anna.waits_for("И ещё вопрос")
    assert len(await world.read("SELECT id FROM ticket")) == 1


async def test_the_longest_message_reaches_support_whole(world: World) -> None:
    technician, anna = await world.technician(), await support(world)
    words = ("<i>&\u202e" + "ы" * 9) * 400
    await asks(technician, words[:4096])
    await anna.waits_for(lambda message: "Ответить" in message.labels())
    got = "".join(message.words for message in await anna.messages() if message.from_bot)
    wanted = words[:4096].replace("\u202e", "")
    assert wanted in got


async def test_other_peoples_tickets_are_nobodys_business(world: World) -> None:
    technician, other = await world.technician(), await world.technician("Чужой", "54-012")
    await asks(technician)
    forged = [f"ticket_open|0|{number}" for number in ("1", "2", "x", "-1", "9" * 30, "")]
    for data in ("ticket_words|0|1", "ticket_close|0|1", "ticket|1|step.print", "desk|0|", *forged):
        await other.says("/home")
        card = await other.waits_for("Аграрный колледж")
        await other.presses_data(card.id, data)
        await other.waits_for("У вас нет доступа к этому")
    assert await world.read(STATES) == [{"id": 1, "state": "waits_support"}]
    assert await world.read("SELECT what FROM awaited") == []


async def test_a_reply_to_a_message_that_is_no_tickets_is_a_message_like_any_other(world: World) -> None:
    technician = await world.technician()
    card = await technician.waits_for(lambda message: bool(message.labels()), since="start")
    await technician.says("Что это?", reply_to=card.id)
    await technician.waits_for("Отправить это в поддержку?")
    assert await world.read("SELECT id FROM ticket") == []


async def test_the_same_question_pressed_again_leads_to_the_open_ticket(world: World) -> None:
    technician = await world.technician()
    await asks(technician)
    await technician.presses("Главная")
    home = await technician.waits_for("Колледж связи № 7")
    assert "Обращения" in home.labels()
    await technician.presses_data(home.id, "ticket|1|step.sign_in")
    await technician.waits_for("Обращение № 1: вопрос о шаге")
    await technician.presses("Все обращения")
    listed = await technician.waits_for("У вас 1 обращение")
    assert "№ 1: вопрос о шаге (Шаг «Вход в кабинет ФИС ОКО») — ждёт ответа поддержки" in listed.words.replace(
        "\u00a0", " "
    )


async def test_two_of_support_at_one_moment_both_reach_the_person(world: World) -> None:
    technician, anna, oleg = await world.technician(), await support(world), await support(world, "Олег")
    await asks(technician)
    shown = [await person.waits_for("Обращение № 1: вопрос о шаге") for person in (anna, oleg)]
    await asyncio.gather(
        anna.says("Первый ответ", reply_to=shown[0].id), oleg.says("Второй ответ", reply_to=shown[1].id)
    )
    for words in ("Первый ответ", "Второй ответ"):
        await technician.waits_for(words)
