"""The technician's way, by real buttons over the wire: what a person sees, and what a second session reads."""

from tests.technician.walking import (
    BY_HAND_BEFORE_SCANNING,
    card,
    done_steps,
    main_label,
    mark_all_before,
    press,
    press_main,
    walk_until,
)
from tests.wired.world import World, scans


async def test_all_twelve_steps_to_the_notice(world: World):
    coordinator = await world.coordinator()
    technician = await world.technician()
    assert (await card(technician)).words.startswith("Здравствуйте! Вы подключены к апробации")

    await walk_until(technician, "Шаг 10 из 12. Отсканируйте бланки")
    assert await done_steps(world) == list(BY_HAND_BEFORE_SCANNING)
    assert [message.document.name for message in await technician.messages() if message.document] == ["manual.pdf"]

    await technician.sends(scans(2))
    await technician.waits_for(lambda message: "Завершить" in message.labels(), 60)
    confirm = await press(technician, "Завершить")
    assert "Засчитаны все 2 комплекта" in confirm.words
    assert (await world.read("SELECT state FROM participation WHERE id = 1"))[0]["state"] == "open"

    await technician.presses("Завершить совсем", times=2, message_id=confirm.id)
    await technician.waits_for("Готово! Все 2 комплекта засчитаны")
    assert await technician.receives("Готово! Все 2 комплекта засчитаны") == 1
    await coordinator.waits_for("Колледж связи № 7", 20, since="start")
    [row] = await world.read("SELECT state, finishes FROM participation WHERE id = 1")
    assert (row["state"], row["finishes"]) == ("finished", 1)
    assert len(await world.read("SELECT id FROM notice")) == 1


async def test_a_double_press_marks_once_and_is_always_answered(world: World):
    technician = await world.technician()
    shown = await walk_until(technician, "Шаг 1 из 12")
    pressed = await technician.presses("Вход выполнен", times=3, message_id=shown.id)
    assert pressed.answered
    await technician.waits_for("Шаг 2 из 12")
    assert await done_steps(world) == ["sign_in"]


async def test_an_old_windows_button_shows_the_right_state(world: World):
    technician = await world.technician()
    first = await walk_until(technician, "Шаг 1 из 12")
    data = next(button.data for row in first.buttons for button in row if button.text == "Вход выполнен")
    await walk_until(technician, "Шаг 3 из 12")
    await technician.says("/home")
    await technician.waits_for("Шаг 3 из 12: Инструкции")
    assert data is not None
    await technician.presses_data(first.id, data)
    await technician.waits_for("Шаг 3 из 12. Изучите инструкции")
    assert await done_steps(world) == ["sign_in", "download"]


async def test_the_number_is_typed_and_wrong_ones_are_explained(world: World):
    technician = await world.technician()
    await mark_all_before(world, "participants")
    await technician.says("/home")
    await technician.waits_for("Шаг 8 из 12: Мероприятие")
    await press_main(technician)
    for text, answer in (
        ("десять", "Нужно число цифрами"),
        ("-1", "Такого числа участников не бывает"),
        ("10 000", "Такого числа участников не бывает"),
        ("1.5", "Нужно целое число"),
        ("🔟", "Нужно число цифрами"),
    ):
        await technician.says(text)
        wrong = await technician.waits_for(answer)
        assert "от 1 до 2000" in wrong.words.replace("\u00a0", " ")
    await technician.says(" 3 ")
    await technician.waits_for("Записано участников: 3")
    await technician.waits_for("Шаг 9 из 12")
    assert len(await world.read("SELECT number FROM kit_place")) == 3


async def test_steps_can_be_looked_at_and_taken_back(world: World):
    technician = await world.technician()
    await walk_until(technician, "Шаг 3 из 12")
    await press(technician, "Главная")
    listed = await press(technician, "Все шаги")
    assert "Все шаги: выполнено 2 из 12" in listed.words
    assert [label for label in listed.labels() if label.startswith("Шаг")] == ["Шаг 1", "Шаг 2", "Шаг 3"]
    await press(technician, "Шаг 1")
    undone = await press(technician, "Снять отметку")
    assert main_label(undone) == "Вход выполнен"
    assert await done_steps(world) == ["download"]
    await press_main(technician)
    assert await done_steps(world) == ["sign_in", "download"]


async def test_without_a_coordinator_the_technician_tells_and_marks_it(world: World):
    technician = await world.technician()
    await mark_all_before(world, "participants")
    await technician.says("/home")
    await technician.waits_for("Шаг 8 из 12: Мероприятие")
    await press_main(technician)
    await technician.says("1")
    await technician.waits_for("Записано участников: 1")
    await technician.sends(scans(1))
    await technician.waits_for(lambda message: "Завершить" in message.labels(), 60)
    await press(technician, "Завершить")
    await technician.presses("Завершить совсем")
    step = await technician.waits_for("В вашем регионе к боту ещё не подключён координатор.\n\nСообщите")
    assert main_label(step) == "Сообщил сам"
    await technician.presses("Сообщил сам", message_id=step.id)
    await technician.waits_for("Вы сообщили координатору сами")
    await technician.says("/home")
    home = await technician.waits_for("Координатор знает о завершении")
    assert [button.style for row in home.buttons for button in row if button.style] == []
    [row] = await world.read("SELECT state, evidence FROM checklist_step WHERE step = 'notice'")
    assert row["state"] == "done"
    assert "reported_self" in str(row["evidence"])
    assert len(await world.read("SELECT id FROM audit WHERE action = 'notice.reported_self'")) == 1
