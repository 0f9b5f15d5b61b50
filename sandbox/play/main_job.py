"""The main job: a technician walks all twelve steps of variant 2 to N of N, and the coordinator is told."""

import json

from sandbox.demo.opened import OpenedStage
from sandbox.demo.stage import bad_scan, clean_scans
from sandbox.page.catalogue import say
from sandbox.play.outcome import Outcome
from sandbox.play.samples import same_page
from sandbox.play.story import Story
from sandbox.play.walk import Tell

DEFECT = "fiducials_missing"


async def play_main_job(stage: OpenedStage, tell: Tell, *, without_kit: int | None = None) -> Outcome:
    """Plays it. `without_kit` leaves out the kit of that number (1 to 10): then nothing may finish."""
    story = await Story.on(stage, tell)
    await story.walk.to("upload")
    await send_scans(story, without_kit)
    if without_kit is None:
        await story.finish()
    await story.see_notice(expected=without_kit is None)
    story.outcome.seen["finish_offered"] = await was_offered(stage, say("play.finish"))
    return await story.end()


async def send_scans(story: Story, without_kit: int | None) -> None:
    """All pages, one of them badly scanned; then the same page well scanned."""
    good = await clean_scans(story.stage)
    bad = await bad_scan(story.stage, DEFECT)
    kits = sorted({scan.kit for scan in good}, key=[scan.kit for scan in good].index)
    left_out = kits[without_kit - 1] if without_kit is not None else None
    seen = story.outcome.seen
    sent = [bad if same_page(scan, bad) else scan for scan in good if scan.kit != left_out]
    seen["first_summary"] = (await story.send(sent)).id
    seen["pictures"] = [m.id for m in await story.technician.messages() if m.from_bot and m.photo is not None]
    corrected = [scan for scan in good if same_page(scan, bad) and scan.kit != left_out]
    if corrected:
        seen["last_summary"] = (await story.send(corrected)).id


async def was_offered(stage: OpenedStage, label: str) -> bool:
    """True where a button with this label was ever sent, also where it was edited away since."""
    sent = await stage.messenger.log()
    return any(label in json.dumps(request, ensure_ascii=False) for request in sent)
