"""The chat page for everybody: by keyboard alone, read aloud, on a phone, in English, in the dark."""

import asyncio

import pytest
from aiogram import Bot
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from playwright.async_api import Locator, Page, Route, expect

from sandbox.client import Messenger, Person
from sandbox.server import Sandbox
from tests.sandbox.conftest import bot_of, confirm_all, keys, next_text


async def test_the_whole_way_by_keyboard(page: Page, pane: Locator, bot: Bot, petr: Person):
    """Choose a sample, send it, write, press a button: no pointer at all; the focus is always to be seen."""
    await tab_to(page, "скан 1.pdf")
    await page.keyboard.press("Space")
    await tab_to(page, "Отправить как файл")
    await page.keyboard.press("Enter")
    (update,) = await bot.get_updates(timeout=5)
    assert update.message.document
    await confirm_all(bot)
    await tab_to(page, "Сообщение")
    await page.keyboard.type("готово")
    await page.keyboard.press("Enter")
    assert await next_text(bot) == "готово"
    await bot.send_message(petr.id, "card", reply_markup=keys("Завершить"))
    await expect(pane.get_by_role("button", name="Завершить")).to_be_visible()
    await tab_to(page, "Завершить", back=True)
    assert await page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    await page.keyboard.press("Enter")
    (update,) = await bot.get_updates(timeout=5)
    assert update.callback_query.data == "Завершить"


async def tab_to(page: Page, name: str, *, back: bool = False) -> None:
    for _ in range(60):
        await page.keyboard.press("Shift+Tab" if back else "Tab")
        focused = await page.evaluate(
            "(n => [n.ariaLabel, n.innerText, n.placeholder].filter(Boolean).join(' '))(document.activeElement)"
        )
        if name in focused:
            return
    raise AssertionError(f"no way to {name!r} by keyboard")


async def test_news_are_announced(page: Page, pane: Locator, bot: Bot, petr: Person):
    await bot.send_message(petr.id, "Готово!\nВсё принято")
    await expect(page.locator("#announcer")).to_have_text(f"{petr.name}, новое сообщение: Готово!")


async def test_a_phone_shows_one_pane_and_tabs(page: Page, pane: Locator, bot: Bot, petr: Person, messenger: Messenger):
    await page.set_viewport_size({"width": 360, "height": 740})
    irina = await messenger.with_role("coordinator")
    await irina.says("/start")
    await expect(page.locator(f"#pane-{irina.id}")).to_be_hidden()
    await bot.send_message(irina.id, "новость")
    tab = page.get_by_role("tab", name=irina.name)
    await expect(tab.locator(".badge")).to_have_text("1")
    await tab.click()
    await expect(page.locator(f"#pane-{irina.id}").get_by_text("новость")).to_be_visible()
    await expect(tab.locator(".badge")).to_be_hidden()
    assert await page.evaluate("document.documentElement.scrollWidth") == 360


async def test_english_on_demand(sandbox: Sandbox, page: Page):
    await page.goto(f"{sandbox.url}/?lang=en")
    await page.wait_for_selector("body[data-ready]")
    await expect(page.get_by_role("heading", name="Practice messenger")).to_be_visible()
    async with bot_of(sandbox) as bot:
        await bot.get_me()
    await expect(page.locator("#bot")).to_contain_text("is connected")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_contrast_is_enough(page: Page, pane: Locator, bot: Bot, petr: Person, scheme: str):
    await page.emulate_media(color_scheme=scheme)
    rows = [
        [InlineKeyboardButton(text=style, callback_data="x", style=style)] for style in ("primary", "success", "danger")
    ]
    markup = InlineKeyboardMarkup(inline_keyboard=[*rows, [InlineKeyboardButton(text="plain", callback_data="x")]])
    await bot.send_message(petr.id, "text https://example.org", reply_markup=markup)
    await expect(pane.locator(".key")).to_have_count(4)
    measured = await page.evaluate(CONTRAST)
    assert {what: ratio for what, ratio in measured.items() if ratio < 4.5} == {}
    assert len(measured) > 10


CONTRAST = """() => {
  const parse = (text) => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
    .map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour.length < 4 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const found = {};
  for (const node of document.querySelectorAll("h1, h2, p, a, button, textarea, label, time, .file-size, .file-name")) {
    if (!node.offsetParent || !node.innerText?.trim()) continue;
    const style = getComputedStyle(node);
    const back = ground(node);
    const alpha = Number(style.opacity);
    const ink = parse(style.color).slice(0, 3).map((v, i) => v * alpha + back[i] * (1 - alpha));
    const [one, other] = [light(ink), light(back)].sort((x, y) => y - x);
    found[`${node.tagName}.${node.className} ${node.innerText.slice(0, 20)}`] = (one + 0.05) / (other + 0.05);
  }
  return found;
}"""


async def test_news_behind_a_tab_is_unread_though_it_came_with_ones_own_words(
    page: Page, pane: Locator, bot: Bot, petr: Person, messenger: Messenger
):
    """Both may arrive in one answer of the server: the page then asks once for two messages."""
    await page.set_viewport_size({"width": 360, "height": 740})
    irina = await messenger.with_role("coordinator")
    await expect(page.locator(f"#pane-{irina.id}")).to_be_hidden()
    held = asyncio.Event()

    async def hold(route: Route) -> None:
        await held.wait()
        await route.continue_()

    await page.route(f"**/people/{irina.id}/messages*", hold)
    await irina.says("/start")
    await bot.send_message(irina.id, "новость")
    held.set()
    await expect(page.get_by_role("tab", name=irina.name).locator(".badge")).to_have_text("1")
