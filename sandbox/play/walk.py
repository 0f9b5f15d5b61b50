"""Walks a person through the bot's screens by their main buttons, as people do."""

from collections.abc import Callable

from sandbox.client import Button, Message, NothingCame, Person

Tell = Callable[[str], None]

CARD_WITHIN_S = 20.0
MOST_PRESSES = 80


class Walk:
    """One person and the screens they see. The main button of a screen is its first coloured one."""

    def __init__(self, person: Person, tell: Tell) -> None:
        self.person = person
        self.tell = tell

    async def to(self, action: str) -> None:
        """Presses the main button of each screen until it is the one wanted, and presses that too."""
        for _ in range(MOST_PRESSES):
            button = await self.press_main()
            if name_of(button) == action:
                return
        raise NothingCame(f"no way to {action!r} within {MOST_PRESSES} presses")

    async def before(self, action: str) -> None:
        """The same, but stops where the wanted button is the next one."""
        for _ in range(MOST_PRESSES):
            if name_of(main_button(await self.card())) == action:
                return
            await self.press_main()
        raise NothingCame(f"no way to {action!r} within {MOST_PRESSES} presses")

    async def press_main(self) -> Button:
        card = await self.card()
        button = main_button(card)
        self.tell(f"{first_line(card)}  [{button.text}]")
        await self.person.presses(button.text, message_id=card.id)
        await self.person.waits_for(lambda message: bool(message.labels()), CARD_WITHIN_S)
        return button

    async def card(self) -> Message:
        """The newest message with a main button."""
        for message in reversed(await self.person.messages()):
            if message.from_bot and not message.deleted and has_main(message):
                return message
        return await self.person.waits_for(has_main, CARD_WITHIN_S)


def main_button(message: Message) -> Button:
    return next(button for row in message.buttons for button in row if button.style)


def has_main(message: Message) -> bool:
    return any(button.style for row in message.buttons for button in row)


def name_of(button: Button) -> str:
    return (button.data or "").partition("|")[0]


def first_line(message: Message) -> str:
    return message.words.partition("\n")[0]
