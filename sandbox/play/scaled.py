"""A sheet printed to scale: it must not be printed again, so the coordinator accepts it."""

from sandbox.demo.opened import OpenedStage
from sandbox.demo.stage import bad_scan, clean_scans
from sandbox.play.outcome import Outcome
from sandbox.play.samples import same_page
from sandbox.play.story import Story
from sandbox.play.walk import Tell

DEFECT = "printed_scaled"


async def play_scaled(stage: OpenedStage, tell: Tell) -> Outcome:
    """Nine kits and one that was shrunk in print; asked, accepted with a reason, finished at 10 of 10."""
    story = await Story.on(stage, tell)
    bad = await bad_scan(stage, DEFECT)
    await story.walk.to("upload")
    await story.send([bad if same_page(scan, bad) else scan for scan in await clean_scans(stage)])
    await story.press(story.technician, "ask_accept")
    await story.decide()
    await story.finish()
    await story.see_notice()
    return await story.end()
