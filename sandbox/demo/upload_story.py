"""The large file goes through the upload page in headless Chromium: the network is cut, the bot is killed, it arrives.

The same story makes the figures of the benchmark and the pictures of the documents.
"""

import asyncio
import os
import re
import shutil
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from playwright.async_api import CDPSession, Page, async_playwright

from sandbox.client import Person
from sandbox.demo.large_file import LargeFile
from sandbox.demo.opened import OpenedStage

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
QUIET = ["--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update"]
WIDE = {"width": 1200, "height": 860}
NARROW = {"width": 360, "height": 780}
A_SCHOOLS_LINE = 5_000_000
"""Bytes a second: slow enough that there is a middle to cut."""

CUT_AT = 25
KILL_AT = 60
AWAY_S = 4.0
IN_TIME_S = 240.0
LOOK_EVERY_S = 0.1
SHARE = re.compile(r"(\d+)\s*%")


@dataclass
class Told:
    """What came of it."""

    megabytes: float = 0
    cut_at: int = 0
    killed_at: int = 0
    upload_s: float = 0
    verdict_s: float = 0
    state: str = ""
    totals: str = ""
    in_chat: str = ""
    good: bool = False
    pictures: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


class UploadStory:
    """One file, two interruptions. `pictures` is a folder for screenshots, or None."""

    def __init__(self, stage: OpenedStage, large: LargeFile, pictures: Path | None = None) -> None:
        self.stage = stage
        self.large = large
        self.pictures = pictures
        self.told = Told(megabytes=round(large.scan.stat().st_size / 1e6, 1))

    async def __call__(self) -> Told:
        async with tab() as page:
            line = await network(page)
            await page.goto(self.large.address)
            await self.take(page, "before")
            began = time.monotonic()
            await limit(line, A_SCHOOLS_LINE)
            await page.set_input_files("#choose", self.large.scan)
            await self.cut_the_network(page, line)
            await self.kill_the_bot(page)
            await self.take(page, "during")
            await page.locator("#sending .file").wait_for(state="detached", timeout=IN_TIME_S * 1000)
            self.told.upload_s = round(time.monotonic() - began, 1)
            await self.see_the_verdict(page, began)
        return self.told

    async def cut_the_network(self, page: Page, line: CDPSession) -> None:
        self.told.cut_at = await share_of(page, CUT_AT)
        await limit(line, -1, offline=True)
        await asyncio.sleep(AWAY_S)
        await self.take(page, "cut")
        await limit(line, A_SCHOOLS_LINE)

    async def kill_the_bot(self, page: Page) -> None:
        """As a power cut does it; it comes back at the same address."""
        self.told.killed_at = await share_of(page, KILL_AT)
        self.stage.bot.kill()
        await self.stage.bot.process.wait()
        await asyncio.sleep(AWAY_S / 2)
        self.stage.bot = await self.stage.product.serve()
        await self.stage.bot.ready()
        await share_of(page, KILL_AT + 5)

    async def see_the_verdict(self, page: Page, began: float) -> None:
        await page.locator("#files .file.good, #files .file.bad").wait_for(timeout=IN_TIME_S * 1000)
        self.told.verdict_s = round(time.monotonic() - began, 1)
        self.told.state = plain(await page.locator("#files .state").first.inner_text())
        self.told.totals = plain(await page.locator("#totals-title").inner_text())
        self.told.in_chat = await last_count(self.large.technician)
        await page.locator("#files .pages summary").first.click()
        if self.pictures:
            await all_pictures(page)
        await self.take(page, "after")
        counted = re.search(r"(\d+)\D+(\d+)$", self.told.totals)
        self.told.good = counted is not None and counted[1] == counted[2] != "0"

    async def take(self, page: Page, name: str) -> None:
        """On a desktop and on a phone."""
        if self.pictures is None:
            return
        for size, ending in ((NARROW, "-narrow"), (WIDE, "")):
            await page.set_viewport_size(size)  # type: ignore[arg-type]  # a plain dict is its shape
            await page.wait_for_timeout(300)
            path = self.pictures / f"upload-{name}{ending}.png"
            await page.screenshot(path=path)
            self.told.pictures.append(path.name)


@asynccontextmanager
async def tab() -> AsyncIterator[Page]:
    path = next(found for name in CHROMIUM if (found := shutil.which(name)))
    arguments = [*QUIET, *([] if os.geteuid() else ["--no-sandbox"])]
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=arguments)
        page = await browser.new_page(viewport=WIDE, locale="ru-RU")  # type: ignore[arg-type]  # as above
        yield page
        await browser.close()


async def all_pictures(page: Page) -> None:
    """Small pictures are drawn when somebody looks."""
    await page.evaluate("document.querySelectorAll('.tile img').forEach((one) => { one.loading = 'eager'; })")
    drawn = "[...document.querySelectorAll('.tile img')].every((one) => one.hidden || one.naturalWidth > 0)"
    async with asyncio.timeout(IN_TIME_S):
        while not await page.evaluate(drawn):  # noqa: ASYNC110 (the page is another process, and its policy forbids more)
            await asyncio.sleep(LOOK_EVERY_S)


async def network(page: Page) -> CDPSession:
    session = await page.context.new_cdp_session(page)
    await session.send("Network.enable")
    return session


async def limit(line: CDPSession, bytes_a_second: int, *, offline: bool = False) -> None:
    conditions = {"offline": offline, "latency": 10, "downloadThroughput": -1, "uploadThroughput": bytes_a_second}
    await line.send("Network.emulateNetworkConditions", conditions)


async def share_of(page: Page, wanted: int) -> int:
    """Returns once so many percent are there. Raises TimeoutError."""
    async with asyncio.timeout(IN_TIME_S):
        while True:
            words = " ".join(await page.locator("#sending .state").all_inner_texts())
            found = SHARE.search(words)
            if found and int(found[1]) >= wanted:
                return int(found[1])
            await asyncio.sleep(LOOK_EVERY_S)


async def last_count(technician: Person) -> str:
    """The first line of the summary in the chat."""
    summary = await technician.waits_for(
        lambda message: message.from_bot and bool(message.labels()) and message.button_of("finish") is not None,
        IN_TIME_S,
    )
    return plain(summary.words.partition("\n")[0])


def plain(text: str) -> str:
    return " ".join(text.split())
