"""Coming in, and whatever else people write or press: always one right answer."""

from sandbox.client import Message
from services.accounts.models import Role
from tests.planted import NAME
from tests.technician.walking import card, done_steps
from tests.wired.world import World


async def test_a_strangers_messages_get_one_polite_answer_and_leave_nothing(world: World):
    stranger = await world.person("<b>&Чужой")
    for act in ("Здравствуйте", "/start", "/home", "/help", "/start wrong-token-wrong-token", "/nothing"):
        await stranger.says(act)
        answer = await stranger.waits_for(lambda message: message.from_bot)
        assert "регионального координатора" in answer.words
    assert await world.read("SELECT id FROM person WHERE name LIKE '%Чужой%'") == []
    assert await world.read("SELECT id FROM account") == []


async def test_a_used_invite_lets_nobody_else_in(world: World):
    token = await world.invite(Role.TECHNICIAN, organisation="54-007")
    first, second = await world.person(NAME), await world.person("Второй")
    await first.comes_in(token)
    await first.waits_for("Вы подключены к апробации")
    await second.says(f"/start {token}")
    await second.waits_for("Это приглашение уже использовано")
    await first.says(f"/start {token}")
    await first.waits_for("Шаг 1 из 12: Вход в кабинет ФИС ОКО")


async def test_text_that_nobody_asked_for_gets_help_and_the_home_card(world: World):
    technician = await world.technician()
    await technician.says("Что делать? <b>& {n}")
    await technician.waits_for("Отправить это в поддержку?")
    await technician.waits_for("Шаг 1 из 12: Вход в кабинет ФИС ОКО")


async def test_only_the_newest_card_has_buttons(world: World):
    technician = await world.technician()
    await technician.says("/home")
    await technician.waits_for("Шаг 1 из 12")
    await technician.says("/help")
    await technician.waits_for("Помощь")

    def with_buttons(messages: list[Message]) -> int:
        return sum(1 for message in messages if message.from_bot and message.labels() and not message.deleted)

    await technician.quiet(0.5)
    assert with_buttons(await technician.messages()) == 1


async def test_unknown_and_forged_buttons_are_answered_with_a_screen(world: World):
    technician = await world.technician()
    shown = await card(technician)
    for data, words in (
        ("nothing|1|x", "Шаг 1 из 12: Вход"),
        ("step|ffffffffff|sign_in", "У вас нет доступа к этому"),
        ("garbage", "Шаг 1 из 12: Вход"),
        ("check|1|", "Такого вопроса больше нет"),
        ("finish_now|1|", "Этот шаг откроется позже"),
        ("done|1|" + "я" * 20, "Шаг 1 из 12: Вход"),
    ):
        pressed = await technician.presses_data(shown.id, data)
        assert pressed.answered
        await technician.waits_for(words)
    assert await done_steps(world) == []
    assert (await world.read("SELECT state FROM participation WHERE id = 1"))[0]["state"] == "open"
