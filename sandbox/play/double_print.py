"""A double print: one kit was printed twice and filled by two people; the coordinator decides which sheet stays."""

from sandbox.demo.opened import OpenedStage
from sandbox.demo.stage import clean_scans, scanned
from sandbox.play.outcome import Outcome
from sandbox.play.samples import same_page
from sandbox.play.story import Story
from sandbox.play.walk import Tell

OTHER_HAND = 77


async def play_double_print(stage: OpenedStage, tell: Tell) -> Outcome:
    """All kits, and one answer sheet of another print: stopped, decided with a reason, finished at 10 of 10."""
    story = await Story.on(stage, tell)
    good = await clean_scans(stage)
    printed_again = await scanned(stage, stage.kits, "none", hand=OTHER_HAND)
    second = next(scan for scan in printed_again if scan.page == 1)
    await story.walk.to("upload")
    await story.send(good)
    await story.send([next(scan for scan in good if same_page(scan, second)), second])
    stopped = await story.technician.waits_for(
        lambda message: message.button_of("ticket_open") is not None, since="start"
    )
    story.tell(stopped.words)
    story.outcome.seen["technician_alarm"] = stopped.id
    await story.decide()
    await story.finish()
    await story.see_notice()
    return await story.end()
