"""The chat page with files: dropped, dragged from the shelf, attached, opened at full size."""

from pathlib import Path

import pytest
from aiogram import Bot
from aiogram.types import BufferedInputFile, InputMediaPhoto
from playwright.async_api import Locator, Page, expect

from sandbox.client import Person
from tests.sandbox.conftest import picture


@pytest.mark.parametrize(("zone", "kind"), [("document", "document"), ("photo", "photo")])
async def test_a_file_is_dropped_into_a_pane(pane: Locator, bot: Bot, zone: str, kind: str):
    await pane.evaluate(
        """async (pane, zone) => {
            const canvas = new OffscreenCanvas(60, 80);
            canvas.getContext("2d").fillRect(0, 0, 30, 30);
            const blob = await canvas.convertToBlob();
            const transfer = new DataTransfer();
            transfer.items.add(new File([blob], "drop.png", {type: "image/png"}));
            const fire = (node, kind) => node.dispatchEvent(
                new DragEvent(kind, {dataTransfer: transfer, bubbles: true, cancelable: true}));
            fire(pane, "dragenter");
            if (pane.querySelector(".zones").hidden) throw new Error("no drop zones");
            fire(pane.querySelector(`.zone[data-as=${zone}]`), "drop");
        }""",
        zone,
    )
    (update,) = await bot.get_updates(timeout=5)
    assert getattr(update.message, kind)
    await expect(pane.locator(".zones")).to_be_hidden()


async def test_a_sample_is_dragged_from_the_shelf(page: Page, pane: Locator, bot: Bot):
    card = page.get_by_role("button", name="скан 1.pdf")
    await card.hover()
    await page.mouse.down()
    box = await pane.bounding_box()
    assert box
    await page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 150)
    await page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 170)
    await pane.locator(".zone[data-as=document]").hover()
    await page.mouse.up()
    (update,) = await bot.get_updates(timeout=5)
    assert update.message.document.file_name == "скан 1.pdf"
    await expect(pane.get_by_text("скан 1.pdf")).to_be_visible()


async def test_a_sample_made_after_the_page_was_opened_joins_the_shelf(page: Page, pane: Locator, shelf: Path):
    cards = page.locator(".card")
    before = await cards.count()
    await cards.first.click()
    (shelf / "новый скан.pdf").write_bytes(b"%PDF-1.4")
    await expect(page.locator('.card[data-name="новый скан.pdf"]')).to_be_visible()
    await expect(cards).to_have_count(before + 1)
    await expect(page.locator('.card[aria-pressed="true"]')).to_have_count(1)


async def test_files_are_attached_and_sent_as_an_album(pane: Locator, bot: Bot, shelf: Path):
    await pane.locator("input[type=file]").set_input_files([shelf / "page.png", shelf / "скан 1.pdf"])
    await expect(pane.locator(".chip")).to_have_count(2)
    await pane.get_by_role("button", name="Отправить как файл").click()
    await expect(pane.locator("a.file")).to_have_count(2)
    first, second = [update.message for update in await bot.get_updates(timeout=5, limit=2)]
    assert first.media_group_id == second.media_group_id is not None


async def test_an_album_opens_at_full_size(page: Page, pane: Locator, bot: Bot, petr: Person):
    media = [InputMediaPhoto(media=BufferedInputFile(picture(800, 1100, shade=n), f"{n}.png")) for n in (50, 90, 130)]
    await bot.send_media_group(petr.id, media)
    await expect(pane.locator(".picture")).to_have_count(3)
    await pane.locator(".picture").first.click()
    await expect(page.locator("#lightbox-name")).to_have_text("1 / 3")
    await page.keyboard.press("ArrowRight")
    await expect(page.locator("#lightbox-name")).to_have_text("2 / 3")
    width = await page.locator("#lightbox-image").evaluate("image => image.naturalWidth")
    assert width == 800
    await page.keyboard.press("Escape")
    await expect(page.locator("#lightbox")).not_to_be_visible()
