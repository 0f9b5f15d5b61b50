"""The chat page in a real headless Chromium: texts, buttons, edits, trouble, live."""

import pytest
from aiogram import Bot
from playwright.async_api import Locator, Page, expect

from sandbox.client import Messenger, Person
from sandbox.server import Sandbox
from tests.sandbox.conftest import keys, next_text

HOSTILE = "<img src=x onerror=alert(1)> & <b>"


async def test_every_person_has_a_pane(page: Page, pane: Locator, messenger: Messenger):
    names = await page.locator(".pane h2").all_inner_texts()
    assert names == [person.name for person in await messenger.people()]
    assert await page.title() == "Апробот — учебный мессенджер"


async def test_a_text_is_sent_and_answered_live(pane: Locator, bot: Bot, petr: Person):
    await pane.get_by_label("Сообщение", exact=True).fill("есть вопрос")
    await pane.get_by_role("button", name="Отправить").click()
    assert await next_text(bot) == "есть вопрос"
    await bot.send_message(petr.id, "<b>Ответ</b> готов", parse_mode="HTML")
    await expect(pane.locator("strong", has_text="Ответ")).to_be_visible()


async def test_an_edit_is_seen_in_place(pane: Locator, bot: Bot, petr: Person):
    card = await bot.send_message(petr.id, "1 из 10")
    await expect(pane.get_by_text("1 из 10")).to_be_visible()
    await bot.edit_message_text("2 из 10", chat_id=petr.id, message_id=card.message_id)
    await expect(pane.get_by_text("2 из 10")).to_be_visible()
    await expect(pane.get_by_text("1 из 10")).to_have_count(0)
    await bot.delete_message(petr.id, card.message_id)
    await expect(pane.get_by_text("2 из 10")).to_have_count(0)


async def test_a_press_shows_its_toast(pane: Locator, bot: Bot, petr: Person):
    await bot.send_message(petr.id, "card", reply_markup=keys("Дальше"))
    await pane.get_by_role("button", name="Дальше").click()
    (update,) = await bot.get_updates(timeout=5)
    await bot.answer_callback_query(update.callback_query.id, "Уже отмечено")
    await expect(pane.locator(".toast")).to_have_text("Уже отмечено")


async def test_hostile_text_stays_text(page: Page, pane: Locator, bot: Bot, petr: Person):
    await bot.send_message(petr.id, HOSTILE)
    await petr.says(HOSTILE)
    await expect(pane.get_by_text(HOSTILE)).to_have_count(2)
    assert await pane.locator(".messages img").count() == 0


async def test_a_blocked_bot_is_seen_and_let_in_again(page: Page, pane: Locator, bot: Bot, petr: Person):
    await page.get_by_role("button", name="События").click()
    await page.get_by_role("button", name="Заблокировать бота").click()
    await pane.get_by_role("button", name="Разблокировать").click()
    await expect(pane.get_by_label("Сообщение", exact=True)).to_be_visible()
    kinds = [update.my_chat_member.new_chat_member.status for update in await bot.get_updates(timeout=5)]
    assert kinds[-1] in {"kicked", "member"}


async def test_trouble_is_ordered_and_shown(page: Page, pane: Locator, bot: Bot, petr: Person):
    await page.get_by_role("button", name="События").click()
    await page.get_by_role("button", name="Ответить «слишком часто»").click()
    await expect(page.locator("#fault-state")).to_contain_text("Заказано")
    with pytest.raises(Exception, match="retry after 5"):
        await bot.send_message(petr.id, "x")
    await expect(page.locator(".pill.bad").first).to_contain_text("429 Too Many Requests: retry after 5")


async def test_the_page_recovers_from_a_restart(page: Page, sandbox: Sandbox, pane: Locator, bot: Bot, petr: Person):
    """A listener that is cut off comes back and misses nothing."""
    sandbox.world.hub.close()
    await expect(page.locator("#offline")).to_be_visible()
    sandbox.world.hub.closed = False
    await bot.send_message(petr.id, "while away")
    await expect(page.locator("#offline")).to_be_hidden()
    await expect(pane.get_by_text("while away")).to_be_visible()
