"""The chat hands out the way to the page, and only where there is one."""

import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import ClientSession
from playwright.async_api import Page, expect

from bot.settings import Settings
from sandbox.play.walk import Walk
from tests.wired.world import World, open_world

ADDRESS = "https://scans.example.org"


def with_address(settings: Settings) -> None:
    settings.web.public_url = ADDRESS


@pytest.fixture
async def open_to_all(sqlite_url: str, tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(sqlite_url, tmp_path, tune=with_address) as world:
        yield world


async def test_the_upload_screen_and_the_refusal_of_a_large_file_lead_to_the_page(open_to_all: World) -> None:
    technician = await open_to_all.technician()
    await technician.sends_declared("big.pdf", 28 << 20)
    told = await technician.waits_for("больше 20")
    assert "до 500 МБ" in told.words.replace("\u00a0", " ")
    link, app = told.buttons[0]
    assert (link.text, app.text) == ("Загрузить по ссылке", "Загрузить здесь")
    assert link.url.startswith(f"{ADDRESS}/upload/")
    here = link.url.replace(ADDRESS, f"http://127.0.0.1:{open_to_all.product.port}")
    async with ClientSession() as http, http.get(here) as answer:
        assert answer.status == 200
        assert "Колледж связи" in await answer.text()
    await Walk(technician, lambda _line: None).to("upload")
    shown = await technician.waits_for("Отправьте сканы")
    assert "Загрузить по ссылке" in shown.labels()


async def test_without_a_public_address_nothing_is_promised(world: World) -> None:
    technician = await world.technician()
    await technician.sends_declared("big.pdf", 28 << 20)
    told = await technician.waits_for("больше 20")
    assert "ссылк" not in told.words
    assert "Загрузить по ссылке" not in told.labels()


def with_own_address(settings: Settings) -> None:
    """As the demo has it: the port is chosen before the start, so that links can name it."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        settings.web.port = free.getsockname()[1]
    settings.web.public_url = f"http://127.0.0.1:{settings.web.port}"


async def test_a_press_in_the_chat_opens_the_page_in_a_tab(sqlite_url: str, tmp_path: Path, page: Page) -> None:
    async with open_world(sqlite_url, tmp_path, tune=with_own_address) as world:
        technician = await world.technician()
        await technician.sends_declared("big.pdf", 28 << 20)
        await technician.waits_for("больше 20")
        await page.goto(world.sandbox.url)
        async with page.context.expect_page() as opened:
            await page.get_by_role("button", name="Загрузить по ссылке").click()
        tab = await opened.value
        await expect(tab.locator("h1")).to_have_text("Колледж связи № 7")
        await expect(tab.get_by_text("Выбрать файлы")).to_be_visible()
