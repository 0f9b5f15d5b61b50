"""Makes the pictures of README and docs from the running demo: `./run pictures`.

The main job is played up to the bad page; headless Chromium takes the chat page, the other pictures are those that
the bot sent.
"""

import asyncio
import os
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.async_api import async_playwright

from sandbox.client import Message, Person
from sandbox.demo.commands import ROOT
from sandbox.demo.opened import OpenedStage, opened
from sandbox.demo.stage import bad_scan, clean_scans, fill_shelf
from sandbox.page.catalogue import say
from sandbox.play.main_job import is_summary, same_page
from sandbox.play.walk import Walk

OUT = ROOT / "docs" / "pictures"
WIDE = {"width": 1440, "height": 900}
NARROW = {"width": 360, "height": 780}
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
SUMMARY_WITHIN_S = 120.0
QUIET = [
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


async def main() -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="aprobot-pictures-") as folder:
        async with opened(Path(folder), 0) as stage:
            technician = await stage.messenger.with_role("technician")
            await fill_shelf(stage)
            await play_to_the_bad_page(stage, technician)
            await save_sent(stage, technician)
            await take_page(stage)


async def play_to_the_bad_page(stage: OpenedStage, technician: Person) -> None:
    """Seven kits, one of them with a bad page: what most people will see first."""
    await Walk(technician, tell).to("upload")
    good, bad = await clean_scans(stage), await bad_scan(stage, "fiducials_missing")
    await technician.sends([bad.path if same_page(scan, bad) else scan.path for scan in good[:14]])
    await technician.waits_for(is_summary, SUMMARY_WITHIN_S)


async def save_sent(stage: OpenedStage, technician: Person) -> None:
    """The verdict picture and the picture of the kits, as they were sent."""
    await save_photo(stage, await technician.waits_for(has_photo, since="start"), "verdict")
    await technician.presses(say("demo.picture"))
    await save_photo(stage, await technician.waits_for(has_photo), "kits")


async def save_photo(stage: OpenedStage, message: Message, name: str) -> None:
    if message.photo is not None:
        suffix = Path(message.photo.name).suffix or ".jpg"
        (OUT / f"{name}{suffix}").write_bytes(await stage.messenger.download(message.photo))


async def take_page(stage: OpenedStage) -> None:
    path = next(found for name in CHROMIUM if (found := shutil.which(name)))
    arguments = [*QUIET, *([] if os.geteuid() else ["--no-sandbox"])]
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=arguments)
        for name, size in (("chat", WIDE), ("chat-narrow", NARROW)):
            page = await browser.new_page(viewport=size, locale="ru-RU")  # type: ignore[arg-type]  # a plain dict is its shape
            await page.goto(stage.url)
            await page.wait_for_timeout(1500)
            await page.screenshot(path=OUT / f"{name}.png")
        await browser.close()


def has_photo(message: Message) -> bool:
    return message.from_bot and message.photo is not None


def tell(line: str) -> None:
    sys.stderr.write(line + "\n")


if __name__ == "__main__":
    asyncio.run(main())
