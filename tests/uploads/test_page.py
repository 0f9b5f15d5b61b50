"""The page in a real headless Chromium: by keyboard, on a phone, over a cut network, after a reload."""

import asyncio
import io
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from PIL import Image
from playwright.async_api import Browser, CDPSession, FilePayload, Page, expect

from tests.submissions.damage import without_symbols
from tests.uploads.browsing import Visitor, change
from tests.uploads.signing import signed
from tests.wired.world import World, scans

IN_TIME_MS = 60_000
SLOW = {"offline": False, "latency": 20, "downloadThroughput": -1, "uploadThroughput": 150_000}
FAST = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
CUT = {**FAST, "offline": True}


@pytest.fixture
async def tab(browser: Browser) -> AsyncIterator[Page]:
    """A tab of a phone's width whose scripts must not fail; a network that is cut may be complained of."""
    faults: list[str] = []
    context = await browser.new_context(viewport={"width": 360, "height": 780}, locale="ru-RU")
    page = await context.new_page()
    page.set_default_timeout(20_000)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda line: faults.append(line.text) if "Content Security" in line.text else None)
    page.on("filechooser", lambda _chooser: None)  # from now on no system window opens, so that none comes too early
    yield page
    await context.close()
    assert faults == []


async def network(tab: Page) -> CDPSession:
    session = await tab.context.new_cdp_session(tab)
    await session.send("Network.enable")
    return session


async def set_network(session: CDPSession, conditions: dict[str, object]) -> None:
    await session.send("Network.emulateNetworkConditions", conditions)


def bound(jpegs: list[bytes]) -> bytes:
    """Pages in one PDF, as a scanner with a feeder makes it."""
    first, *others = [Image.open(io.BytesIO(jpeg)) for jpeg in jpegs]
    out = io.BytesIO()
    first.save(out, "PDF", save_all=True, append_images=others, resolution=150)
    return out.getvalue()


def one_bad() -> bytes:
    (_, sheet), (_, task), (_, other), _ = scans(2)
    return bound([sheet, task, without_symbols(other)])


def file(name: str, data: bytes) -> FilePayload:
    return {"name": name, "mimeType": "application/pdf", "buffer": data}


async def choose_by_keyboard(tab: Page, path: Path) -> None:
    """Tab to the button, Enter; the system's own window gives the file."""
    for _ in range(10):
        await tab.keyboard.press("Tab")
        if await tab.evaluate("document.activeElement.id") == "choose":
            break
    await expect(tab.locator("#choose")).to_be_focused()
    async with tab.expect_file_chooser() as chooser:
        await tab.keyboard.press("Enter")
    await (await chooser.value).set_files(path)


async def test_cut_and_resumed_by_keyboard_alone(world: World, visitor: Visitor, tab: Page, tmp_path: Path) -> None:
    await change(world, "UPDATE participation SET declared = 2")
    path = tmp_path / "scan-01.pdf"
    path.write_bytes(one_bad())
    line = await network(tab)
    await tab.goto(visitor.base)
    await expect(tab.locator("#totals-title")).to_have_text("Комплекты: 0 из 2")
    await set_network(line, SLOW)
    await choose_by_keyboard(tab, path)
    row = tab.locator("#sending .file")
    await expect(row.locator(".state")).to_contain_text("загружаем")
    await set_network(line, CUT)
    await expect(row.locator(".state")).to_contain_text("нет связи, пробуем ещё")
    await set_network(line, FAST)
    await expect(tab.locator("#files .state")).to_contain_text("проверен: принято", timeout=IN_TIME_MS)
    await expect(tab.locator("#files .fault")).to_contain_text("Страница 3: на странице нет QR-кода")
    await expect(tab.locator("#announcer")).to_contain_text("scan-01.pdf: проверен")
    await look_at_pages_by_keyboard(tab)
    await tab.reload()
    await expect(tab.locator("#files .file-name")).to_have_text("scan-01.pdf")
    assert "Файлы: 1 из 1" in await tab.locator("#totals-title").inner_text()
    assert len(await world.read("SELECT id FROM submission")) == 1


async def look_at_pages_by_keyboard(tab: Page) -> None:
    """Enter opens, arrows walk, Esc closes, and the focus is back at the page looked at last."""
    await tab.locator(".tile").first.focus()
    await tab.keyboard.press("Enter")
    await expect(tab.locator("#viewer-place")).to_have_text("1 / 3")
    await tab.keyboard.press("ArrowRight")
    await tab.keyboard.press("ArrowRight")
    await tab.keyboard.press("ArrowRight")
    await expect(tab.locator("#viewer-place")).to_have_text("3 / 3")
    await expect(tab.locator("#viewer-words")).to_contain_text("нет QR-кода")
    await expect(tab.locator("#viewer-image")).to_be_visible()
    assert "нет QR-кода" in (await tab.locator("#viewer-image").get_attribute("alt") or "")
    await tab.keyboard.press("Escape")
    await expect(tab.locator("#viewer")).to_be_hidden()
    await expect(tab.locator(":focus")).to_have_attribute("data-number", "3")


async def test_after_a_reload_the_same_file_goes_on_where_it_was(
    small_world: World, guest: Visitor, tab: Page, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for module in ("list_files", "stamp"):
        monkeypatch.setattr(f"services.uploads.{module}.MOVING_FOR", timedelta(seconds=1))
    data = b"%PDF-1.7" + bytes(1_200_000)
    chosen = tmp_path / "scan-02.pdf"
    chosen.write_bytes(data)
    line = await network(tab)
    await tab.goto(guest.base)
    await set_network(line, SLOW)
    await tab.set_input_files("#choose", chosen)
    await expect(tab.locator("#sending progress")).to_be_visible()
    await until_some(small_world)
    await tab.reload()
    await expect(tab.locator("#files .file-note")).to_contain_text("Выберите этот файл ещё раз — продолжим с")
    before = (await small_world.read("SELECT received FROM upload"))[0]["received"]
    assert 0 < before < len(data)
    await set_network(line, FAST)
    await tab.set_input_files("#choose", chosen)
    await expect(tab.locator("#files .state")).to_contain_text("не принят", timeout=IN_TIME_MS)
    rows = await small_world.read("SELECT state, received FROM upload")
    assert rows == [{"state": "done", "received": len(data)}]


async def until_some(world: World) -> None:
    async with asyncio.timeout(20):
        while not (rows := await world.read("SELECT received FROM upload")) or rows[0]["received"] == 0:
            await asyncio.sleep(0.2)


async def test_it_fits_a_phone_and_a_doubled_zoom(guest: Visitor, tab: Page) -> None:
    long = "очень-длинное-имя-" * 8 + ".pdf"
    await guest.begins(long, 10)
    await guest.uploads(long, b"%PDF-1.7 nothing in it")
    for width in (320, 360, 600):
        await tab.set_viewport_size({"width": width, "height": 700})
        await tab.goto(guest.base)
        assert await tab.evaluate("document.documentElement.scrollWidth") <= width


async def test_many_files_neither_hang_the_page_nor_fill_it(guest: Visitor, tab: Page) -> None:
    await tab.goto(guest.base)
    took_ms = await tab.evaluate(
        """() => {
            const transfer = new DataTransfer();
            for (let n = 0; n < 10000; n += 1) transfer.items.add(new File([`%PDF-${n}`], `${n}.pdf`));
            const began = performance.now();
            document.dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }));
            return performance.now() - began;
        }"""
    )
    assert took_ms < 3000
    assert await tab.locator("#sending .file").count() <= 31
    await expect(tab.locator("#sending-count")).to_contain_text("Загружаются и ждут: 9")
    await tab.locator("#cancel-all").click()
    await expect(tab.locator("#sending-head")).to_be_hidden()


async def test_what_cannot_be_right_is_refused_before_it_is_sent(small_world: World, guest: Visitor, tab: Page) -> None:
    await tab.goto(guest.base)
    for name, data, words in (
        ("empty.pdf", b"", "Файл пустой"),
        ("notes.txt", b"hello", "Это не скан"),
    ):
        await tab.set_input_files("#choose", file(name, data))
        await expect(tab.locator("#sending .file").last.locator(".file-note")).to_contain_text(words)
    assert await small_world.read("SELECT id FROM upload") == []
    await tab.locator("#sending .cancel").first.click()
    await expect(tab.locator("#sending .file")).to_have_count(1)
    await tab.set_input_files("#choose", file("scan-without-ending", b"%PDF-1.7 something"))
    await expect(tab.locator("#files .fault")).to_contain_text("PDF повреждён", timeout=IN_TIME_MS)


async def test_a_file_that_changes_on_its_way_is_told_and_not_tried_for_ever(guest: Visitor, tab: Page) -> None:
    """A browser says of a file that was moved away only that the connection is lost; reading it tells the two apart.

    The driver hands files over in memory, where they cannot change: reading is made to fail as it does then.
    """
    line = await network(tab)
    await tab.goto(guest.base)
    await set_network(line, SLOW)
    await tab.set_input_files("#choose", file("scan.pdf", b"%PDF-1.7" + bytes(2_000_000)))
    await expect(tab.locator("#sending .state")).to_contain_text("загружаем")
    await tab.evaluate(
        "() => { Blob.prototype.arrayBuffer = () => Promise.reject(new DOMException('', 'NotReadableError')); }"
    )
    await set_network(line, CUT)
    note = tab.locator("#sending .file-note")
    await expect(note).to_have_text("Файл изменился или недоступен. Выберите его ещё раз.")
    await expect(tab.locator("#sending .retry")).to_be_visible()


async def test_telegrams_button_opens_the_page_without_telegrams_site(guest: Visitor, tab: Page) -> None:
    """Telegram's word stands in the address; nothing is asked of another host."""
    asked: set[str] = set()
    tab.on("request", lambda request: asked.add(urlsplit(request.url).netloc))
    word = quote(signed(datetime.now(UTC), user=json.dumps({"id": guest.person.id})))
    await tab.goto(f"{guest.origin}/app?college=1#tgWebAppData={word}&tgWebAppVersion=9.0&tgWebAppPlatform=android")
    await expect(tab.locator("h1")).to_have_text("Колледж связи № 7")
    await tab.set_input_files("#choose", file("scan.pdf", b"%PDF-1.7 something"))
    await expect(tab.locator("#files .fault")).to_contain_text("PDF повреждён", timeout=IN_TIME_MS)
    assert asked == {urlsplit(guest.origin).netloc}
    await tab.goto("about:blank")
    await tab.goto(f"{guest.origin}/app#tgWebAppData={word[:-3]}")
    await expect(tab.get_by_text("Telegram не подтвердил, кто вы")).to_be_visible()
