"""The main job: a technician walks all twelve steps of variant 2 to N of N, and the coordinator is told."""

import json
from collections.abc import Sequence
from typing import Any

from sandbox.client import Message, NothingCame, Person
from sandbox.demo.opened import OpenedStage
from sandbox.demo.stage import KITS, bad_scan, clean_scans
from sandbox.page.catalogue import say
from sandbox.play.outcome import Outcome, stored
from sandbox.play.samples import Scan
from sandbox.play.walk import CARD_WITHIN_S, Tell, Walk

DEFECT = "fiducials_missing"
ALBUM = 10
SUMMARY_WITHIN_S = 120.0
NOTICE_WITHIN_S = 30.0
NO_NOTICE_FOR_S = 5.0


async def play_main_job(stage: OpenedStage, tell: Tell, *, without_kit: int | None = None) -> Outcome:
    """Plays it. `without_kit` leaves out the kit of that number (1 to 10): then nothing may finish."""
    technician = await stage.messenger.with_role("technician")
    coordinator = await stage.messenger.with_role("coordinator")
    outcome = Outcome(wanted_kits=KITS)
    story = MainJob(stage, technician, coordinator, tell, outcome.seen)
    await story.walk.to("upload")
    await story.send_scans(without_kit)
    if without_kit is None:
        await story.finish()
    await story.see_notice(expected=without_kit is None)
    outcome.seen["finish_offered"] = await was_offered(stage, say("play.finish"))
    outcome.stored = await stored(stage.product.environment["APROBOT_DATABASE__URL"], stage.names.college)
    return outcome


class MainJob:
    """The steps of the story; `seen` collects the ids of the messages that prove them."""

    def __init__(
        self, stage: OpenedStage, technician: Person, coordinator: Person, tell: Tell, seen: dict[str, Any]
    ) -> None:
        self.stage = stage
        self.technician = technician
        self.walk = Walk(technician, tell)
        self.coordinator = coordinator
        self.tell = tell
        self.seen = seen

    async def send_scans(self, without_kit: int | None) -> None:
        """All pages, one of them badly scanned; then the same page well scanned."""
        good = await clean_scans(self.stage)
        bad = await bad_scan(self.stage, DEFECT)
        kits = sorted({scan.kit for scan in good}, key=[scan.kit for scan in good].index)
        left_out = kits[without_kit - 1] if without_kit is not None else None
        sent = [bad if same_page(scan, bad) else scan for scan in good if scan.kit != left_out]
        first = await self.send(sent)
        self.seen["first_summary"] = first.id
        self.seen["pictures"] = [m.id for m in await self.technician.messages() if m.from_bot and m.photo is not None]
        corrected = [scan for scan in good if same_page(scan, bad) and scan.kit != left_out]
        if corrected:
            self.seen["last_summary"] = (await self.send(corrected)).id

    async def send(self, scans: Sequence[Scan]) -> Message:
        """Sends files as albums and returns the one summary."""
        self.tell(say("play.sends", n=len(scans)))
        for start in range(0, len(scans), ALBUM):
            paths = [scan.path for scan in scans[start : start + ALBUM]]
            await self.technician.sends(paths, album=len(paths) > 1)
        summary = await self.technician.waits_for(is_summary, SUMMARY_WITHIN_S)
        self.tell(summary.words)
        return summary

    async def finish(self) -> None:
        await self.walk.to("finish")
        await self.walk.press_main()
        done = await self.technician.waits_for(lambda message: message.from_bot and not message.labels(), CARD_WITHIN_S)
        self.tell(done.words)
        self.seen["finished"] = done.id

    async def see_notice(self, *, expected: bool) -> None:
        """The notice in the coordinator's chat; where none may come, that none comes."""
        wait = NOTICE_WITHIN_S if expected else NO_NOTICE_FOR_S
        try:
            notice = await self.coordinator.waits_for(is_notice, wait, since="start")
        except NothingCame:
            return
        self.seen["notice_message_id"] = notice.id
        self.tell(notice.words)


def is_summary(message: Message) -> bool:
    """A message that counts kits and leads on; progress has no buttons, and the card is no news."""
    return message.from_bot and bool(message.labels()) and message.edit_date is None


def is_notice(message: Message) -> bool:
    """A message that the coordinator's own presses did not bring: it counts all kits of a college."""
    return message.from_bot and say("play.all_kits", n=KITS) in message.words and not message.edit_date


async def was_offered(stage: OpenedStage, label: str) -> bool:
    """True where a button with this label was ever sent, also where it was edited away since."""
    sent = await stage.messenger.log()
    return any(label in json.dumps(request, ensure_ascii=False) for request in sent)


def same_page(one: Scan, other: Scan) -> bool:
    return (one.kit, one.page) == (other.kit, other.page)
