"""What every story does: two people, scans that are sent, a finish, a notice."""

from collections.abc import Sequence

from sandbox.client import Message, NothingCame, Person
from sandbox.client.messages import Button
from sandbox.demo.opened import OpenedStage
from sandbox.demo.stage import KITS
from sandbox.page.catalogue import say
from sandbox.play.outcome import Outcome, stored
from sandbox.play.samples import Scan
from sandbox.play.walk import CARD_WITHIN_S, Tell, Walk, name_of

ALBUM = 10
SUMMARY_WITHIN_S = 120.0
NOTICE_WITHIN_S = 30.0
NO_NOTICE_FOR_S = 5.0
ANSWER_WITHIN_S = 30.0


class Story:
    """The stage with its people; `outcome.seen` collects the ids of the messages that prove what they saw."""

    def __init__(self, stage: OpenedStage, technician: Person, coordinator: Person, tell: Tell) -> None:
        self.stage = stage
        self.technician = technician
        self.coordinator = coordinator
        self.tell = tell
        self.walk = Walk(technician, tell)
        self.outcome = Outcome(wanted_kits=KITS)

    @classmethod
    async def on(cls, stage: OpenedStage, tell: Tell) -> "Story":
        """A story on this stage, with its technician and its coordinator."""
        technician = await stage.messenger.with_role("technician")
        return cls(stage, technician, await stage.messenger.with_role("coordinator"), tell)

    async def send(self, scans: Sequence[Scan]) -> Message:
        """The technician sends files as albums; the one summary."""
        self.tell(say("play.sends", n=len(scans)))
        for start in range(0, len(scans), ALBUM):
            paths = [scan.path for scan in scans[start : start + ALBUM]]
            await self.technician.sends(paths, album=len(paths) > 1)
        summary = await self.technician.waits_for(is_summary, SUMMARY_WITHIN_S)
        self.tell(summary.words)
        return summary

    async def press(self, person: Person, action: str, *, label: str = "", nth: int = 0) -> Message:
        """Presses the newest button of an action, where its words hold the label; of several the one in that place.

        Returns the message that answers the press.
        """

        def wanted(message: Message) -> list[Button]:
            buttons = [button for row in message.buttons for button in row]
            return [button for button in buttons if name_of(button) == action and label in button.text]

        message = await person.waits_for(lambda one: len(wanted(one)) > nth, ANSWER_WITHIN_S, since="start")
        button = wanted(message)[nth]
        self.tell(f"{person.name}: [{button.text}]")
        await person.presses_data(message.id, button.data or "")
        answer = await person.waits_for(lambda one: one.from_bot and bool(one.labels()), ANSWER_WITHIN_S)
        self.tell(answer.words)
        return answer

    async def decide(self, *, reason: int = 0) -> None:
        """The coordinator opens what the college asks, gives the first answer and one of the ready reasons."""
        await self.press(self.coordinator, "review")
        await self.press(self.coordinator, "why")
        self.outcome.seen["decision"] = (await self.press(self.coordinator, "decide", nth=reason)).id

    async def finish(self) -> None:
        """The technician sees that all is there, goes the way to the finish and confirms it."""
        await self.technician.waits_for(lambda message: message.button_of("finish") is not None, ANSWER_WITHIN_S)
        await self.walk.to("finish")
        await self.walk.press_main()
        done = await self.technician.waits_for(lambda message: message.from_bot and not message.labels(), CARD_WITHIN_S)
        self.tell(done.words)
        self.outcome.seen["finished"] = done.id

    async def see_notice(self, *, expected: bool = True) -> None:
        """The notice in the coordinator's chat; where none may come, that none comes."""
        wait = NOTICE_WITHIN_S if expected else NO_NOTICE_FOR_S
        try:
            notice = await self.coordinator.waits_for(is_notice, wait, since="start")
        except NothingCame:
            return
        self.outcome.seen["notice_message_id"] = notice.id
        self.tell(notice.words)

    async def end(self) -> Outcome:
        """What a new process finds in the database."""
        self.outcome.stored = await stored(
            self.stage.product.environment["APROBOT_DATABASE__URL"], self.stage.names.college
        )
        return self.outcome


def is_summary(message: Message) -> bool:
    """A message that counts kits and leads on; progress has no buttons, and the card is no news."""
    return message.from_bot and bool(message.labels()) and message.edit_date is None


def is_notice(message: Message) -> bool:
    """A message that the coordinator's own presses did not bring: it counts all kits of a college."""
    return message.from_bot and say("play.all_kits", n=KITS) in message.words and not message.edit_date
