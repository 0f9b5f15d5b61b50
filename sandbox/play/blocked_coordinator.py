"""The coordinator has blocked the bot: the technician hears it at once and tells them in person."""

from sandbox.demo.opened import OpenedStage
from sandbox.demo.stage import clean_scans
from sandbox.play.outcome import Outcome
from sandbox.play.story import NOTICE_WITHIN_S, Story
from sandbox.play.walk import Tell


async def play_blocked_coordinator(stage: OpenedStage, tell: Tell) -> Outcome:
    """10 of 10 and finished; the notice is never called delivered, the last step is done by the technician's word."""
    story = await Story.on(stage, tell)
    await story.walk.to("upload")
    await story.send(await clean_scans(stage))
    await story.coordinator.blocks()
    await story.finish()
    told = await story.technician.waits_for(
        lambda message: message.button_of("told_myself") is not None, NOTICE_WITHIN_S, since="start"
    )
    story.outcome.seen["not_delivered"] = told.id
    await story.press(story.technician, "told_myself")
    story.outcome.by_own_word = True
    return await story.end()
