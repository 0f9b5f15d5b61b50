"""One kit too many: a spare was printed and scanned with the others; the coordinator sets it aside."""

from sandbox.demo.opened import OpenedStage
from sandbox.demo.stage import clean_scans
from sandbox.page.catalogue import say
from sandbox.play.outcome import Outcome
from sandbox.play.story import Story
from sandbox.play.walk import Tell


async def play_surplus(stage: OpenedStage, tell: Tell) -> Outcome:
    """Eleven kits for ten participants: the eleventh is told and not counted, set aside, finished at 10 of 10."""
    story = await Story.on(stage, tell)
    await story.walk.to("upload")
    summary = await story.send(await clean_scans(stage))
    story.outcome.seen["surplus_told"] = summary.id
    await story.press(story.coordinator, "college", label=say("demo.college"))
    await story.press(story.coordinator, "kits_here")
    await story.press(story.coordinator, "why")
    story.outcome.seen["decision"] = (await story.press(story.coordinator, "decide")).id
    await story.finish()
    await story.see_notice()
    return await story.end()
