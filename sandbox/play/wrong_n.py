"""Nine typed instead of ten: found out when the tenth kit is one too many, and set right by the coordinator."""

from sandbox.demo.opened import OpenedStage
from sandbox.demo.stage import KITS, clean_scans
from sandbox.play.outcome import Outcome
from sandbox.play.story import ANSWER_WITHIN_S, Story
from sandbox.play.walk import Tell

MISCOUNTED = 1
"""The place of that reason among the ready ones."""


async def play_wrong_n(stage: OpenedStage, tell: Tell) -> Outcome:
    """N is fixed once pages count: the technician asks, the coordinator changes it with a reason, 10 of 10."""
    story = await Story.on(stage, tell)
    await story.walk.before("participants")
    await type_number(story, KITS - 1)
    await story.walk.to("upload")
    await story.send(await clean_scans(stage))
    await story.press(story.technician, "ask_number")
    await type_number(story, KITS)
    await story.decide(reason=MISCOUNTED)
    await story.finish()
    await story.see_notice()
    return await story.end()


async def type_number(story: Story, number: int) -> None:
    await story.technician.says(str(number))
    answer = await story.technician.waits_for(lambda message: bool(message.labels()), ANSWER_WITHIN_S)
    story.tell(answer.words)
