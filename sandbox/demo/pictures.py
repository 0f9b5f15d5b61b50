"""Makes the pictures of README and docs from the running demo: `./run pictures`.

The main job is played up to the bad page; headless Chromium takes the chat page, the other pictures are those that
the bot sent.
"""

import asyncio
import io
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from PIL import Image
from playwright.async_api import Page

from sandbox.client import Message, Person
from sandbox.demo.commands import ROOT
from sandbox.demo.large_file import address, large_file
from sandbox.demo.opened import OpenedStage, let_in, opened
from sandbox.demo.stage import LATER, bad_scan, bind, clean_scans, fill_shelf, scanned
from sandbox.demo.upload_story import UploadStory, all_pictures, tab
from sandbox.page.catalogue import say
from sandbox.play.samples import same_page
from sandbox.play.story import is_summary
from sandbox.play.walk import Walk

OUT = ROOT / "docs" / "pictures"
WIDE = {"width": 1600, "height": 1290}
NARROW = {"width": 360, "height": 780}
UPLOAD_WIDE = {"width": 1100, "height": 900}
UPLOAD_NARROW = {"width": 360, "height": 900}
DEFECT = "fiducials_missing"
OTHER_HAND = 77
"""Other people, who fill a second print."""

KITS_SENT = 7
BEFORE = 6
"""Pages that lie before the bad sheet: those of three kits."""
LOADED_AFTER_MS = 3000
SUMMARY_WITHIN_S = 120.0


async def main() -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="aprobot-pictures-") as folder:
        async with opened(Path(folder), 0) as stage:
            await fill_shelf(stage)
            await let_in(stage, LATER)
            technician = await stage.messenger.with_role("technician")
            await play_to_the_bad_page(stage, technician)
            await show_region(stage)
            await take_page(stage)
            await save_sent(stage, technician)
            await take_two_sheets(stage, technician)
            await take_upload_page(await address(technician))
            await take_upload_story(stage)


async def play_to_the_bad_page(stage: OpenedStage, technician: Person) -> None:
    """Seven kits, one of them with a bad page: what most people will see first."""
    await Walk(technician, tell).to("upload")
    good, bad = await clean_scans(stage), await bad_scan(stage, DEFECT)
    pages = [bad.path if same_page(scan, bad) else scan.path for scan in good]
    batch = Path(stage.folder) / say("demo.shelf.some", n=KITS_SENT)
    await asyncio.to_thread(bind, with_the_bad(pages, bad.path), batch)
    await technician.sends(batch)
    await technician.waits_for(is_summary, SUMMARY_WITHIN_S)


def with_the_bad(pages: Sequence[Path], bad: Path) -> list[Path]:
    """Pages of some kits in the order of the stack, the bad one among them, so that it has neighbours."""
    place = pages.index(bad)
    others = [*pages[:place], *pages[place + 2 :]]
    return [*others[:BEFORE], *pages[place : place + 2], *others[BEFORE : 2 * (KITS_SENT - 1)]]


async def show_region(stage: OpenedStage) -> None:
    """The coordinator looks at the region when the technician has begun."""
    coordinator = await stage.messenger.with_role("coordinator")
    await coordinator.says("/start")
    await coordinator.waits_for(lambda message: bool(message.labels()), SUMMARY_WITHIN_S)


async def save_sent(stage: OpenedStage, technician: Person) -> None:
    """The verdict picture and the picture of the kits, as they were sent."""
    await save_photo(stage, await technician.waits_for(has_photo, since="start"), "verdict")
    await technician.presses(say("demo.picture"))
    await save_photo(stage, await technician.waits_for(has_photo), "kits")


async def save_photo(stage: OpenedStage, message: Message, name: str) -> None:
    if message.photo is not None:
        sent = await stage.messenger.download(message.photo)
        with Image.open(io.BytesIO(sent)) as picture:
            picture.convert("RGB").save(OUT / f"{name}.jpg", quality=82, optimize=True)


async def take_page(stage: OpenedStage) -> None:
    """The chat page as a newcomer sees it, with its shelf on a wide screen."""
    async with tab() as page:
        for name, size in (("chat-narrow", NARROW), ("chat", WIDE)):
            await page.set_viewport_size(size)  # type: ignore[arg-type]  # a plain dict is its shape
            await page.goto(stage.url)
            if name == "chat":
                await page.click("#shelf-toggle")
            await shoot(page, name)


async def take_two_sheets(stage: OpenedStage, technician: Person) -> None:
    """A second print of one answer sheet comes in, and the coordinator looks at both sheets."""
    printed_again = await scanned(stage, stage.kits, "none", hand=OTHER_HAND)
    await technician.sends(next(scan for scan in printed_again if scan.page == 1).path)
    await technician.waits_for(is_summary, SUMMARY_WITHIN_S)
    coordinator = await stage.messenger.with_role("coordinator")
    alarm = await coordinator.waits_for(lambda message: message.button_of("review") is not None, SUMMARY_WITHIN_S)
    button = alarm.button_of("review")
    await coordinator.presses_data(alarm.id, (button.data if button else None) or "")
    await coordinator.waits_for(lambda message: message.button_of("why") is not None, SUMMARY_WITHIN_S)
    async with tab() as page:
        await page.set_viewport_size(WIDE)  # type: ignore[arg-type]  # as above
        await page.goto(stage.url)
        await page.wait_for_timeout(LOADED_AFTER_MS)
        await page.locator(f"#pane-{coordinator.id}").screenshot(path=OUT / "two-sheets.png")
        shrink(OUT / "two-sheets.png")


async def shoot(page: Page, name: str) -> None:
    await page.wait_for_timeout(LOADED_AFTER_MS)
    await page.screenshot(path=OUT / f"{name}.png")
    shrink(OUT / f"{name}.png")


async def take_upload_page(url: str) -> None:
    """What was sent in the chat stands there too, the bad page among its neighbours."""
    async with tab() as page:
        await page.goto(url)
        await all_pictures(page)
        for size, name in ((UPLOAD_NARROW, "upload-page-narrow"), (UPLOAD_WIDE, "upload-page")):
            await page.set_viewport_size(size)  # type: ignore[arg-type]  # as above
            await page.screenshot(path=OUT / f"{name}.png")
            shrink(OUT / f"{name}.png")


async def take_upload_story(stage: OpenedStage) -> None:
    """A file that no chat takes, before, while and after it comes in: the network is cut and the bot is killed."""
    try:
        told = await UploadStory(stage, await large_file(stage), OUT)()
    finally:
        await stage.bot.stop()
    for name in told.pictures:
        shrink(OUT / name)
    tell(f"{told.state} · {told.totals}")


def shrink(path: Path) -> None:
    """Flat colours lose nothing in 256 of them, and the file is a third."""
    with Image.open(path) as picture:
        few = picture.convert("RGB").quantize(256, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(path, optimize=True)


def has_photo(message: Message) -> bool:
    return message.from_bot and message.photo is not None


def tell(line: str) -> None:
    sys.stderr.write(line + "\n")


if __name__ == "__main__":
    asyncio.run(main())
