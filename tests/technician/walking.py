"""Walking as a person does: by the buttons on the screen."""

from sandbox.client import Message, NothingCame, Person
from services.checklists.models import ChecklistStep
from services.db.clock import Clock
from services.db.database import Database
from tests.wired.world import World

BY_HAND_BEFORE_SCANNING = (
    "sign_in", "download", "read", "workstation", "print", "fill", "sign_in_scanning", "participants", "install",
)  # fmt: skip


async def card(person: Person) -> Message:
    """The newest message of the bot with buttons."""
    found = [message for message in await person.messages() if message.from_bot and message.labels()]
    if not found:
        raise NothingCame("no card")
    return max(found, key=lambda message: message.id)


def main_label(shown: Message) -> str:
    return next(button.text for row in shown.buttons for button in row if button.style)


async def press(person: Person, label: str) -> Message:
    """Presses a button of the newest card and waits for what it shows."""
    before = await card(person)
    await person.presses(label, message_id=before.id)
    return await person.waits_for(lambda message: message.change > before.change and bool(message.labels()))


async def press_main(person: Person) -> Message:
    return await press(person, main_label(await card(person)))


async def walk_until(person: Person, words: str, most: int = 60) -> Message:
    """Presses the main button of each screen until a card holds the words."""
    for _ in range(most):
        shown = await card(person)
        if words in shown.words:
            return shown
        await press_main(person)
    raise NothingCame(f"no {words!r} in {most} presses")


async def done_steps(world: World) -> list[str]:
    """The steps done, as a second session reads them."""
    rows = await world.read("SELECT step FROM checklist_step WHERE state = 'done' ORDER BY id")
    return [row["step"] for row in rows]


async def mark_all_before(world: World, step: str) -> None:
    """Puts a college where a test begins: all steps before this one marked, as its own presses would have."""
    database = await world.product.container.get(Database)
    async with database.transaction() as session:
        now = (await world.product.container.get(Clock)).now()
        for before in BY_HAND_BEFORE_SCANNING[: BY_HAND_BEFORE_SCANNING.index(step)]:
            session.add(ChecklistStep(participation_id=1, step=before, state="done", done_at=now, evidence={}))
