"""A sheet whose symbols are destroyed: the technician reads its number from the print, the coordinator confirms."""

from sandbox.demo.opened import OpenedStage
from sandbox.demo.stage import bad_scan, clean_scans
from sandbox.play.outcome import Outcome
from sandbox.play.samples import same_page
from sandbox.play.story import ANSWER_WITHIN_S, Story
from sandbox.play.walk import Tell

DEFECT = "qr_missing"


async def play_destroyed_qr(stage: OpenedStage, tell: Tell) -> Outcome:
    """Nine kits and one with a page that nobody can read by machine; named, confirmed, finished at 10 of 10."""
    story = await Story.on(stage, tell)
    bad = await bad_scan(stage, DEFECT)
    await story.walk.to("upload")
    await story.send([bad if same_page(scan, bad) else scan for scan in await clean_scans(stage)])
    await story.press(story.technician, "name_page")
    await story.technician.says(f"{bad.kit} {bad.page}")
    story.tell((await story.technician.waits_for(lambda message: bool(message.labels()), ANSWER_WITHIN_S)).words)
    await story.decide()
    await story.finish()
    await story.see_notice()
    return await story.end()
